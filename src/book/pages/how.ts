import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { dbPath } from '../../paths.js';
import type { Book } from '../model.js';
import { type Block, type Page, rated } from '../page.js';

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
  const rules = book.rules.filter(({ about }) => about === 'all');
  return {
    path: 'how.html',
    title: 'How a rating comes about',
    lead: [
      'From the answers about single cases to one word about a service, in six steps. The numbers are rules of an edition of the inspection framework, and stand below.',
    ],
    sections: [
      { id: 'steps', heading: 'The steps', blocks: [{ template: 'steps' }] },
      {
        id: 'rules',
        heading: 'The numbers',
        blocks: [
          {
            table: book.table('Bands and points, by edition and programme', book.scaleRows, [
              ['Edition', ({ edition }) => edition],
              ['Programme', ({ programme }) => programme],
              ['Rating', ({ rating, rank }) => rated(rating, rank)],
              ['#From percent', (row) => row.from_percent ?? '[x]'],
              ['#Points', (row) => row.points ?? '[x]'],
              ['#Overall from points', (row) => row.from_score ?? '[x]'],
            ]),
          },
          {
            table: book.table('Rules, by edition and programme', rules, [
              ['Edition', ({ edition }) => edition],
              ['Programme', ({ programme }) => programme],
              ['Rule', (row) => row.rule.replaceAll('_', ' ')],
              ['What it says', (row) => row.value ?? '[x]'],
            ]),
          },
        ],
      },
      { id: 'marks', heading: 'What stands beside a figure', blocks: [{ template: 'marks' }] },
      {
        id: 'cases',
        heading: 'Cases worked by hand',
        blocks: [
          {
            text: [
              'Small enough to check with a pencil. Each is computed in SQL and in TypeScript by the tests of the program, and has to give just these values.',
            ],
          },
          ...cases.map((one) => blockOf(book, one)),
        ],
      },
    ],
  };
}

function blockOf(book: Book, { name, why, edition, given, expected }: WorkedCase): Block {
  const values = Object.entries(expected).flatMap(([row, cells]) =>
    Object.entries(cells).map(([column, value]) => ({ row, column, value })),
  );
  return {
    heading: name,
    text: [`${why} Given, under the ${edition} edition:`],
    code: stringify(given, { lineWidth: 0 }).trimEnd(),
    table: book.table(`What comes out: ${name}`, values, [
      ['Row', ({ row }) => row],
      ['Column', ({ column }) => column.replaceAll('_', ' ')],
      ['Expected', ({ value }) => (value === null ? 'none' : String(value))],
    ]),
  };
}
