import { layoutNames, type Measured } from '../../test/invented-reports/measure.js';
import type { SizeBench } from '../bench/bench.js';
import { benchTables } from '../bench/tables.js';

/**
 * A page with lines put between the marks of each name (`<!-- begin name -->`, `<!-- end name -->`), in the place of those that
 * were there. Everything else in the page stays.
 */
export function withTables(page: string, tables: Record<string, readonly string[]>): string {
  let text = page;
  for (const [name, lines] of Object.entries(tables)) {
    const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
    const [at, until] = [text.indexOf(begin), text.indexOf(end)];
    if (at < 0 || until < at) throw new Error(`a page has lost its marks ${begin} and ${end}`);
    text = `${text.slice(0, at + begin.length)}\n${lines.join('\n')}\n${text.slice(until)}`;
  }
  return text;
}

/** What a command prints, as it stands in a page. */
export const asPrinted = (lines: readonly string[]): string[] => ['```text', ...lines, '```'];

/** The tables of what the benchmark last measured, or that nothing was. */
export const measuredTables = (sizes: readonly SizeBench[]): string[] =>
  sizes.length === 0
    ? ['Nothing has been measured since the schema became what it is: `npm run bench` does it.']
    : benchTables(sizes);

/** What the reader read of invented reports, by layout. */
export function layoutsTable(measured: readonly Measured[]): string[] {
  const rows = layoutNames.map((layout) => {
    const own = measured.filter((one) => one.layout === layout);
    const sum = (of: (one: Measured) => number) => own.reduce((all, one) => all + of(one), 0);
    const [values, right] = [sum((one) => one.values), sum((one) => one.right)];
    return `| ${layout} | ${own.length} | ${values} | ${((100 * right) / values).toFixed(1)}% | ${sum((one) => one.wrong.length)} |`;
  });
  return ['| layout | reports | values | read right | wrong |', '|---|--:|--:|--:|--:|', ...rows];
}
