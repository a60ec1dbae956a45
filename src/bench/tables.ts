import type { SizeBench } from './bench.js';

const whole = (number: number) => Math.round(number).toLocaleString('en-GB');
const seconds = (ms: number) => (ms / 1000).toFixed(1);
const ratio = (one: number, other: number) => (one / other).toFixed(1);

/** The measurements as Markdown tables, with their headings. */
export function benchTables(sizes: readonly SizeBench[]): string[] {
  return [
    ...markdown(
      [
        'programme',
        'case answers',
        'load, checked and keyed (s)',
        'answers a second',
        'raw COPY of the files (s)',
        'ratio',
        'raw COPY in one statement (s)',
        'ratio',
      ],
      sizes.map(({ scale, inspections, loading: { answers, bulk, raw } }) => [
        `${scale}x: ${whole(inspections)} inspections`,
        whole(answers),
        seconds(bulk.median),
        whole((1000 * answers) / bulk.median),
        seconds(raw.statementEach.median),
        ratio(bulk.median, raw.statementEach.median),
        seconds(raw.oneStatement.median),
        ratio(bulk.median, raw.oneStatement.median),
      ]),
    ),
    '',
    ...markdown(
      [
        'one more inspection on top of',
        'case answers',
        'in all (ms)',
        'reading and checking (ms)',
        'writing the answers (ms)',
        'of that checking foreign keys (ms)',
      ],
      sizes.map(({ scale, one }) => [
        `${scale}x`,
        whole(one.answers),
        whole(one.total),
        whole(one.read),
        whole(one.write),
        whole(one.keyChecks),
      ]),
    ),
  ];
}

function markdown(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const align = head.map((_, at) => (at === 0 ? '---' : '--:'));
  return [line(head), line(align), ...rows.map(line)];
}
