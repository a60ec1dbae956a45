import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { withCopy } from '../../src/database/copy.js';
import { csvLine, csvWriter } from '../../src/export/csv.js';
import type { ColumnDescription } from '../../src/export/describe.js';
import { type ColumnType, columnTypes } from '../../src/export/types.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { seed } from '../support/seed.js';

const database = testDatabase();
const files = testFolder();

const column = (name: string, postgres: string): ColumnDescription => ({
  ...{ name, title: name, comment: '', postgres, type: columnTypes[postgres] as ColumnType, nullable: true },
  ...{ unit: undefined, oneOf: undefined, between: undefined, additive: undefined },
});
const columns = [column('word', 'text'), column('change', 'integer')];

/** The CSV file of rows of word and change. */
async function written(rows: [string | null, string | null][], spreadsheetSafe = false): Promise<Buffer> {
  const file = path.join(await files.folder({ 'a.txt': '' }), 'thing.csv');
  const writer = await csvWriter(file, columns, { spreadsheetSafe });
  for (const row of rows) await writer.write(row);
  await writer.end();
  return readFile(file);
}

test.each([
  [['a', 'b c'], 'a,b c\r\n'],
  [[null, 'b'], ',b\r\n'],
  [['', null], '"",\r\n'],
  [['a,b', 'say "a"'], '"a,b","say ""a"""\r\n'],
  [['a\nb', 'a\rb'], '"a\nb","a\rb"\r\n'],
  [[' a ', ';'], ' a ,;\r\n'],
])('%j is the line %j', (row, line) => {
  expect(csvLine(row)).toBe(line);
});

test('a file has a heading, CRLF and UTF-8 without a byte order mark', async () => {
  expect(await written([['Żółć ½ 👧', '-1']])).toEqual(
    Buffer.from('word,change\r\nŻółć ½ 👧,-1\r\n', 'utf8'),
  );
});

test('a table without rows is its heading', async () => {
  expect((await written([])).toString()).toBe('word,change\r\n');
});

test('a file of many pieces has every row in its place', async () => {
  const rows = Array.from({ length: 20_000 }, (_, at): [string, string] => [`word ${at} é`, `${at}`]);
  const { data } = Papa.parse<string[]>((await written(rows)).toString());
  expect(data.slice(1, -1)).toEqual(rows);
});

test('other readers of CSV get back whatever was written', () => {
  const cell = fc.string({ unit: 'grapheme' }).filter((text) => text !== '');
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const { data } = Papa.parse<string[]>(rows.map(csvLine).join(''), {
        delimiter: ',',
        newline: '\r\n',
      });
      expect(data.slice(0, -1)).toEqual(rows);
    }),
    { seed },
  );
});

test('NULL and an empty text are told apart, as PostgreSQL does', async () => {
  const text = (
    await written([
      [null, null],
      ['', '1'],
      ['a', '2'],
    ])
  ).toString();
  await sql`create table public.thing (word text, change integer)`.execute(database.db);
  await withCopy(database.url, (_, copy) =>
    copy({ table: 'public.thing', columns: ['word', 'change'], options: '(format csv, header match)' }, [
      text,
    ]),
  );
  const { rows } = await sql`select * from public.thing order by change nulls first`.execute(database.db);
  expect(rows).toEqual([
    { word: null, change: null },
    { word: '', change: 1 },
    { word: 'a', change: 2 },
  ]);
});

test.each(['=1+1', '+a', '-a', '@a', '\ta', '\ra'])(
  'a text like a formula (%j) is kept, or begins with an apostrophe',
  async (word) => {
    const cells = async (spreadsheetSafe: boolean) =>
      Papa.parse<string[]>(
        (
          await written(
            [
              [word, '-1'],
              ['a=b', null],
            ],
            spreadsheetSafe,
          )
        ).toString(),
        {
          delimiter: ',',
          newline: '\r\n',
        },
      ).data.slice(1, -1);
    expect(await cells(false)).toEqual([
      [word, '-1'],
      ['a=b', ''],
    ]);
    // numbers are no texts
    expect(await cells(true)).toEqual([
      [`'${word}`, '-1'],
      ['a=b', ''],
    ]);
  },
);
