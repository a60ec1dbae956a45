import { groupBy } from '../group-by.js';
import type { Expected } from './grammar.js';
import { likeness, threshold, type Wording } from './likeness.js';
import { joinedRows, type Row } from './rows.js';

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
  // Of so many rows and so many expected lines: how alike the best assignment is, and its last step.
  const best = new Float64Array((rows.length + 1) * width);
  // 0: the row is left out; -1: the expected line is; k > 0: k rows are the expected line.
  const step = new Int8Array(best.length);
  const reach = (cell: number, total: number, by: number) => {
    best[cell] = total;
    step[cell] = by;
  };
  for (let i = 0; i <= rows.length; i++) {
    const [from, to] = [i * width, (i + 1) * width];
    for (let cell = from + 1; cell < to; cell++)
      if (best[cell - 1]! > best[cell]!) reach(cell, best[cell - 1]!, -1);
    for (let cell = from; cell < to; cell++)
      if (best[cell]! > best[cell + width]!) reach(cell + width, best[cell]!, 0);
    for (const [index, { fits }] of candidates[i]?.entries() ?? [])
      for (const { at, gain } of fits) {
        const [cell, total] = [(i + index + 1) * width + at + 1, best[from + at]! + gain];
        if (total >= best[cell]!) reach(cell, total, index + 1);
      }
  }
  const matches: Match[] = [];
  for (let i = rows.length, j = expected.length; i > 0 && j > 0; ) {
    const by = step[i * width + j]!;
    i -= Math.max(by, 0);
    if (by === 0) i--;
    else j--;
    if (by > 0) matches.push({ row: candidates[i]![by - 1]!.row, expected: expected[j]! });
  }
  return { matches: matches.reverse(), total: best.at(-1) ?? 0 };
}

/** By row: what it may be alone, with the next one, and with the next two. */
function candidatesOf(rows: readonly Row[], expected: readonly Expected[], ratings: readonly string[]) {
  const alike = alikeness(expected);
  const spanOf = (row: Row) => {
    const isRated = row.values.some((value) => ratings.includes(value));
    const fits = alike(row.wording).map((one) => ({
      at: one.at,
      gain: gainOf(row, expected[one.at]!, one.alike, isRated),
    }));
    return { row, fits: fits.filter(({ gain }) => gain > 0) };
  };
  return rows.map((row, at) => {
    const joined = rows
      .slice(at + 1, at + mostLines)
      .map((_, index) => joinedRows(rows.slice(at, at + index + 2)));
    return [spanOf(row), ...joined.map((one) => (one ? spanOf(one) : { row, fits: [] }))];
  });
}

/** What a row brings as an expected line; 0 where it can't be it. */
function gainOf(row: Row, expected: Expected, alike: number, isRated: boolean): number {
  const { line, code, values } = row;
  const isSetApart = line.heading !== undefined;
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
  const wordings = expected.flatMap((line, at) => line.wordings.map((wording) => ({ wording, at })));
  const byEssence = [...groupBy(wordings, ({ wording }) => wording.essence).values()];
  const known = new Map<string, { at: number; alike: number }[]>();
  return (row: Wording) => {
    let found = known.get(row.essence);
    if (!found) {
      const best = new Map<number, number>();
      for (const same of byEssence) {
        const alike = likeness(row, same[0]!.wording);
        if (alike > 0) for (const { at } of same) best.set(at, Math.max(alike, best.get(at) ?? 0));
      }
      found = [...best].map(([at, alike]) => ({ at, alike }));
      known.set(row.essence, found);
    }
    return found;
  };
}
