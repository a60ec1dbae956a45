import { distance } from 'fastest-levenshtein';
import type { ReportLine } from '../report-document.js';
import { isFurther } from '../structure/letters.js';
import { editsWithin } from '../structure/wording.js';
import type { Expected } from './expected.js';
import { joined, type Row } from './rows.js';

/** A row, and the expected line that it is. */
export interface Match {
  row: Row;
  expected: Expected;
  /** 1 when the wording is the framework's. */
  likeness: number;
}

/**
 * From how alike a row's wording has to be to a question's to be that question. Measured: see `scripts/reading/threshold.ts`.
 */
export const threshold = 0.68;

/** Most lines that one question's words are spread over. */
const mostLines = 3;

/**
 * Rows to expected lines, in the order of both: of all monotone assignments the one that is most alike as a whole, by dynamic
 * programming. `known` says which lines are headings of standards. A row that fits nothing in its place is in no match.
 */
export function align(
  rows: readonly Row[],
  expected: readonly Expected[],
  known: ReadonlyMap<ReportLine, string>,
): Match[] {
  const width = expected.length + 1;
  const best = new Float64Array((rows.length + 1) * width);
  // 0: the row is left out; -1: the expected line is; k > 0: k rows are the expected line.
  const step = new Int8Array((rows.length + 1) * width);
  const memo: Likenesses = new Map();
  // A row that is a question by itself is no further line of the one above.
  const isQuestion = rows.map((row) =>
    expected.some((line) => line.kind !== 'standard' && likenessTo(row, line, memo) >= 0.8),
  );
  const spans = rows.map((_, at) => spansFrom(rows, at, isQuestion));
  for (let i = 1; i <= rows.length; i++) {
    for (let j = 0; j < width; j++) {
      const cell = i * width + j;
      best[cell] = best[cell - width] as number;
      step[cell] = 0;
      if (j === 0) continue;
      if ((best[cell - 1] as number) > (best[cell] as number)) {
        best[cell] = best[cell - 1] as number;
        step[cell] = -1;
      }
      for (let k = 1; k <= Math.min(mostLines, i); k++) {
        const span = (spans[i - k] as (Row | undefined)[])[k - 1];
        if (!span) continue;
        const gain = gainOf(span, expected[j - 1] as Expected, known, memo);
        if (gain <= 0) continue;
        const total = (best[(i - k) * width + j - 1] as number) + gain;
        if (total > (best[cell] as number)) {
          best[cell] = total;
          step[cell] = k;
        }
      }
    }
  }
  const matches: Match[] = [];
  for (let i = rows.length, j = expected.length; i > 0 && j >= 0; ) {
    const chosen = step[i * width + j] as number;
    if (chosen === 0) i--;
    else if (chosen < 0) j--;
    else {
      const row = (spans[i - chosen] as Row[])[chosen - 1] as Row;
      const line = expected[j - 1] as Expected;
      matches.unshift({ row, expected: line, likeness: likenessTo(row, line, memo) });
      i -= chosen;
      j--;
    }
  }
  return matches;
}

/** The row alone, with the next one, and with the next two; undefined where they can't be one question. */
function spansFrom(rows: readonly Row[], at: number, isQuestion: readonly boolean[]): (Row | undefined)[] {
  const spans: (Row | undefined)[] = [rows[at]];
  for (let k = 2; k <= mostLines; k++) {
    const parts = rows.slice(at, at + k);
    const isOneText =
      parts.every((row, part) => part === parts.length - 1 || !/[?]\s*$/.test(row.text)) &&
      !isQuestion.slice(at + 1, at + k).some(Boolean);
    spans.push(parts.length === k && isOneText ? joined(parts) : undefined);
  }
  return spans;
}

function gainOf(
  row: Row,
  expected: Expected,
  known: ReadonlyMap<ReportLine, string>,
  memo: Likenesses,
): number {
  const standard = known.get(row.line);
  if (expected.kind === 'standard') return standard === expected.code ? 6 : 0;
  if (standard !== undefined) return 0;
  const likeness = likenessTo(row, expected, memo);
  if (likeness < threshold) return 0;
  const gain = likeness - threshold + 0.05;
  const hasFigures = row.figures.length > 0;
  if (expected.kind === 'heading') return hasFigures ? gain * 0.5 : gain;
  if (hasFigures) return gain * 2;
  // A row without any cell behind it is rather a heading than a result.
  return gain * (expected.kind === 'prompt' ? 0.6 : 0.3);
}

/** What was found already, by the row's wording and the expected one. */
type Likenesses = Map<string, Map<string, number>>;

/** Less alike than this is not alike at all, and is not worth its distance. */
const least = threshold - 0.1;

/** How alike a row is to the nearest wording of an expected line; 0 where their lengths or letters alone are too far apart. */
export function likenessTo(row: Row, { wordings }: Expected, memo?: Likenesses): number {
  let best = 0;
  for (const essence of row.essence === row.bare ? [row.essence] : [row.essence, row.bare]) {
    let known = memo?.get(essence);
    if (memo && !known) {
      known = new Map();
      memo.set(essence, known);
    }
    for (const wording of wordings) {
      const longer = Math.max(wording.length, essence.length);
      if (Math.min(wording.length, essence.length) < longer * least) continue;
      let found = known?.get(wording);
      if (found === undefined) {
        found = isFurther(essence, wording, editsWithin(longer, least))
          ? 0
          : 1 - distance(essence, wording) / longer;
        known?.set(wording, found);
      }
      best = Math.max(best, found);
    }
  }
  return best;
}
