import { likenessTo, type Match, threshold } from './align.js';
import type { Expected } from './expected.js';
import type { Row } from './rows.js';

/**
 * Rows that the order has left over, where their wording is that of a question of the same table which is left over too: a report
 * may print two prompts the other way round.
 */
export function outOfOrder(
  rows: readonly Row[],
  matches: readonly Match[],
  expected: readonly Expected[],
): Match[] {
  const taken = new Set(matches.map((match) => match.expected));
  const used = new Set(matches.flatMap(({ row }) => row.line));
  const tables = tablesAround(rows, matches);
  const more: Match[] = [];
  const least = Math.max(threshold, 0.8);
  for (const [at, row] of rows.entries()) {
    if (used.has(row.line) || row.figures.length === 0) continue;
    const table = new Set(tables[at]);
    const best = expected
      .filter((line) => table.has(tableOf(line)) && line.kind !== 'heading' && !taken.has(line))
      .map((line) => ({ row, expected: line, likeness: likenessTo(row, line, least) }))
      .sort((a, b) => b.likeness - a.likeness)[0];
    if (!best || best.likeness < least) continue;
    taken.add(best.expected);
    more.push(best);
  }
  return more;
}

/** A table: the key questions of a standard, or the prompts of a key question. */
const tableOf = ({ kind, code, standard }: Expected): string =>
  kind === 'prompt' ? code.slice(0, code.lastIndexOf('.')) : standard;

/** For each row the tables of the nearest matched rows before and behind. */
function tablesAround(rows: readonly Row[], matches: readonly Match[]): string[][] {
  const byLine = new Map(matches.map((match) => [match.row.line, match.expected]));
  const tables: string[][] = rows.map(() => []);
  const go = (order: Iterable<number>) => {
    let near: Expected | undefined;
    for (const at of order) {
      if (near) tables[at]?.push(near.kind === 'heading' ? near.code : tableOf(near));
      near = byLine.get((rows[at] as Row).line) ?? near;
    }
  };
  go(rows.keys());
  go([...rows.keys()].reverse());
  return tables;
}
