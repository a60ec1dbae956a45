import { distance } from 'fastest-levenshtein';
import { UserError } from '../../problem.js';
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
/** Wordings near enough to be held against one another letter by letter: eight times what the longest report comes to. */
const mostCompared = 80_000;

/**
 * Rows to expected lines, in the order of both: of all monotone assignments the one that is most alike as a whole, by dynamic
 * programming. `known` says which lines are headings of standards. A row that fits nothing in its place is in no match. Throws a
 * UserError that names the file where far more rows are like questions than a report has.
 */
export function align(
  rows: readonly Row[],
  expected: readonly Expected[],
  known: ReadonlyMap<ReportLine, string>,
  file = 'the report',
): Match[] {
  const width = expected.length + 1;
  const best = new Float64Array((rows.length + 1) * width);
  // 0: the row is left out; -1: the expected line is; k > 0: k rows are the expected line.
  const step = new Int8Array((rows.length + 1) * width);
  const nearness = nearnessTo(expected, file);
  // A row that is a question by itself is no further line of the one above.
  const isQuestion = rows.map((row) =>
    expected.some((line, at) => line.kind !== 'standard' && nearness(row, at) >= 0.8),
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
        const gain = gainOf(span, expected[j - 1] as Expected, known, () => nearness(span, j - 1));
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
      matches.unshift({ row, expected: line, likeness: nearness(row, j - 1) });
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
  nearness: () => number,
): number {
  const standard = known.get(row.line);
  if (expected.kind === 'standard') return standard === expected.code ? 6 : 0;
  if (standard !== undefined) return 0;
  const likeness = nearness();
  if (likeness < threshold) return 0;
  const gain = likeness - threshold + 0.05;
  const hasFigures = row.figures.length > 0;
  if (expected.kind === 'heading') return hasFigures ? gain * 0.5 : gain;
  if (hasFigures) return gain * 2;
  // A row without any cell behind it is rather a heading than a result.
  return gain * (expected.kind === 'prompt' ? 0.6 : 0.3);
}

/**
 * How alike a row is to the expected line of a number, 0 below the threshold. What was found of a wording is kept: a damaged or hostile
 * report may have thousands of rows of a few wordings.
 */
function nearnessTo(expected: readonly Expected[], file: string): (row: Row, at: number) => number {
  let compared = 0;
  const columns = new Map<string, number>();
  // A key question is expected as a row and as a heading, in the same words.
  const columnOf = expected.map(({ wordings }) => {
    const words = wordings.join('\n');
    if (!columns.has(words)) columns.set(words, columns.size);
    return columns.get(words) as number;
  });
  const found = new Map<string, Float64Array>();
  return (row, at) => {
    let own = found.get(row.essence);
    if (!own) {
      own = new Float64Array(columns.size).fill(-1);
      found.set(row.essence, own);
    }
    const column = columnOf[at] as number;
    const before = own[column] as number;
    if (before >= 0) return before;
    const likeness = likenessTo(row, expected[at] as Expected, threshold);
    own[column] = likeness;
    if (likeness > 0 && ++compared > mostCompared)
      throw new UserError(
        `${file} has thousands of lines that are nearly a question of the framework; a report has a few hundred. Check that it is the right file, and one report only.`,
      );
    return likeness;
  };
}

/**
 * How alike a row is to the nearest wording of an expected line; 0 where it is less than `least`, which is not worth its distance: mostly
 * their lengths or letters alone are too far apart.
 */
export function likenessTo(row: Row, { wordings }: Expected, least = threshold - 0.1): number {
  let best = 0;
  for (const essence of row.essence === row.bare ? [row.essence] : [row.essence, row.bare]) {
    for (const wording of wordings) {
      const longer = Math.max(wording.length, essence.length);
      if (Math.min(wording.length, essence.length) < longer * least) continue;
      if (isFurther(essence, wording, editsWithin(longer, least))) continue;
      best = Math.max(best, 1 - distance(essence, wording) / longer);
    }
  }
  return best;
}
