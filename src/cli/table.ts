import { visibleLine } from '../visible.js';

/** A column of a table: its heading, and on which side its cells stand. */
export interface Column {
  title: string;
  align?: 'left' | 'right';
}

/** Lines of an aligned table: headings, a rule, rows. Blanks at the ends of lines are left off. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly (string | number | null)[])[],
): string[] {
  const cells = rows.map((row) => row.map((cell) => (cell === null ? '' : visibleLine(String(cell)))));
  const widths = columns.map(({ title }, at) =>
    Math.max(title.length, ...cells.map((row) => row[at]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) =>
        columns[at]?.align === 'right' ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [
    line(columns.map(({ title }) => title)),
    line(widths.map((width) => '-'.repeat(width))),
    ...cells.map(line),
  ];
}
