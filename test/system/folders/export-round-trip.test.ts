import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { exportViews } from '../../../src/export/export.js';
import { countDaysTo } from '../../../src/export/present-day.js';
import { csvRows, type Package, parquetRows, type Row, readPackage } from '../../export/read-back.js';
import { loadVaried } from '../../export/varied.js';
import { testFolder } from '../../support/bundles.js';
import { asReaderOf, testDatabase } from '../../support/database.js';

const database = testDatabase();
const files = testFolder();
let real: string;
let all: string;
let described: { real: Package; all: Package };

// What one row is, by hand: the order of the files, and what no two rows share.
const keys: Record<string, string[]> = {
  context_fact: ['inspection_id', 'fact_no'],
  finding: ['inspection_id', 'finding_no'],
  inspection: ['inspection_id'],
  key_question_result: ['inspection_id', 'key_question'],
  key_question_trend: ['year', 'is_synthetic', 'edition', 'key_question'],
  overall_rating: ['inspection_id'],
  prompt_result: ['inspection_id', 'prompt'],
  rating_trend: ['year', 'is_synthetic', 'edition', 'standard', 'rating'],
  recommendation: ['inspection_id', 'recommendation_no'],
  reconciliation: ['inspection_id', 'level', 'code'],
  service_history: ['inspection_id'],
  standard_rating: ['inspection_id', 'standard'],
};

beforeAll(async () => {
  await loadVaried(database, files);
  const folder = await files.folder({ 'a.txt': '' });
  [real, all] = [path.join(folder, 'real'), path.join(folder, 'all')];
  await exportViews(database.db, real);
  await exportViews(database.db, all, { synthetic: true });
  described = { real: await readPackage(real), all: await readPackage(all) };
});

/** Rows of a view, as the server gives them to any program, sorted by its key; a list as an export has it: 2.1.2, 2.1.3. */
async function rowsOfView(view: string, { synthetic }: { synthetic: boolean }): Promise<Row[]> {
  const { rows } = await database.db.transaction().execute(async (trx) => {
    await countDaysTo(trx, (described.all.created as string).slice(0, '2019-04-01'.length));
    return sql<Row>`select * from ${sql.table(`analytics.${view}`)}`.execute(trx);
  });
  const written = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    ),
  );
  const sorted = written.sort((one, other) => compare(view, one, other));
  return synthetic ? sorted : sorted.filter((row) => row.is_synthetic === false);
}

function compare(view: string, one: Row, other: Row): number {
  for (const column of keys[view] as string[]) {
    const [a, b] = [one[column], other[column]] as [string, string];
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}

const resourceOf = (from: Package, view: string, format: string) => {
  const found = from.resources.filter((one) => one.path === `${view}.${format}`);
  if (found.length !== 1 || !found[0])
    throw new Error(`${view}.${format} is described ${found.length} times`);
  return found[0];
};

describe.each(Object.keys(keys))('%s', (view) => {
  test('comes back from CSV, row by row, of real inspections only', async () => {
    const expected = await rowsOfView(view, { synthetic: false });
    expect(expected.length).toBeGreaterThanOrEqual(5);
    expect(await csvRows(real, resourceOf(described.real, view, 'csv'))).toEqual(expected);
  });

  test('comes back from CSV with invented inspections as well', async () => {
    const expected = await rowsOfView(view, { synthetic: true });
    expect(expected.some((row) => row.is_synthetic)).toBe(true);
    expect(await csvRows(all, resourceOf(described.all, view, 'csv'))).toEqual(expected);
  });

  test('comes back from Parquet, typed, as DuckDB reads it', async () => {
    const expected = await rowsOfView(view, { synthetic: true });
    const { rows, types } = await parquetRows(all, `${view}.parquet`);
    expect(rows).toEqual(expected);
    const { rows: columns } = await sql<{ name: string; type: string }>`
      select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = ${`analytics.${view}`}::regclass and attnum > 0
      order by attnum`.execute(database.db);
    const inDuckDB: Record<string, string> = {
      text: 'VARCHAR',
      'text[]': 'VARCHAR',
      integer: 'INTEGER',
      bigint: 'BIGINT',
      'double precision': 'DOUBLE',
      numeric: 'DOUBLE',
      boolean: 'BOOLEAN',
      date: 'DATE',
    };
    expect(Object.entries(types)).toEqual(columns.map(({ name, type }) => [name, inDuckDB[type]]));
  });

  test('has the key that is described', () => {
    for (const format of ['csv', 'parquet'])
      expect(resourceOf(described.all, view, format).schema.primaryKey).toEqual(keys[view]);
  });
});

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
  expect(readable).toEqual(expect.arrayContaining(Object.keys(keys)));
  expect(readable).not.toContain('subgroup_count');
  // Says which version a database is of: nothing to publish.
  const published = readable.filter((view) => view !== 'database_version');
  expect(published).toHaveLength(readable.length - 1);
  expect(described.real.resources.map((one) => one.path)).toEqual(
    published.flatMap((view) => [`${view}.csv`, `${view}.parquet`]),
  );
});

test('numbers stand in CSV as PostgreSQL prints them', async () => {
  const { rows } = await sql<{ low: string; key: string }>`
    select low::text as low, key_question as key from analytics.key_question_result
    where area = 'Wigan' and key_question = '2.1.1'`.execute(database.db);
  expect(rows[0]?.low).toMatch(/^\d+\.\d{8,}$/);
  const text = await readFile(path.join(real, 'key_question_result.csv'), 'utf8');
  expect(text).toContain(`,${rows[0]?.low},`);
});

test('the same database gives the same bytes', async () => {
  const folder = path.join(await files.folder({ 'a.txt': '' }), 'again');
  const { files: names } = await exportViews(database.db, folder, { synthetic: true });
  expect(names.sort()).toEqual((await readdir(all)).sort());
  // a byte at a time, as toEqual does, would take half a minute
  for (const name of names)
    expect((await readFile(path.join(folder, name))).equals(await readFile(path.join(all, name))), name).toBe(
      true,
    );
});
