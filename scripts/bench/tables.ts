import type { SizeBench } from './bench.js';
import { type ContenderName, questions } from './questions.js';

const whole = (number: number) => Math.round(number).toLocaleString('en-GB');
const seconds = (ms: number) => (ms / 1000).toFixed(1);
const ratio = (one: number, other: number) => (one / other).toFixed(1);
/** Three digits, whatever the size. */
const fine = (number: number) =>
  number >= 100 ? whole(number) : number.toFixed(number >= 10 ? 1 : number >= 1 ? 2 : 3);
const none = '–';

/** Those that this program is held against; a ratio is of its time to theirs. */
const others: Partial<Record<ContenderName, string>> = {
  duckdbTable: 'DuckDB, own table',
  duckdbParquet: 'DuckDB, Parquet',
  duckdbResults: 'DuckDB, over our results',
  plainViews: 'plain views',
  materialisedView: 'materialised view',
};

/** A column of a table: its heading, and what its cell says of a row. */
type Column<Measured> = [heading: string, cell: (measured: Measured) => string];

/** The measurements as Markdown tables, with their headings. */
export function benchTables(sizes: readonly SizeBench[]): string[] {
  const asked = sizes.flatMap(({ scale, questions }) => questions.map((one) => ({ scale, ...one })));
  const measured = sizes.flatMap(({ reading }) => reading ?? []).slice(0, 1);
  const tables = [
    markdown(sizes, [
      ['programme', ({ scale, inspections }) => `${scale}x: ${whole(inspections)} inspections`],
      ['case answers', ({ loading }) => whole(loading.answers)],
      ['load, checked and keyed (s)', ({ loading }) => seconds(loading.bulk.median)],
      ['answers a second', ({ loading }) => whole((1000 * loading.answers) / loading.bulk.median)],
      ['raw COPY of the files (s)', ({ loading }) => seconds(loading.raw.statementEach.median)],
      ['ratio', ({ loading: { bulk, raw } }) => ratio(bulk.median, raw.statementEach.median)],
      ['raw COPY in one statement (s)', ({ loading }) => seconds(loading.raw.oneStatement.median)],
      ['ratio', ({ loading: { bulk, raw } }) => ratio(bulk.median, raw.oneStatement.median)],
    ]),
    markdown(sizes, [
      ['one more inspection on top of', ({ scale }) => `${scale}x`],
      ['case answers', ({ one }) => whole(one.answers)],
      ['in all (ms)', ({ one }) => whole(one.total)],
      ['foreign keys of all rows (ms)', ({ one }) => whole(one.foreignKeys)],
      ['primary key of the answers (ms)', ({ one }) => fine(one.primaryKey)],
      [
        'share of these keys',
        ({ one }) => `${whole((100 * (one.foreignKeys + one.primaryKey)) / one.total)}%`,
      ],
      ['reading and checking the files (ms)', ({ one }) => whole(one.read)],
    ]),
    markdown(sizes, [
      ['a change on top of', ({ scale }) => `${scale}x`],
      ['an inspection counted, rated and recorded anew (ms)', ({ upkeep }) => fine(upkeep.renew)],
      ['refreshing a materialised view of the tally instead (ms)', ({ upkeep }) => fine(upkeep.refresh)],
      ['a table of ratings of one row (ms)', ({ upkeep }) => fine(upkeep.oneRow)],
      ['on the bundled inspections alone (ms)', ({ upkeep }) => fine(upkeep.oneRowOnBundled)],
      ['ratio', ({ upkeep }) => fine(upkeep.oneRow / upkeep.oneRowOnBundled)],
      ['an edition with other rules (ms)', ({ upkeep }) => fine(upkeep.edition)],
    ]),
    markdown(asked, [
      ['programme', ({ scale }) => `${scale}x`],
      ['question', ({ question }) => questions[question].title],
      ['rows', ({ rows }) => whole(rows)],
      ['ours (ms)', ({ timings }) => fine(timings.ours?.median ?? Number.NaN)],
      ...(Object.entries(others) as [ContenderName, string][]).flatMap(
        ([name, called]): Column<(typeof asked)[0]>[] => [
          [`${called} (ms)`, ({ timings }) => (timings[name] ? fine(timings[name].median) : none)],
          [
            'ratio',
            ({ timings: { ours, [name]: it } }) => (ours && it ? fine(ours.median / it.median) : none),
          ],
        ],
      ),
    ]),
    markdown(sizes[0]?.views ?? [], [
      ['view of schema analytics', ({ view }) => view],
      ...sizes.flatMap(({ scale, views }): Column<{ view: string }>[] => {
        const of = (name: string) => views.find(({ view }) => view === name);
        const time = (ms: number | undefined) => (ms === undefined ? none : fine(ms));
        return [
          [`rows at ${scale}x`, ({ view }) => whole(of(view)?.rows ?? 0)],
          ['all of them (ms)', ({ view }) => time(of(view)?.all)],
          ['of one inspection (ms)', ({ view }) => time(of(view)?.one)],
        ];
      }),
    ]),
    markdown(measured, [
      ['a report as PDF', ({ pages }) => `${whole(pages)} pages`],
      ['pieces of text', ({ pieces }) => whole(pieces)],
      ['lines read', ({ lines }) => whole(lines)],
      ['its lines (ms)', ({ ours }) => fine(ours.median)],
      ['the PDF library, text alone (ms)', ({ library }) => fine(library.median)],
      ['ratio', ({ ours, library }) => fine(ours.median / library.median)],
    ]),
  ];
  return tables.flatMap((table, at) => (at === 0 ? table : ['', ...table]));
}

function markdown<Measured>(rows: readonly Measured[], columns: Column<Measured>[]): string[] {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(([heading]) => heading)),
    line(columns.map((_, at) => (at === 0 ? '---' : '--:'))),
    ...rows.map((row) => line(columns.map(([, cell]) => cell(row)))),
  ];
}
