import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { licence } from '../../export/origin.js';
import { dbPath } from '../../paths.js';
import { groupBy } from '../../queries/group-by.js';
import { statuses } from '../../queries/reconciliation.js';
import { type Cell, columns } from '../figure.js';
import type { Book } from '../model.js';
import { type Block, csvPath, type Page } from '../page.js';
import { date, interval, plural } from '../words.js';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** How often ratings panels decided otherwise than the rules. */
export function discretionPage(book: Book): Page {
  const path = 'discretion.html';
  const decisions = book.allStandards.filter(({ discretion }) => discretion);
  const computed = book.allStandards.filter(({ computed_rating }) => computed_rating !== null).length;
  const share = book.share(
    decisions.filter(({ computed_rating }) => computed_rating !== null).length,
    computed,
  );
  const title = `Ratings panels decided otherwise in ${share.yes} of ${plural(share.among, 'computed rating')}`;
  const groups = [...groupBy(book.discretion, ({ edition, standard }) => `${edition} ${standard}`).values()];
  return {
    path,
    title,
    lead: [
      [
        `That is ${share.percent ?? '[x]'}% (${book.level}% interval ${interval(share.low, share.high)}). A panel may replace the rating that the percentages give, when the lowest is near a boundary, when one case would change the rating, or when the sample is small. Whether it does, and to what, is its own decision.`,
      ],
    ],
    sections: [
      {
        id: 'standards',
        heading: 'By standard',
        blocks: [
          {
            figure: {
              id: 'standards-chart',
              title:
                share.yes === 0
                  ? 'No decision is known'
                  : `${sum(book.discretion.map(({ up }) => up))} upwards, ${sum(book.discretion.map(({ down }) => down))} downwards`,
              subtitle: `Decisions over computed ratings, by edition and standard. Source: ${book.source}, to ${date(book.day)}.`,
              chart: null,
              table: {
                caption: 'Decisions of ratings panels by edition and standard',
                columns: columns(
                  'Standard',
                  'Edition',
                  '#Decisions of computed ratings',
                  '#%',
                  `#${book.level}% interval`,
                  '#Up',
                  '#Down',
                  '#Near a boundary',
                  '#One case',
                  '#Small sample',
                  '#Without a ground',
                  '#Not computed',
                ),
                rows: groups
                  .filter((of) => sum(of.map(({ inspections }) => inspections)) > 0)
                  .map((of): Cell[] => {
                    const total = (
                      column:
                        | 'decisions'
                        | 'inspections'
                        | 'up'
                        | 'down'
                        | 'decisions_near_boundary'
                        | 'decisions_one_case_flips'
                        | 'decisions_small_sample'
                        | 'decisions_without_ground'
                        | 'inspections_not_computed',
                    ) => sum(of.map((row) => row[column] ?? 0));
                    const one = book.share(total('decisions'), total('inspections'));
                    return [
                      { text: `${of[0]?.standard} ${of[0]?.title}`, to: `standards/${of[0]?.standard}.html` },
                      of[0]?.edition ?? '',
                      `${one.yes} of ${one.among}`,
                      one.percent ?? '[x]',
                      interval(one.low, one.high),
                      total('up'),
                      total('down'),
                      total('decisions_near_boundary'),
                      total('decisions_one_case_flips'),
                      total('decisions_small_sample'),
                      total('decisions_without_ground'),
                      total('inspections_not_computed'),
                    ];
                  }),
                isSortable: true,
              },
              csv: csvPath(path, 'standards'),
            },
          },
        ],
      },
      {
        id: 'decisions',
        heading: 'Every decision that is known',
        blocks: [
          {
            table: {
              caption: 'Decisions, with the reason in words of this book',
              columns: columns('Inspection', 'Standard', 'From', 'To', 'Reason'),
              rows: decisions.map((row): Cell[] => [
                {
                  text: `${row.service}, ${row.year}`,
                  to: book.inspectionPaths.get(row.inspection_id) as string,
                },
                `${row.standard} ${row.title}`,
                { rating: row.discretion_from, rank: row.discretion_from_rank },
                { rating: row.rating, rank: row.rating_rank },
                row.discretion_reason ?? '[x]',
              ]),
            },
          },
        ],
      },
    ],
  };
}

/** How much is known, how well, and what does not agree. */
export function qualityPage(book: Book): Page {
  const path = 'quality.html';
  const held = book.reconciled.filter(({ status }) => status !== 'not computable');
  const agreeing = held.filter(({ status }) => status === 'agrees').length;
  const disagreeing = held.filter(({ status }) => status === 'disagrees').length;
  const levels = [...groupBy(book.reconciled, ({ level }) => level)];
  const grades = [...groupBy(book.inspections, ({ evidence }) => evidence ?? 'nothing known')].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  const odd = held.filter(({ status }) => status !== 'agrees');
  return {
    path,
    title: `${agreeing} of ${held.length} published figures that can be computed agree; ${disagreeing} disagree`,
    lead: [
      [
        'What is published and what is computed from it are held against each other, figure by figure. What no source gives is marked, and never guessed.',
      ],
    ],
    sections: [
      {
        id: 'evidence',
        heading: 'What ratings rest on',
        blocks: [
          {
            table: {
              caption: 'Inspections by the best that is known of them',
              columns: columns('Evidence', '#Inspections'),
              rows: grades.map(([grade, rows]): Cell[] => [
                grade,
                `${rows.length} of ${book.inspections.length}`,
              ]),
            },
          },
        ],
      },
      {
        id: 'reconciliation',
        heading: 'Published and computed',
        blocks: [
          {
            figure: {
              id: 'reconciliation-chart',
              title: `${agreeing} of ${held.length} agree`,
              subtitle: `Published figures by how they stand to what is computed. Source: ${book.source}, to ${date(book.day)}.`,
              chart: null,
              table: {
                caption: 'Published figures by level and by how they stand to what is computed',
                columns: [{ title: 'Level' }, ...statuses.map((title) => ({ title, isNumber: true }))],
                rows: levels.map(([level, rows]): Cell[] => [
                  level,
                  ...statuses.map((status) => rows.filter((row) => row.status === status).length),
                ]),
              },
              csv: csvPath(path, 'reconciliation'),
            },
          },
          {
            table: {
              caption: 'Figures that do not plainly agree',
              columns: columns('Inspection', 'Figure', 'Published', 'Computed', 'How they stand', 'Why'),
              rows: odd.map((row): Cell[] => [
                {
                  text: `${row.service}, ${row.fieldwork_start?.slice(0, 4) ?? '[x]'}`,
                  to: book.inspectionPaths.get(row.inspection_id) as string,
                },
                `${row.level} ${row.code}`,
                row.published,
                row.computed,
                row.status,
                row.explanation,
              ]),
              isSortable: true,
            },
          },
        ],
      },
    ],
  };
}

interface WorkedCase {
  name: string;
  why: string;
  edition: string;
  given: unknown;
  expected: Record<string, Record<string, string | number | boolean | null>>;
}

/** How answers become a rating: the steps, the rules of each edition, cases worked by hand, and what the marks mean. */
export function howPage(book: Book): Page {
  const { cases } = parse(readFileSync(dbPath('worked-cases.yaml'), 'utf8')) as { cases: WorkedCase[] };
  const scales = [...groupBy(book.scaleRows, ({ edition, programme }) => `${edition}, ${programme}`)];
  const rules = [
    ...groupBy(
      book.rules.filter(({ about }) => about === 'all'),
      ({ edition, programme }) => `${edition}, ${programme}`,
    ),
  ];
  const or = (value: number | string | null): Cell => value ?? '[x]';
  return {
    path: 'how.html',
    title: 'How a rating comes about',
    lead: [
      [
        'From the answers about single cases to one word about a service, in six steps. The numbers are rules of an edition of the inspection framework, and stand below.',
      ],
    ],
    sections: [
      {
        id: 'steps',
        heading: 'The steps',
        blocks: [
          {
            isOrdered: true,
            list: [
              [
                'Inspectors read a sample of cases and answer each key question, and the prompts below it, with yes, no or not applicable.',
              ],
              [
                'The yes are taken in percent: of the relevant cases under one edition, of all inspected cases under another. With no relevant case there is no percentage.',
              ],
              ['The percentage falls into a band, and the band is the rating of the key question.'],
              [
                'A standard judged on cases has the lowest of its key questions. Other standards are judged as a whole.',
              ],
              [
                'A ratings panel may decide otherwise, within rules; such a decision is recorded with its reason.',
              ],
              [
                'Ratings have points. Their sum has a band again, and that is the overall rating; a limiting judgement may lower it.',
              ],
            ],
          },
        ],
      },
      {
        id: 'rules',
        heading: 'The numbers',
        blocks: [
          ...scales.map(
            ([name, rows]): Block => ({
              table: {
                caption: `Bands and points: ${name}`,
                columns: columns('Rating', '#From percent', '#Points', '#Overall from points'),
                rows: rows.map((row) => [
                  { rating: row.rating, rank: row.rank },
                  or(row.from_percent),
                  or(row.points),
                  or(row.from_score),
                ]),
              },
            }),
          ),
          ...rules.map(
            ([name, rows]): Block => ({
              table: {
                caption: `Other rules: ${name}`,
                columns: columns('Rule', 'What it says'),
                rows: rows.map((row) => [row.rule?.replaceAll('_', ' ') ?? '', or(row.value)]),
              },
            }),
          ),
        ],
      },
      {
        id: 'marks',
        heading: 'What stands beside a figure',
        blocks: [
          {
            facts: [
              [
                'n of m',
                ['Of how many cases (m) how many were answered yes (n). No percentage stands without it.'],
              ],
              [
                `${book.level}% interval`,
                [
                  `Wilson’s interval: what other cases of the same service may have given. In ${book.level} of 100 such samples it holds the share of all cases.`,
                ],
              ],
              [
                'Rests on',
                [
                  'Case answers are the best evidence, then published counts, then published percentages; of some inspections the ratings alone are known.',
                ],
              ],
              [
                '[c]',
                [
                  `Confidential: in splits by a child’s characteristics, groups of fewer than ${book.display.fewest_cases} cases are not shown, nor what would give them away. No page of this book has such splits; the files to download mark them.`,
                ],
              ],
              ['[x]', ['Not available: no source gives it, or the source has lost it.']],
              ['[z]', ['Not applicable: no relevant case, or not rated.']],
              ['[r]', ['Revised: the rating was another one when it was first recorded.']],
            ],
          },
        ],
      },
      {
        id: 'cases',
        heading: 'Cases worked by hand',
        blocks: [
          {
            text: [
              'Small enough to check with a pencil. Each is computed in SQL and in TypeScript by the tests of the program, and has to give just these values.',
            ],
          },
          ...cases.flatMap(({ name, why, edition, given, expected }): Block[] => [
            { heading: name },
            { text: [`${why} Given, under the ${edition} edition:`] },
            { code: stringify(given, { lineWidth: 0 }).trimEnd() },
            {
              table: {
                caption: `What comes out: ${name}`,
                columns: columns('Row', 'Column', 'Expected'),
                rows: Object.entries(expected).flatMap(([row, cells]) =>
                  Object.entries(cells).map(([column, value]): Cell[] => [
                    row,
                    column.replaceAll('_', ' '),
                    value === null ? 'none' : String(value),
                  ]),
                ),
              },
            },
          ]),
        ],
      },
    ],
  };
}

/** What can be taken along: the views as Parquet and CSV, and the file behind each chart. */
export function downloadsPage(
  book: Book,
  views: readonly { name: string; comment: string; rows: number; files: string[] }[],
  charts: readonly { page: Page; title: string; csv: string }[],
): Page {
  return {
    path: 'downloads.html',
    title: 'Data to download',
    lead: [
      [
        'All figures of this book, and more, as open data under the ',
        { text: licence.title, to: licence.path },
        `: as known on ${date(book.day)}.`,
      ],
    ],
    sections: [
      {
        id: 'views',
        heading: 'All of it, as Parquet',
        blocks: [
          {
            table: {
              caption: 'Tables, one file each',
              columns: columns('Table', 'One row is', '#Rows'),
              rows: views.map(({ name, comment, rows, files }): Cell[] => [
                { text: name, to: files[0] as string },
                comment,
                rows,
              ]),
            },
          },
        ],
      },
      {
        id: 'charts',
        heading: 'The figures behind each chart, as CSV',
        blocks: [
          {
            list: charts.map(({ page, title, csv }) => [
              { text: page.title, to: page.path },
              ': ',
              { text: title, to: csv },
            ]),
          },
        ],
      },
    ],
  };
}
