import { visibleLine } from '../visible.js';
import { wrap } from '../words/wrap.js';
import { terminalWidth } from './width.js';

/** A column of a table: its heading, and on which side its cells stand. */
export interface Column {
  title: string;
  align?: 'left' | 'right';
}

const gap = '  ';

/**
 * Lines of an aligned table: headings, a rule, rows. Blanks at the ends of lines are left off. In a terminal that is too narrow for it,
 * columns that have no room stand in further lines below, indented; a cell that is wider than a line is broken at blanks.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly (string | number | null)[])[],
  { width = terminalWidth() }: { width?: number } = {},
): string[] {
  const cells = rows.map((row) => row.map((cell) => (cell === null ? '' : visibleLine(String(cell)))));
  const widths = columns.map(({ title }, at) =>
    Math.max(title.length, ...cells.map((row) => row[at]?.length ?? 0)),
  );
  const parts = inLines(widths, width);
  const lines = (row: readonly string[], isHeading = false) =>
    parts.flatMap((part, nth) => {
      if (nth > 0 && !isHeading && part.every((at) => (row[at] ?? '') === '')) return [];
      const indent = nth > 0 ? gap : '';
      const room = width - indent.length;
      const [only] = part;
      if (part.length === 1 && only !== undefined && (row[only] ?? '').length > room)
        return wrap(row[only] ?? '', room).map((line) => indent + line);
      const line = part
        .map((at) => {
          const cell = row[at] ?? '';
          return columns[at]?.align === 'right'
            ? cell.padStart(widths[at] ?? 0)
            : cell.padEnd(widths[at] ?? 0);
        })
        .join(gap);
      return [(indent + line).trimEnd()];
    });
  const rule =
    parts.length > 1
      ? ['-'.repeat(width)]
      : [
          widths
            .map((one) => '-'.repeat(one))
            .join(gap)
            .trimEnd(),
        ];
  return [
    ...lines(
      columns.map(({ title }) => title),
      true,
    ),
    ...rule,
    ...cells.flatMap((row) => lines(row)),
  ];
}

/** Which columns stand together in a line: as many as there is room for, in order. */
function inLines(widths: readonly number[], width: number): number[][] {
  const parts: number[][] = [[]];
  let used = 0;
  for (const [at, one] of widths.entries()) {
    const last = parts.at(-1) as number[];
    const needed = last.length === 0 ? one : used + gap.length + one;
    if (last.length > 0 && needed > width) {
      parts.push([at]);
      used = gap.length + one;
    } else {
      last.push(at);
      used = needed;
    }
  }
  return parts;
}
