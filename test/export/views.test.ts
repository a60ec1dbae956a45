import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { columnTypes, openViews, type ViewDescription } from '../../src/export/views.js';
import { writeView } from '../../src/export/write-views.js';
import { testFolder } from '../support/bundles.js';
import { asReaderOf, rolledBack, testDatabase } from '../support/database.js';
import { csvRows, parquetRows } from './read-back.js';

// Which views are exported, and how one is written. What comes of all of them, test/system/folders/export.test.ts holds.

const database = testDatabase();
const files = testFolder();

describe('what is exported', () => {
  const open = async () => (await openViews(database.db)).map(({ name }) => name);

  test('is every view that the reader may read but for the one on the database itself', async () => {
    const { rows: views } = await sql<{ name: string }>`
      select viewname as name from pg_views where schemaname = 'analytics' order by 1`.execute(database.db);
    const readable: string[] = [];
    await asReaderOf(database, async (reader) => {
      for (const { name } of views) {
        const select = sql`select from ${sql.table(`analytics.${name}`)} limit 0`.execute(reader);
        if (await select.then(Boolean, () => false)) readable.push(name);
      }
    });
    expect(readable).toEqual(expect.arrayContaining(['inspection', 'database_version']));
    expect(readable).not.toContain('subgroup_count');
    expect(await open()).toEqual(readable.filter((view) => view !== 'database_version'));
  });

  test.each([
    ['subgroup_count', 'grant select on analytics.subgroup_count to yot_ratings_reader'],
    ['finding', 'revoke select on analytics.finding from yot_ratings_reader'],
    ['mine', 'create view analytics.mine as select 1; grant select on analytics.mine to yot_ratings_reader'],
  ])(
    'is no view for analysts, none that a reader may not read, and nobody’s own: %s',
    async (view, changes) => {
      const names = await rolledBack(database.db, async (trx) => {
        for (const one of changes.split('; ')) await sql.raw(one).execute(trx);
        return (await openViews(trx)).map(({ name }) => name);
      });
      expect(names).toContain('inspection');
      expect(names).not.toContain(view);
    },
  );
});

/** Makes a view of word, number and seventh, and writes it into a folder. */
async function thing(query: string, spreadsheetSafe = false) {
  const column = (name: string, postgres: string): ViewDescription['columns'][number] => ({
    ...{ name, comment: '', postgres, type: columnTypes[postgres] as never, nullable: true },
    ...{ unit: undefined, oneOf: undefined, between: undefined, additive: undefined },
  });
  const columns = [
    column('word', 'text'),
    column('number', 'integer'),
    column('seventh', 'double precision'),
  ];
  const view = { name: 'thing', comment: '', key: ['word', 'number'], columns };
  const into = await files.folder({ 'a.txt': '' });
  await sql.raw(`create view analytics.thing as ${query}`).execute(database.db);
  try {
    const options = { formats: ['csv', 'parquet'], synthetic: true, spreadsheetSafe } as const;
    const { rows } = await writeView(database.db, view, into, options);
    return { rows, into, text: await readFile(path.join(into, 'thing.csv'), 'utf8') };
  } finally {
    await sql`drop view analytics.thing`.execute(database.db);
  }
}

test('rows come in the order of the key, text by its code points; NULL is no empty text; formulas begin with an apostrophe where asked for', async () => {
  const query = `select word collate "und-x-icu" as word, number, null::float8 as seventh
    from (values ('b', 1), ('a', 10), ('a', 9), ('B', -1), (null, 2), ('=a', 1), ('', 3), (e'say "a", b\\r\\n', 4)) as thing (word, number)`;
  const lines = ['"",3,', '=a,1,', 'B,-1,', 'a,9,', 'a,10,', 'b,1,', '"say ""a"", b\r\n",4,', ',2,'];
  expect((await thing(query)).text).toBe(['word,number,seventh', ...lines, ''].join('\r\n'));
  expect((await thing(query, true)).text).toContain("\r\n'=a,1,\r\nB,-1,");
});

test('rows of a large view come back whole: more than are fetched, or written, at once', async () => {
  const { rows, into } = await thing(
    "select lpad(n::text, 9, '0') as word, n as number, n::float8 / 7 as seventh from generate_series(1, 25001) as n",
  );
  expect(rows).toBe(25_001);
  const expected = Array.from({ length: rows }, (_, at) => ({
    ...{ word: String(at + 1).padStart(9, '0'), number: at + 1, seventh: (at + 1) / 7 },
  }));
  expect((await parquetRows(into, 'thing.parquet')).rows).toEqual(expected);
  const csv = (await csvRows(into, 'thing')).map(({ word, number, seventh }) => ({
    ...{ word, number: Number(number), seventh: Number(seventh) },
  }));
  expect(csv).toEqual(expected);
});
