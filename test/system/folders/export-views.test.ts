import path from 'node:path';
import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { exportViews } from '../../../src/export/export.js';
import { UserError } from '../../../src/problem.js';
import { cellsOf, csvRows, parquetRows, readPackage } from '../../export/read-back.js';
import { dropView, makeView } from '../../export/varied.js';
import { testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';
import { waitsForLock } from '../../support/waiting.js';

const database = testDatabase();
const files = testFolder();
const newFolder = async () => path.join(await files.folder({ 'a.txt': '' }), 'out');
const names = async () =>
  (await exportViews(database.db, await newFolder(), { formats: ['csv'] })).views.map(
    ({ view }) => view.name,
  );

describe('a view is left out', () => {
  test('that is for analysts only, even where somebody lets the reader read it', async () => {
    await sql`grant select on analytics.subgroup_count to yot_ratings_reader`.execute(database.db);
    try {
      expect(await names()).not.toContain('subgroup_count');
    } finally {
      await sql`revoke select on analytics.subgroup_count from yot_ratings_reader`.execute(database.db);
    }
  });

  test('that the reader may not read', async () => {
    await sql`revoke select on analytics.finding from yot_ratings_reader`.execute(database.db);
    try {
      const exported = await names();
      expect(exported).toContain('inspection');
      expect(exported).not.toContain('finding');
    } finally {
      await sql`grant select on analytics.finding to yot_ratings_reader`.execute(database.db);
    }
  });

  test('that somebody has made', async () => {
    await sql`create view analytics.mine as select 1 as a`.execute(database.db);
    await sql`grant select on analytics.mine to yot_ratings_reader`.execute(database.db);
    try {
      expect(await names()).not.toContain('mine');
    } finally {
      await sql`drop view analytics.mine`.execute(database.db);
    }
  });
});

describe('a name', () => {
  test.each([
    [
      'inspecton',
      /^There is no view "inspecton" \(did you mean "inspection"\?\): there are comparator_group, /,
    ],
    ['analytics.finding', /^There is no view "analytics\.finding"/],
    ['subgroup_count', /^The view subgroup_count is for analysts only, .* never exported\.$/],
  ])('that is wrong is refused, and nothing is written: %s', async (name, says) => {
    const folder = await newFolder();
    const attempt = exportViews(database.db, folder, { only: ['finding', name] });
    await expect(attempt).rejects.toThrow(says);
    await expect(attempt).rejects.toBeInstanceOf(UserError);
    await expect(attempt).rejects.toMatchObject({ exit: 2 });
    await expect(readPackage(folder)).rejects.toThrow('ENOENT');
  });

  test('that is given twice counts once, and views come in their own order', async () => {
    const { views } = await exportViews(database.db, await newFolder(), {
      only: ['inspection', 'finding', 'inspection'],
    });
    expect(views.map(({ view }) => view.name)).toEqual(['finding', 'inspection']);
  });
});

describe('a view of another kind', () => {
  afterEach(() => dropView(database, 'thing'));

  test('without rows, comment, key or is_synthetic is exported as well', async () => {
    await makeView(database, 'thing', "select 'a'::text as word, 1 as number where false");
    const folder = await newFolder();
    await exportViews(database.db, folder, { only: ['thing'] });
    expect(await cellsOf(folder, 'thing.csv')).toEqual([['word', 'number']]);
    expect(await parquetRows(folder, 'thing.parquet')).toEqual({
      rows: [],
      types: { word: 'VARCHAR', number: 'INTEGER' },
    });
    const [csv] = (await readPackage(folder)).resources;
    expect(csv?.schema).not.toHaveProperty('primaryKey');
  });

  test('without a key comes in the order of all its columns', async () => {
    await makeView(
      database,
      'thing',
      // of a language that puts B after a
      `select word collate "und-x-icu" as word, number
        from (values ('b', 1), ('a', 10), ('a', 9), ('B', 1), (null, 2)) as thing (word, number)`,
    );
    const folder = await newFolder();
    await exportViews(database.db, folder, { only: ['thing'], formats: ['csv'] });
    expect((await cellsOf(folder, 'thing.csv')).slice(1)).toEqual([
      ['B', '1'],
      ['a', '9'],
      ['a', '10'],
      ['b', '1'],
      ['', '2'],
    ]);
  });

  test('of many rows comes back whole: more than are fetched, or written, at once', async () => {
    await makeView(
      database,
      'thing',
      "select n as number, 'row ' || n as word, n::float8 / 7 as seventh from generate_series(1, 25001) as n",
    );
    const folder = await newFolder();
    const { views } = await exportViews(database.db, folder, { only: ['thing'] });
    expect(views[0]?.rows).toBe(25_001);
    const expected = Array.from({ length: 25_001 }, (_, at) => ({
      number: at + 1,
      word: `row ${at + 1}`,
      seventh: (at + 1) / 7,
    }));
    const [csv] = (await readPackage(folder)).resources;
    expect(await csvRows(folder, csv as never)).toEqual(expected);
    expect((await parquetRows(folder, 'thing.parquet')).rows).toEqual(expected);
  });
});

test('all views are of one moment, whatever is changed meanwhile', async () => {
  const folder = await newFolder();
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
  const rows = await csvRows(folder, resources.find(({ name }) => name === 'standard_rating') as never);
  const exported = rows.filter(({ discretion }) => discretion).map((row) => row.discretion_reason);
  expect(exported).toEqual(before);
});
