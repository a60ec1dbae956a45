import { groups } from '../reading/compare.js';
import { damageName } from '../reading/damage.js';
import { styleTable } from '../reading/tables.js';
import { type Counts, type Measured, percent, recall, sum } from '../reading/tally.js';

/** What docs/reading-measured.json holds: what scripts/reading/measure.ts measured last. */
export interface ReadingMeasured {
  seed: number;
  measured: Measured[];
}

/** The page on the reader of reports with what was measured last between its marks. */
export function readingPage(page: string, { seed, measured }: ReadingMeasured): string {
  const [begin, end] = ['<!-- begin measured -->', '<!-- end measured -->'];
  const at = page.indexOf(begin);
  const until = page.indexOf(end);
  if (at < 0 || until < at) throw new Error(`docs/reading.md has lost its marks ${begin} and ${end}`);
  const lines = [
    `${measured[0]?.reports} invented reports, seed ${seed}.`,
    '',
    ...groupTable(measured),
    '',
    ...styleTable(measured),
    '',
    ...timeTable(measured),
  ];
  return `${page.slice(0, at + begin.length)}\n${lines.join('\n')}\n${page.slice(until)}`;
}

function groupTable(all: readonly Measured[]): string[] {
  const rows: [string, (measured: Measured) => Counts][] = [
    ...groups.map((group): [string, (measured: Measured) => Counts] => [group, (of) => of.groups[group]]),
    ['**all**', ({ groups: counted }) => sum(Object.values(counted))],
  ];
  return [
    `| | values | ${all.map(({ damage }) => `recall at ${damageName(damage)} | wrong | printed so`).join(' | ')} |`,
    `|---|--:|${all.map(() => '--:|--:|--:|').join('')}`,
    ...rows.map(([name, counts]) => {
      const [first] = all;
      const { right, wrong, withheld, missing } = counts(first as Measured);
      const cells = all.map((measured) => {
        const of = counts(measured);
        return `${percent(recall(of))} | ${of.wrong} | ${of.printedSo}`;
      });
      return `| ${name} | ${right + wrong + withheld + missing} | ${cells.join(' | ')} |`;
    }),
  ];
}

function timeTable(all: readonly Measured[]): string[] {
  return [
    '| damaged characters | median | longest | refused | lost cells | said to be lost or doubted |',
    '|---|--:|--:|--:|--:|--:|',
    ...all.map(({ damage, median, longest, refused, groups: counted }) => {
      const total = sum(Object.values(counted));
      const kept = total['kept lost'];
      return `| ${damageName(damage)} | ${median} ms | ${longest} ms | ${refused} | ${kept + total.unsaid} | ${kept} |`;
    }),
  ];
}
