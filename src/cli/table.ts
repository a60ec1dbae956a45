import { visibleLine } from '../words/visible.js';
import { wrap } from '../words/wrap.js';
import { terminalWidth } from './print.js';

/** A column of a table by its heading; cells of `right` ones stand on the right. */
export type Column = string | { right: string };

const gap = '  ';

/**
 * Lines of an aligned table: headings, a rule, rows. In a terminal that is too narrow for it, columns that have no room stand in
 * further lines below, indented; a cell that is wider than a line is broken at blanks.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly (string | number | null)[])[],
  width: number = terminalWidth(),
): string[] {
  const titles = columns.map((column) => (typeof column === 'string' ? column : column.right));
  const cells = rows.map((row) => row.map((cell) => visibleLine(String(cell ?? ''))));
  const widths = titles.map((title, at) =>
    Math.max(title.length, ...cells.map((row) => row[at]?.length ?? 0)),
  );
  const parts = inLines(widths, width);
  const linesOf = (row: readonly string[]) =>
    parts.flatMap((part, nth) => {
      const indent = nth > 0 ? gap : '';
      const padded = part.map((at) =>
        typeof columns[at] === 'string'
          ? (row[at] ?? '').padEnd(widths[at] ?? 0)
          : (row[at] ?? '').padStart(widths[at] ?? 0),
      );
      const line = padded.join(gap).trimEnd();
      return line === '' && parts.length > 1
        ? []
        : wrap(line, width - indent.length).map((one) => indent + one);
    });
  const rule =
    parts.length > 1
      ? '-'.repeat(width)
      : widths
          .map((one) => '-'.repeat(one))
          .join(gap)
          .trimEnd();
  return [...linesOf(titles), rule, ...cells.flatMap(linesOf)];
}

/** Which columns stand together in a line: as many as there is room for, in order. */
function inLines(widths: readonly number[], width: number): number[][] {
  const parts: number[][] = [[]];
  let used = -gap.length;
  for (const [at, one] of widths.entries()) {
    if (at > 0 && used + gap.length + one > width) {
      parts.push([]);
      used = 0;
    }
    parts.at(-1)?.push(at);
    used += gap.length + one;
  }
  return parts;
}
