import type { SizeBench } from './bench.js';
import { type ContenderName, type QuestionBench, questions } from './questions.js';

const whole = (number: number) => Math.round(number).toLocaleString('en-GB');
const seconds = (ms: number) => (ms / 1000).toFixed(1);
const ratio = (one: number, other: number) => (one / other).toFixed(1);
/** Three digits, whatever the size. */
const fine = (number: number) =>
  number >= 100 ? whole(number) : number.toFixed(number >= 10 ? 1 : number >= 1 ? 2 : 3);
const none = '–';

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
        'foreign keys of all rows (ms)',
        'primary key of the answers (ms)',
        'share of these keys',
        'reading and checking the files (ms)',
      ],
      sizes.map(({ scale, one }) => [
        `${scale}x`,
        whole(one.answers),
        whole(one.total),
        whole(one.foreignKeys),
        fine(one.primaryKey),
        `${whole((100 * (one.foreignKeys + one.primaryKey)) / one.total)}%`,
        whole(one.read),
      ]),
    ),
    ...upkeepTable(sizes),
    ...questionTable(sizes),
    ...viewTable(sizes),
    ...readingTable(sizes),
  ];
}

/** Every view at every size. */
function viewTable(sizes: readonly SizeBench[]): string[] {
  const names = sizes[0]?.views.map(({ view }) => view) ?? [];
  const head = ['view of schema analytics'];
  for (const { scale } of sizes) head.push(`rows at ${scale}x`, `all of them (ms)`, `of one inspection (ms)`);
  const rows = names.map((name) => [
    name,
    ...sizes.flatMap(({ views }) => {
      const measured = views.find(({ view }) => view === name);
      if (!measured) return [none, none, none];
      return [
        whole(measured.rows),
        fine(measured.all),
        measured.one === undefined ? none : fine(measured.one),
      ];
    }),
  ]);
  return rows.length === 0 ? [] : ['', ...markdown(head, rows)];
}

/** Reading a PDF, beside the PDF library's text alone. */
function readingTable(sizes: readonly SizeBench[]): string[] {
  const measured = sizes.find(({ reading }) => reading)?.reading;
  if (!measured) return [];
  const { pages, pieces, lines, ours, library } = measured;
  return [
    '',
    ...markdown(
      [
        'a report as PDF',
        'pieces of text',
        'lines read',
        'its lines (ms)',
        'the PDF library, text alone (ms)',
        'ratio',
      ],
      [
        [
          `${whole(pages)} pages`,
          whole(pieces),
          whole(lines),
          fine(ours.median),
          fine(library.median),
          fine(ours.median / library.median),
        ],
      ],
    ),
  ];
}

function upkeepTable(sizes: readonly SizeBench[]): string[] {
  const rows = sizes.map(({ scale, upkeep }) => [
    `${scale}x`,
    fine(upkeep.renew),
    fine(upkeep.refresh),
    fine(upkeep.oneRow),
    fine(upkeep.oneRowOnBundled),
    fine(upkeep.oneRow / upkeep.oneRowOnBundled),
    fine(upkeep.edition),
  ]);
  return [
    '',
    ...markdown(
      [
        'a change on top of',
        'an inspection counted, rated and recorded anew (ms)',
        'refreshing a materialised view of the tally instead (ms)',
        'a table of ratings of one row (ms)',
        'on the bundled inspections alone (ms)',
        'ratio',
        'an edition with other rules (ms)',
      ],
      rows,
    ),
  ];
}

function questionTable(sizes: readonly SizeBench[]): string[] {
  const rows = sizes.flatMap(({ scale, questions: asked }) =>
    asked.map((one) => [`${scale}x`, questions[one.question], ...questionCells(one)]),
  );
  const head = ['programme', 'question', 'rows', 'ours (ms)'];
  for (const name of Object.values(others)) head.push(`${name} (ms)`, 'ratio');
  return ['', ...markdown(head, rows)];
}

/** Those that this program is held against; a ratio is of its time to theirs. */
const others: Partial<Record<ContenderName, string>> = {
  duckdbTable: 'DuckDB, own table',
  duckdbParquet: 'DuckDB, Parquet',
  duckdbResults: 'DuckDB, over our results',
  plainViews: 'plain views',
  materialisedView: 'materialised view',
};

function questionCells({ rows, timings }: QuestionBench): string[] {
  const ours = timings.ours?.median ?? Number.NaN;
  return [
    whole(rows),
    fine(ours),
    ...(Object.keys(others) as ContenderName[]).flatMap((name) => {
      const timing = timings[name];
      return timing ? [fine(timing.median), fine(ours / timing.median)] : [none, none];
    }),
  ];
}

function markdown(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const align = head.map((_, at) => (at === 0 ? '---' : '--:'));
  return [line(head), line(align), ...rows.map(line)];
}
