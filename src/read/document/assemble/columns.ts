import { type Fragment, isFigure, overlap } from './placed-line.js';
import type { Row } from './row.js';

/** Gives the rows of a table as many cells as it has columns. */
export function padded(rows: Row[]): Row[] {
  let at = 0;
  while (at < rows.length) {
    let end = at;
    let since = 0;
    const table: Row[] = [];
    for (; end < rows.length && since <= 3; end++) {
      const row = rows[end] as Row;
      if (end > at && isNewTable(row, table.at(-1))) break;
      if (row.others.length > 0) {
        table.push(row);
        since = 0;
      } else if (!row.first.noise) since += 1;
    }
    const columns = columnsOf(table);
    for (; at < end; at++) {
      const row = rows[at] as Row;
      row.cells = row.others.length === 0 ? [row.text] : [row.text, ...inColumns(row.others, columns)];
    }
  }
  return rows;
}

/** Whether another table begins: below a heading, or with a head of words alone below a row of figures. */
function isNewTable({ first, others }: Row, before: Row | undefined): boolean {
  if (first.noise) return false;
  if (first.heading) return true;
  return (
    others.length > 0 &&
    before !== undefined &&
    before.others.some(({ text }) => isFigure(text)) &&
    others.every(({ text }) => /\p{L}{2}/u.test(text) && !isFigure(text) && !isFragment(text))
  );
}

/** "ed 3": the end of a question before a figure. */
const isFragment = (text: string): boolean => /^\p{Ll}{1,12}[.,;?]?\s+\d{1,3}\s?%?$/u.test(text);

/** Columns beside the first, as far as the rows of a table agree on them. */
function columnsOf(table: Row[]): Fragment[] {
  const columns: Fragment[] = [];
  const fragments = table
    .flatMap(({ others }) => others)
    .sort((a, b) => a.right - a.left - (b.right - b.left));
  for (const fragment of fragments) {
    const same = columns.filter((column) => overlap(column, fragment));
    if (same.length === 0) columns.push({ ...fragment, text: '' });
    else if (same.length === 1 && same[0] && fragment.right - fragment.left < 30) {
      same[0].left = Math.min(same[0].left, fragment.left);
      same[0].right = Math.max(same[0].right, fragment.right);
    }
  }
  return columns.sort((a, b) => a.left - b.left);
}

function inColumns(others: Fragment[], columns: Fragment[]): string[] {
  const at = others.map((fragment) => columns.findIndex((column) => overlap(column, fragment)));
  const isSafe = at.every(
    (column, index) => column >= 0 && (index === 0 || column > (at[index - 1] as number)),
  );
  if (!isSafe) return others.map(({ text }) => text);
  const cells = columns.map(() => '');
  for (const [index, column] of at.entries()) cells[column] = (others[index] as Fragment).text;
  return cells;
}
