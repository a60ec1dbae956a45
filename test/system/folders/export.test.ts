import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import datapackage from 'datapackage';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { exportViews } from '../../../src/export/export.js';
import { countDaysTo, openViews } from '../../../src/export/views.js';
import { csvRows, type Package, parquetRows, type Row, readPackage } from '../../export/read-back.js';
import { loadVaried } from '../../export/varied.js';
import { daysLater } from '../../support/another-day.js';
import { testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';
import { everyFile } from '../../support/every-file.js';
import { waitsForLock } from '../../support/waiting.js';

const database = testDatabase();
const files = testFolder();
let home: string;
let folder: string;
let described: Package;
/** Of real inspections alone, of some views, as CSV. */
let real: string;
const only = ['inspection', 'service', 'service_history', 'service_name', 'standard_rating', 'finding'];

beforeAll(async () => {
  await loadVaried(database, files);
  home = await files.folder({ 'a.txt': '' });
  folder = path.join(home, 'open-data');
  await exportViews(database.db, folder, { synthetic: true });
  described = await readPackage(folder);
  real = path.join(home, 'real');
  await exportViews(database.db, real, { only, formats: ['csv'] });
});

const resource = (file: string) => described.resources.find((one) => one.path === file);
const fieldOf = (file: string, name: string) =>
  resource(file)?.schema.fields.find((field) => field.name === name);
const csvs = () => described.resources.filter(({ format }) => format === 'csv');

describe('the rows', () => {
  const inDuckDB: Record<string, string> = {
    ...{ text: 'VARCHAR', 'text[]': 'VARCHAR', 'integer[]': 'VARCHAR', boolean: 'BOOLEAN', date: 'DATE' },
    ...{ integer: 'INTEGER', bigint: 'BIGINT', 'double precision': 'DOUBLE', numeric: 'DOUBLE' },
  };
  /** A list as an export has it: 2.1.2, 2.1.3. */
  const listed = (row: Row): Row =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    );
  /** A CSV cell as a value of the kind that another is of. */
  const like = (cell: string, other: Row[string] | undefined) => {
    if (cell === '') return null;
    return typeof other === 'number' ? Number(cell) : typeof other === 'boolean' ? cell === 'true' : cell;
  };

  test('of every view come back from CSV, and typed from Parquet, as DuckDB reads it, in the order of the key', async () => {
    expect(csvs().map(({ name }) => name)).toEqual((await openViews(database.db)).map(({ name }) => name));
    await database.db.transaction().execute(async (trx) => {
      await countDaysTo(trx, String(described.created).slice(0, 10));
      for (const { name, schema } of csvs()) {
        const { rows } = await sql<Row>`select * from ${sql.table(`analytics.${name}`)}`.execute(trx);
        const expected = rows.map(listed).sort((one, other) => compare(schema.primaryKey, one, other));
        const csv = (await csvRows(folder, name)).map((row, at) =>
          Object.fromEntries(
            Object.entries(row).map(([key, cell]) => [key, like(cell, expected[at]?.[key])]),
          ),
        );
        expect(csv, name).toEqual(expected);
        const { rows: parquet, types } = await parquetRows(folder, `${name}.parquet`);
        expect(parquet, name).toEqual(expected);
        const { rows: columns } = await sql<{ name: string; type: string }>`
          select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
          where attrelid = ${`analytics.${name}`}::regclass and attnum > 0
          order by attnum`.execute(trx);
        expect(types, name).toEqual(columns.map((column) => [column.name, inDuckDB[column.type]]));
      }
    });
  });

  function compare(key: readonly string[], one: Row, other: Row): number {
    const column = key.find((name) => one[name] !== other[name]);
    if (column === undefined) return 0;
    const [a, b] = [one[column] ?? null, other[column] ?? null];
    if (a === null || b === null) return a === null ? 1 : -1;
    return a < b ? -1 : 1;
  }

  test('are of real inspections only, unless invented ones are asked for', async () => {
    for (const name of only) {
      const rows = await csvRows(folder, name);
      expect(await csvRows(real, name), name).toEqual(rows.filter((row) => row.is_synthetic !== 'true'));
    }
    expect((await readPackage(real)).description).not.toContain('Invented');
    expect(described.description).toContain('Invented inspections are included');
  });

  test('are the same bytes on another day, for today is the day of the newest load', async () => {
    const again = path.join(home, 'again');
    await daysLater(database.db, 400, () => exportViews(database.db, again, { only, formats: ['csv'] }));
    expect(await everyFile(again)).toEqual(await everyFile(real));
    const day = String(described.created).slice(0, 10);
    expect(described.description).toContain(`"Today" is ${day}, when something was last loaded`);
    const known = (await csvRows(real, 'inspection')).filter(({ days_since }) => days_since !== '');
    expect(known.length).toBeGreaterThan(4);
    for (const { days_since, as_of } of known)
      expect(Number(days_since)).toBe((Date.parse(day) - Date.parse(String(as_of))) / 86_400_000);
  });

  test('are of one moment, whatever is changed meanwhile', async () => {
    const to = path.join(home, 'one-moment');
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
        const started = exportViews(database.db, to, { formats: ['csv'], synthetic: true });
        await waitsForLock(database.db, started);
        await sql`update core.panel_decision set reason = 'changed meanwhile'`.execute(trx);
        return { started };
      });
      await exporting.started;
    } finally {
      await other.destroy();
    }
    expect(new Set(await reasons())).toEqual(new Set(['changed meanwhile']));
    const decided = (await csvRows(to, 'standard_rating')).filter(({ discretion }) => discretion === 'true');
    expect(decided.map((row) => row.discretion_reason)).toEqual(before);
  });
});

describe('datapackage.json', () => {
  test('is a valid Data Package; every row casts, is within its limits, has its own key and refers to a row', async () => {
    // The library of those who wrote the standard knows version 1, of which version 2 is a superset.
    const found = await datapackage.Package.load(path.join(folder, 'datapackage.json'));
    expect(found.errors).toEqual([]);
    const empty: string[] = [];
    for (const one of found.resources) {
      expect(one.errors, one.name).toEqual([]);
      if (!one.tabular) continue;
      const rows = await one.read({ keyed: true, relations: true });
      expect((await csvRows(folder, one.name)).length, one.name).toBe(rows.length);
      if (rows.length === 0) empty.push(one.name);
    }
    // Nobody has loaded a list of groups.
    expect(empty).toHaveLength(1);
  });

  test('names the licence, who holds the copyright and the reports; has size and hash of every file', async () => {
    expect(described.licenses).toMatchObject([{ name: 'OGL-UK-3.0' }]);
    expect(described.description).toContain('Open Government Licence v3.0. © Crown copyright 2018 to 2023.');
    const sources = (described.sources as { title: string }[]).map(({ title }) => title);
    expect(sources).toContain(
      'An inspection of youth offending services in Wigan YOT, 2021, ISBN 978-1-914478-22-2',
    );
    expect(sources.join()).not.toMatch(/invented|simulated/i);
    for (const { path: file, bytes, hash } of described.resources) {
      const whole = path.join(folder, file);
      expect((await stat(whole)).size, file).toBe(bytes);
      const sha256 = createHash('sha256').update(await readFile(whole));
      expect(`sha256:${sha256.digest('hex')}`, file).toBe(hash);
    }
  });

  test('says of columns what their comments say, and what they refer to, of what is there', async () => {
    expect(resource('standard_rating.csv')?.description).toMatch(/^One row an inspection and standard: /);
    expect(fieldOf('key_question_result.csv', 'percent')).toEqual({
      ...{ name: 'percent', type: 'integer', unit: 'percent' },
      description: expect.stringContaining('NULL when no case is relevant'),
    });
    const kinds = { required: true, enum: ['strength', 'area for improvement'] };
    expect(fieldOf('finding.parquet', 'kind')?.constraints).toEqual(kinds);
    expect(fieldOf('rating_trend.csv', 'share')?.constraints).toMatchObject({ minimum: 0, maximum: 1 });
    const reference = { resource: 'inspection', fields: ['inspection_id'] };
    const service = { fields: ['service_id'], reference: { resource: 'service', fields: ['service_id'] } };
    expect(resource('service_history.csv')?.schema.foreignKeys).toEqual([
      { fields: ['inspection_id'], reference },
      { fields: ['previous_inspection_id'], reference },
      service,
    ]);
    expect(resource('rating_trend.csv')?.schema).not.toHaveProperty('foreignKeys');
    const into = path.join(home, 'part');
    await exportViews(database.db, into, { only: ['finding'], formats: ['parquet'] });
    const { resources } = await readPackage(into);
    expect(resources.map(({ path: file }) => file)).toEqual(['finding.parquet']);
    expect(resources[0]?.schema).not.toHaveProperty('foreignKeys');
  });
});

test('csv-metadata.json is a table group of CSV on the Web that says the same as datapackage.json', async () => {
  const csvw = JSON.parse(await readFile(path.join(folder, 'csv-metadata.json'), 'utf8'));
  expect(csvw['@context']).toEqual(['http://www.w3.org/ns/csvw', { '@language': 'en' }]);
  expect(csvw['dc:rights']).toContain('© Crown copyright 2018 to 2023');
  // Properties of a group that are none of the standard's own carry a prefix.
  const own = Object.keys(csvw).filter((name) => !name.includes(':'));
  expect(own.sort()).toEqual(['@context', 'dialect', 'tables']);
  const types: Record<string, string[]> = {
    ...{ string: ['string'], integer: ['int', 'long'], number: ['decimal', 'double'] },
  };
  for (const [at, { path: url, schema }] of csvs().entries()) {
    const { url: file, tableSchema } = csvw.tables[at];
    expect([file, tableSchema.primaryKey]).toEqual([url, schema.primaryKey]);
    expect(tableSchema.foreignKeys).toEqual(
      schema.foreignKeys?.map(({ fields, reference: { resource: to, fields: keys } }) => ({
        columnReference: fields[0],
        reference: { resource: `${to}.csv`, columnReference: keys[0] },
      })),
    );
    expect(tableSchema.columns).toHaveLength(schema.fields.length);
    for (const [place, { name, type, unit, constraints }] of schema.fields.entries()) {
      const { required, datatype, ...column } = tableSchema.columns[place];
      expect(column).toMatchObject({ name, titles: name });
      expect([required, column['schema:unitText']]).toEqual([constraints?.required, unit]);
      expect(types[type] ?? [type], `${url} ${name}`).toContain(datatype);
    }
  }
});
