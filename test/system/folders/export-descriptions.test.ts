import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import datapackage from 'datapackage';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { exportViews } from '../../../src/export/export.js';
import { countDaysTo } from '../../../src/export/present-day.js';
import {
  cellsOf,
  csvRows,
  type Package,
  parquetRows,
  type Resource,
  type Row,
  readPackage,
} from '../../export/read-back.js';
import { loadVaried } from '../../export/varied.js';
import { testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';

const database = testDatabase();
const files = testFolder();
let home: string;
let folder: string;
let described: Package;

beforeAll(async () => {
  await loadVaried(database, files);
  home = await files.folder({ 'a.txt': '' });
  folder = path.join(home, 'open-data');
  await exportViews(database.db, folder, { synthetic: true });
  described = await readPackage(folder);
});

const resource = (file: string): Resource => described.resources.find((one) => one.path === file) as Resource;
const fieldOf = (file: string, name: string) =>
  resource(file).schema.fields.find((field) => field.name === name);

describe('the rows', () => {
  /** Rows of all views by name, as the server gives them to any program, in the order of their keys. */
  async function rowsOfViews(names: readonly string[]): Promise<Map<string, Row[]>> {
    const found = new Map<string, Row[]>();
    await database.db.transaction().execute(async (trx) => {
      await countDaysTo(trx, String(described.created).slice(0, 10));
      for (const name of names) {
        const { rows } = await sql<Row>`select * from ${sql.table(`analytics.${name}`)}`.execute(trx);
        // A list is as an export has it: 2.1.2, 2.1.3.
        const plain = rows.map((row) =>
          Object.fromEntries(
            Object.entries(row).map(([key, value]) => [key, Array.isArray(value) ? value.join(', ') : value]),
          ),
        );
        found.set(
          name,
          plain.sort((one, other) => compare(resource(`${name}.csv`).schema.primaryKey, one, other)),
        );
      }
    });
    return found;
  }

  function compare(key: readonly string[], one: Row, other: Row): number {
    for (const column of key) {
      const [a, b] = [one[column], other[column]];
      if (a === b) continue;
      if (a === null || b === null) return a === null ? 1 : -1;
      return (a as string) < (b as string) ? -1 : 1;
    }
    return 0;
  }

  const inDuckDB: Record<string, string> = {
    ...{ text: 'VARCHAR', 'text[]': 'VARCHAR', 'integer[]': 'VARCHAR', boolean: 'BOOLEAN', date: 'DATE' },
    ...{ integer: 'INTEGER', bigint: 'BIGINT', 'double precision': 'DOUBLE', numeric: 'DOUBLE' },
  };

  test('of every view come back from CSV, and typed from Parquet, as DuckDB reads it', async () => {
    const csvs = described.resources.filter(({ format }) => format === 'csv');
    expect(csvs.length).toBeGreaterThan(20);
    const expected = await rowsOfViews(csvs.map(({ name }) => name));
    for (const one of csvs) {
      const { name } = one;
      expect(await csvRows(folder, one), name).toEqual(expected.get(name));
      const { rows, types } = await parquetRows(folder, `${name}.parquet`);
      expect(rows, name).toEqual(expected.get(name));
      const { rows: columns } = await sql<{ name: string; type: string }>`
        select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
        where attrelid = ${`analytics.${name}`}::regclass and attnum > 0
        order by attnum`.execute(database.db);
      expect(Object.entries(types)).toEqual(columns.map((column) => [column.name, inDuckDB[column.type]]));
    }
  });

  test('are of real inspections only, unless invented ones are asked for', async () => {
    const real = path.join(home, 'real');
    await exportViews(database.db, real, { formats: ['csv'] });
    const { resources, description } = await readPackage(real);
    let both = 0;
    for (const one of resources) {
      const rows = await csvRows(folder, one);
      if (rows.some((row) => row.is_synthetic) && rows.some((row) => !row.is_synthetic)) both++;
      expect(await csvRows(real, one), one.name).toEqual(rows.filter((row) => row.is_synthetic !== true));
    }
    expect(both).toBeGreaterThan(10);
    expect(description).not.toContain('Invented');
    expect(described.description).toContain('Invented inspections are included');
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
      expect((await cellsOf(folder, `${one.name}.csv`)).length - 1, one.name).toBe(rows.length);
      if (rows.length === 0) empty.push(one.name);
    }
    // Nobody has loaded a list of groups.
    expect(empty).toHaveLength(1);
  });

  test('names the licence, who holds the copyright and the reports; is dated by the newest load', async () => {
    expect(described.licenses).toMatchObject([{ name: 'OGL-UK-3.0' }]);
    expect(described.description).toContain(
      'Contains public sector information licensed under the Open Government Licence v3.0. © Crown copyright 2018 to 2023.',
    );
    const sources = (described.sources as { title: string }[]).map(({ title }) => title);
    expect(sources).toContain(
      'An inspection of youth offending services in Wigan YOT, 2021, ISBN 978-1-914478-22-2',
    );
    expect(sources.join()).not.toMatch(/invented|simulated/i);
    const { rows } = await sql<{ at: Date }>`
      select max(loaded_at) as at from core.load where kind <> 'views'`.execute(database.db);
    expect(Date.parse(described.created as string)).toBe(
      Math.floor((rows[0] as { at: Date }).at.getTime() / 1000) * 1000,
    );
  });

  test('has size and hash of every file', async () => {
    for (const { path: file, bytes, hash } of described.resources) {
      const whole = path.join(folder, file);
      expect((await stat(whole)).size, file).toBe(bytes);
      const sha256 = createHash('sha256').update(await readFile(whole));
      expect(`sha256:${sha256.digest('hex')}`, file).toBe(hash);
    }
  });

  test('says of columns what their comments say', () => {
    expect(resource('standard_rating.csv').description).toBe(
      'One row an inspection and standard: what was computed, what a panel decided, what was judged, what was published.',
    );
    expect(fieldOf('key_question_result.csv', 'percent')).toEqual({
      name: 'percent',
      title: 'Percent',
      type: 'integer',
      description:
        'Yes in percent of the cases that base names, a whole number; NULL when no case is relevant or what it needs is not known.',
      unit: 'percent',
    });
    expect(fieldOf('finding.parquet', 'kind')?.constraints).toEqual({
      required: true,
      enum: ['strength', 'area for improvement'],
    });
    expect(fieldOf('rating_trend.csv', 'share')?.constraints).toMatchObject({ minimum: 0, maximum: 1 });
    expect(fieldOf('inspection.csv', 'fieldwork_start')).toMatchObject({ type: 'date' });
  });

  test('points from inspection_id to the inspection, and from the one before too, and to the service', async () => {
    const reference = { resource: 'inspection', fields: ['inspection_id'] };
    const service = { fields: ['service_id'], reference: { resource: 'service', fields: ['service_id'] } };
    expect(resource('service_history.csv').schema.foreignKeys).toEqual([
      { fields: ['inspection_id'], reference },
      { fields: ['previous_inspection_id'], reference },
      service,
    ]);
    expect(resource('inspection.csv').schema.foreignKeys).toEqual([service]);
    expect(resource('rating_trend.csv').schema).not.toHaveProperty('foreignKeys');
    // Of a part only to what is there.
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
  expect(csvw['dc:license']).toEqual({
    '@id': expect.stringContaining('/open-government-licence/version/3/'),
  });
  expect(csvw['dc:rights']).toContain('© Crown copyright 2018 to 2023');
  // Properties of a group that are none of the standard's own carry a prefix.
  const own = Object.keys(csvw).filter((name) => !name.includes(':'));
  expect(own.sort()).toEqual(['@context', 'dialect', 'tables']);
  const csvs = described.resources.filter(({ format }) => format === 'csv');
  const types = { string: ['string'], integer: ['int', 'long'], number: ['decimal', 'double'] };
  for (const [at, { url, tableSchema }] of csvw.tables.entries()) {
    const { path: file, schema } = csvs[at] as Resource;
    expect(url).toBe(file);
    expect(tableSchema.primaryKey).toEqual(schema.primaryKey);
    const references = schema.foreignKeys?.map(({ fields, reference: { resource: to, fields: keys } }) => ({
      columnReference: fields[0],
      reference: { resource: `${to}.csv`, columnReference: keys[0] },
    }));
    expect(tableSchema.foreignKeys).toEqual(references);
    expect(tableSchema.columns).toHaveLength(schema.fields.length);
    for (const [place, { name, type, unit, constraints }] of schema.fields.entries()) {
      const column = tableSchema.columns[place];
      expect(column).toMatchObject({ name, titles: name });
      expect([column.required, column['schema:unitText']], `${url} ${name}`).toEqual([
        constraints?.required,
        unit,
      ]);
      const { base, format } =
        typeof column.datatype === 'string' ? { base: column.datatype } : column.datatype;
      expect((types as Record<string, string[]>)[type] ?? [type]).toContain(base);
      for (const value of constraints?.enum ?? []) expect(value).toMatch(new RegExp(`^(?:${format})$`));
    }
  }
});
