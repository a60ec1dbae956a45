import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { groupBy } from '../../group-by.js';
import { dbPath } from '../../paths.js';
import { type Cell, columns, type Table } from '../figure.js';
import type { Book } from '../model.js';
import type { Block, Page } from '../page.js';

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
  const scales = groupBy(book.scaleRows, ({ edition, programme }) => `${edition}, ${programme}`);
  const rules = groupBy(
    book.rules.filter(({ about }) => about === 'all'),
    ({ edition, programme }) => `${edition}, ${programme}`,
  );
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
                'A standard judged on cases has the lowest of its key questions. Those of the other kind are judged as a whole.',
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
          ...alike(
            'Bands and points',
            columns('Rating', '#From percent', '#Points', '#Overall from points'),
            scales,
            (row) => [
              { rating: row.rating, rank: row.rank },
              or(row.from_percent),
              or(row.points),
              or(row.from_score),
            ],
          ),
          ...alike('Rules', columns('Rule', 'What it says'), rules, (row) => [
            row.rule.replaceAll('_', ' '),
            or(row.value),
          ]),
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

/** A table for each edition and programme, but one for all that have the same rows, and a sentence for those of which nothing is known. */
function alike<Row>(
  title: string,
  columns: Table['columns'],
  groups: ReadonlyMap<string, Row[]>,
  cellsOf: (row: Row) => Cell[],
): Block[] {
  const tables = groupBy([...groups], ([, rows]) => JSON.stringify(rows.map(cellsOf)));
  return [...tables.values()].map((same) => {
    const caption = `${title}: ${same.map(([name]) => name).join('; ')}`;
    const rows = (same[0]?.[1] ?? []).map(cellsOf);
    const isKnown = rows.some(([, ...cells]) => cells.some((cell) => cell !== '[x]'));
    return isKnown ? { table: { caption, columns, rows } } : { text: [`${caption}: not published [x].`] };
  });
}
