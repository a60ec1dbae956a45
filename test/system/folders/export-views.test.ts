import path from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { columnTypes, type ViewDescription } from '../../../src/export/describe.js';
import { exportViews } from '../../../src/export/export.js';
import { openViews } from '../../../src/export/views.js';
import { writeView } from '../../../src/export/write-views.js';
import { cellsOf, csvRows, parquetRows, readPackage } from '../../export/read-back.js';
import { testFolder } from '../../support/bundles.js';
import { asReaderOf, testDatabase } from '../../support/database.js';
import { waitsForLock } from '../../support/waiting.js';

const database = testDatabase();
const files = testFolder();
const home = () => files.folder({ 'a.txt': '' });
const exported = async () => (await openViews(database.db)).map(({ name }) => name);

test('every view that the reader may read is exported but for the one on the database itself, and nothing else', async () => {
  const { rows: views } = await sql<{ name: string }>`
    select viewname as name from pg_views where schemaname = 'analytics' order by 1`.execute(database.db);
  const readable: string[] = [];
  await asReaderOf(database, async (reader) => {
    for (const { name } of views) {
      const select = sql`select from ${sql.table(`analytics.${name}`)} limit 0`.execute(reader);
      if (await select.then(Boolean, () => false)) readable.push(name);
    }
  });
  expect(readable).toContain('inspection');
  expect(readable).not.toContain('subgroup_count');
  expect(readable).toContain('database_version');
  expect(await exported()).toEqual(readable.filter((view) => view !== 'database_version'));
});

test.each([
  [
    'that is for analysts only, even where somebody lets the reader read it',
    'subgroup_count',
    'grant select on analytics.subgroup_count to yot_ratings_reader',
    'revoke select on analytics.subgroup_count from yot_ratings_reader',
  ],
  [
    'that the reader may not read',
    'finding',
    'revoke select on analytics.finding from yot_ratings_reader',
    'grant select on analytics.finding to yot_ratings_reader',
  ],
  [
    'that somebody has made',
    'mine',
    'create view analytics.mine as select 1 as a; grant select on analytics.mine to yot_ratings_reader',
    'drop view analytics.mine',
  ],
])('a view is left out %s', async (_, view, before, after) => {
  for (const one of before.split('; ')) await sql.raw(one).execute(database.db);
  try {
    const names = await exported();
    expect(names).toContain('inspection');
    expect(names).not.toContain(view);
  } finally {
    await sql.raw(after).execute(database.db);
  }
});

/** Makes a view of word, number and seventh, and writes it into a folder. */
async function thing(query: string, spreadsheetSafe = false) {
  const column = (name: string, postgres: string): ViewDescription['columns'][number] => ({
    ...{ name, title: name, comment: '', postgres, type: columnTypes[postgres] as never, nullable: true },
    ...{ unit: undefined, oneOf: undefined, between: undefined, additive: undefined },
  });
  const columns = [
    column('word', 'text'),
    column('number', 'integer'),
    column('seventh', 'double precision'),
  ];
  const view = { name: 'thing', title: 'Thing', comment: '', key: ['word', 'number'], columns };
  const folder = await home();
  await sql.raw(`create view analytics.thing as ${query}`).execute(database.db);
  try {
    const formats = ['csv', 'parquet'] as const;
    const { rows } = await writeView(database.db, view, folder, {
      formats,
      synthetic: true,
      spreadsheetSafe,
    });
    const { rows: parquet } = await parquetRows(folder, 'thing.parquet');
    return { rows, csv: await cellsOf(folder, 'thing.csv'), parquet };
  } finally {
    await sql`drop view analytics.thing`.execute(database.db);
  }
}

test('rows come in the order of the key, text by its code points; formulas begin with an apostrophe where asked for', async () => {
  const query = `select word collate "und-x-icu" as word, number, null::float8 as seventh
    from (values ('b', 1), ('a', 10), ('a', 9), ('B', -1), (null, 2), ('=a', 1)) as thing (word, number)`;
  const sorted = [
    ['word', 'number', 'seventh'],
    ...[
      ['=a', '1', ''],
      ['B', '-1', ''],
      ['a', '9', ''],
      ['a', '10', ''],
      ['b', '1', ''],
      ['', '2', ''],
    ],
  ];
  expect((await thing(query)).csv).toEqual(sorted);
  expect((await thing(query, true)).csv[1]).toEqual(["'=a", '1', '']);
});

test('a view of many rows comes back whole: more than are fetched, or written, at once', async () => {
  const { rows, csv, parquet } = await thing(
    "select lpad(n::text, 9, '0') as word, n as number, n::float8 / 7 as seventh from generate_series(1, 25001) as n",
  );
  expect(rows).toBe(25_001);
  const expected = Array.from({ length: rows }, (_, at) => [
    String(at + 1).padStart(9, '0'),
    at + 1,
    (at + 1) / 7,
  ]);
  expect(csv.slice(1).map(([word, ...numbers]) => [word, ...numbers.map(Number)])).toEqual(expected);
  expect(parquet.map((row) => Object.values(row))).toEqual(expected);
});

test('all views are of one moment, whatever is changed meanwhile', async () => {
  const folder = path.join(await home(), 'out');
  const reasons = async () => {
    const { rows } = await sql<{ reason: string }>`
      select reason from core.panel_decision order by inspection_id, standard_code`.execute(database.db);
    return rows.map(({ reason }) => reason);
  };
  const before = await reasons();
  const other = connect(database.url, { max: 1 });
  try {
    const exporting = await other.transaction().execute(async (trx) => {
      // The export waits here: after finding.csv, say, and before standard_rating.csv.
      await sql`lock table core.panel_decision in access exclusive mode`.execute(trx);
      const started = exportViews(database.db, folder, { formats: ['csv'] });
      await waitsForLock(database.db, started);
      await sql`update core.panel_decision set reason = 'changed meanwhile'`.execute(trx);
      return { started };
    });
    await exporting.started;
  } finally {
    await other.destroy();
  }
  expect(new Set(await reasons())).toEqual(new Set(['changed meanwhile']));
  const { resources } = await readPackage(folder);
  const rows = await csvRows(
    folder,
    resources.find(({ name }) => name === 'standard_rating'),
  );
  const inExport = rows.filter(({ discretion }) => discretion).map((row) => row.discretion_reason);
  expect(inExport).toEqual(before);
});
