import type { Expected } from './grammar.js';
import { likeness, threshold, type Wording } from './likeness.js';
import { joinedRows, type Row } from './rows.js';

/** A row, and the expected line that it is. */
export interface Match {
  row: Row;
  expected: Expected;
}

/** Most lines that one wording is spread over. */
const mostLines = 3;

/**
 * Rows to expected lines, in the order of both: of all monotone assignments the one that is most alike as a whole, by dynamic
 * programming. A row that fits nothing in its place is in no match. Of two that are as good the later one holds.
 */
export function align(
  rows: readonly Row[],
  expected: readonly Expected[],
  ratings: readonly string[],
): { matches: Match[]; total: number } {
  const width = expected.length + 1;
  const candidates = candidatesOf(rows, expected, ratings);
  const best = new Float64Array((rows.length + 1) * width);
  // 0: the row is left out; -1: the expected line is; k > 0: k rows are the expected line.
  const step = new Int8Array((rows.length + 1) * width);
  for (let i = 1; i <= rows.length; i++) {
    const from = i * width;
    const gains = new Float64Array(width);
    const spans = new Int8Array(width);
    for (let k = 1; k <= Math.min(mostLines, i); k++)
      for (const { at, gain } of candidates[i - k]?.[k - 1]?.fits ?? []) {
        const total = gain + (best[(i - k) * width + at] as number);
        if (total <= (gains[at + 1] as number)) continue;
        gains[at + 1] = total;
        spans[at + 1] = k;
      }
    for (let j = 0; j < width; j++) {
      best[from + j] = best[from + j - width] as number;
      if (j > 0 && (best[from + j - 1] as number) > (best[from + j] as number)) {
        best[from + j] = best[from + j - 1] as number;
        step[from + j] = -1;
      }
      if ((gains[j] as number) === 0 || (gains[j] as number) < (best[from + j] as number)) continue;
      best[from + j] = gains[j] as number;
      step[from + j] = spans[j] as number;
    }
  }
  const matches: Match[] = [];
  for (let i = rows.length, j = expected.length; i > 0 && j > 0; ) {
    const chosen = step[i * width + j] as number;
    if (chosen === 0) i--;
    else if (chosen < 0) j--;
    else {
      i -= chosen;
      j--;
      const span = candidates[i]?.[chosen - 1];
      if (span) matches.unshift({ row: span.row, expected: expected[j] as Expected });
    }
  }
  return { matches, total: best.at(-1) ?? 0 };
}

/** A row, or a row with the next ones, and what it may be. */
interface Span {
  row: Row;
  fits: { at: number; gain: number }[];
}

function candidatesOf(
  rows: readonly Row[],
  expected: readonly Expected[],
  ratings: readonly string[],
): (Span | undefined)[][] {
  const alike = alikeness(expected);
  const isRated = ({ values }: Row) => values.some((value) => ratings.includes(value));
  const spanOf = (row: Row): Span => {
    const likenesses = alike(row.wording);
    const rated = isRated(row);
    const fits = likenesses.flatMap(({ at, alike }) => {
      const gain = gainOf(row, expected[at] as Expected, alike, rated);
      return gain > 0 ? [{ at, gain }] : [];
    });
    return { row, fits };
  };
  return rows.map((row, at) => {
    const spans: (Span | undefined)[] = [spanOf(row)];
    // A row that is all of a wording by itself does not go on.
    if (alike(row.wording).some((one) => one.alike > 0.9)) return spans;
    for (let k = 2; k <= mostLines && at + k <= rows.length; k++) {
      const joined = joinedRows(rows.slice(at, at + k));
      spans.push(joined && spanOf(joined));
    }
    return spans;
  });
}

/** What a row brings as an expected line; 0 where it can't be it. */
function gainOf(row: Row, expected: Expected, alike: number, isRated: boolean): number {
  const { line, code, values } = row;
  const isSetApart = line.heading !== undefined || line.bold === true;
  const hasValues = values.some((value) => value !== '');
  switch (expected.kind) {
    case 'overall':
      return isRated ? 6 : 0.5;
    case 'domain':
      if (code !== undefined) return code === expected.code ? 3 * alike : 0;
      return isSetApart || isRated ? 0.4 * alike : alike === 1 ? 0.2 : 0;
    case 'standard':
      // A title is short: without its number it has to be set apart, or rated, or nothing else.
      if (code !== undefined) return code === expected.code ? 5 * alike + (isRated ? 1 : 0) : 0;
      return isRated ? 2 * alike : isSetApart ? 1.2 * alike : alike === 1 ? 0.8 : 0;
    case 'statement':
      return alike;
    default: {
      const gain = alike - threshold + 0.05 + (code === expected.code ? 0.5 : 0);
      if (isRated) return 0;
      if (expected.kind === 'heading') return hasValues ? gain * 0.5 : gain;
      // A row without anything behind it is rather a heading than a result.
      return gain * (hasValues ? 2 : expected.kind === 'prompt' ? 0.6 : 0.3);
    }
  }
}

/** Which expected lines words are like, and how much. What was found is kept: many lines have the same words. */
function alikeness(expected: readonly Expected[]) {
  const wordings = new Map<string, { wording: Wording; places: number[] }>();
  for (const [at, line] of expected.entries())
    for (const wording of line.wordings) {
      const known = wordings.get(wording.essence);
      if (!known) wordings.set(wording.essence, { wording, places: [at] });
      else if (known.places.at(-1) !== at) known.places.push(at);
    }
  const known = new Map<string, { at: number; alike: number }[]>();
  return (row: Wording) => {
    const before = known.get(row.essence);
    if (before) return before;
    const best = new Map<number, number>();
    for (const { wording, places } of wordings.values()) {
      const alike = likeness(row, wording);
      if (alike === 0) continue;
      for (const at of places) best.set(at, Math.max(alike, best.get(at) ?? 0));
    }
    const found = [...best].map(([at, alike]) => ({ at, alike }));
    known.set(row.essence, found);
    return found;
  };
}
