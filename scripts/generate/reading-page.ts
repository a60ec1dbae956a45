import { layoutNames } from '../../test/invented-reports/layouts.js';
import type { Measured } from '../../test/invented-reports/measure.js';

/** The page on the reader with the table of what was measured between its marks. */
export function withMeasured(page: string, measured: readonly Measured[]): string {
  const [begin, end] = ['<!-- begin measured -->', '<!-- end measured -->'];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/reading.md has lost its marks ${begin} and ${end}`);
  const rows = layoutNames.map((layout) => {
    const own = measured.filter((one) => one.layout === layout);
    const sum = (of: (one: Measured) => number) => own.reduce((all, one) => all + of(one), 0);
    const [values, right] = [sum((one) => one.values), sum((one) => one.right)];
    return `| ${layout} | ${own.length} | ${values} | ${((100 * right) / values).toFixed(1)}% | ${sum((one) => one.wrong.length)} |`;
  });
  const table = ['| layout | reports | values | read right | wrong |', '|---|--:|--:|--:|--:|', ...rows];
  return `${page.slice(0, from + begin.length)}\n${table.join('\n')}\n${page.slice(to)}`;
}
