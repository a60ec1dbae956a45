import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { exportViews } from '../../../src/export/export.js';
import { cellsOf, csvRows, type Package, type Resource, readPackage } from '../../export/read-back.js';
import { loadVaried } from '../../export/varied.js';
import { testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';

const database = testDatabase();
const files = testFolder();
let folder: string;
let described: Package;
let csvw: Csvw;

interface Csvw {
  tables: {
    url: string;
    tableSchema: {
      columns: {
        name: string;
        titles: string;
        datatype: string | { base: string; format?: string };
        required?: true;
        'schema:unitText'?: string;
      }[];
      primaryKey: string[];
      foreignKeys?: {
        columnReference: string;
        reference: { resource: string; columnReference: string };
      }[];
    };
  }[];
  [more: string]: unknown;
}

beforeAll(async () => {
  await loadVaried(database, files);
  folder = path.join(await files.folder({ 'a.txt': '' }), 'open-data');
  await exportViews(database.db, folder, { synthetic: true });
  described = await readPackage(folder);
  csvw = JSON.parse(await readFile(path.join(folder, 'csv-metadata.json'), 'utf8'));
});

const resource = (file: string): Resource => described.resources.find((one) => one.path === file) as Resource;
const fieldOf = (file: string, name: string) =>
  resource(file).schema.fields.find((field) => field.name === name);

describe('datapackage.json', () => {
  // What the Data Package standard asks for, in this test's words, and stricter where only one form is meant.
  const text = { type: 'string', minLength: 1 };
  const name = { type: 'string', pattern: '^[a-z0-9._-]+$' };
  const list = { type: 'array', minItems: 1, uniqueItems: true };
  const names = { ...list, items: text };
  const schema = {
    type: 'object',
    required: [
      '$schema',
      'name',
      'title',
      'description',
      'version',
      'created',
      'licenses',
      'sources',
      'resources',
    ],
    properties: {
      $schema: { const: 'https://datapackage.org/profiles/2.0/datapackage.json' },
      name,
      title: text,
      description: text,
      version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
      created: { type: 'string', format: 'date-time' },
      licenses: {
        ...list,
        items: {
          type: 'object',
          required: ['name'],
          properties: { name: text, title: text, path: { format: 'uri' } },
        },
      },
      sources: { ...list, items: { type: 'object', required: ['title'], properties: { title: text } } },
      resources: {
        ...list,
        items: {
          type: 'object',
          required: ['name', 'path', 'type', 'format', 'mediatype', 'bytes', 'hash', 'schema'],
          properties: {
            name,
            path: { type: 'string', pattern: '^[a-z_]+\\.(csv|parquet)$' },
            type: { const: 'table' },
            format: { enum: ['csv', 'parquet'] },
            mediatype: { type: 'string', pattern: '^[a-z]+/[a-z.]+$' },
            hash: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' },
            title: text,
            description: text,
            schema: {
              type: 'object',
              required: ['fields', 'primaryKey', 'missingValues'],
              properties: {
                missingValues: { const: [''] },
                primaryKey: names,
                foreignKeys: {
                  ...list,
                  items: {
                    type: 'object',
                    required: ['fields', 'reference'],
                    properties: {
                      fields: names,
                      reference: {
                        type: 'object',
                        required: ['resource', 'fields'],
                        properties: { resource: name, fields: names },
                      },
                    },
                  },
                },
                fields: {
                  ...list,
                  items: {
                    type: 'object',
                    required: ['name', 'title', 'type', 'description'],
                    additionalProperties: false,
                    properties: {
                      name,
                      title: text,
                      type: { enum: ['string', 'integer', 'number', 'boolean', 'date'] },
                      description: text,
                      unit: text,
                      constraints: {
                        type: 'object',
                        minProperties: 1,
                        additionalProperties: false,
                        properties: {
                          required: { const: true },
                          enum: names,
                          minimum: { type: 'number' },
                          maximum: { type: 'number' },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  };

  test('has the form of a Data Package of tables', () => {
    const ajv = new Ajv({ allErrors: true, strict: false });
    formats.default(ajv);
    const validate = ajv.compile(schema);
    validate(described);
    expect(validate.errors).toBeNull();
    const given = described.resources.map((one) => one.name);
    expect(new Set(given).size).toBe(given.length);
  });

  test('names the licence, who holds the copyright and the reports', () => {
    expect(described.licenses).toEqual([
      {
        name: 'OGL-UK-3.0',
        title: 'Open Government Licence v3.0',
        path: 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
      },
    ]);
    expect(described.description).toContain(
      'Contains public sector information licensed under the Open Government Licence v3.0. © Crown copyright 2018 to 2023.',
    );
    const sources = (described.sources as { title: string }[]).map(({ title }) => title);
    expect(sources).toContain(
      'An inspection of youth offending services in Wigan YOT, 2021, ISBN 978-1-914478-22-2',
    );
    expect(sources.join()).not.toMatch(/invented|simulated/i);
  });

  test('is dated by the newest load, not by the clock', async () => {
    const { rows } = await sql<{ at: Date }>`
      select max(loaded_at) as at from core.load where kind <> 'views'`.execute(database.db);
    const at = rows[0]?.at as Date;
    expect(Date.parse(described.created as string)).toBe(Math.floor(at.getTime() / 1000) * 1000);
  });

  test('has size and hash of every file', async () => {
    for (const { path: file, bytes, hash } of described.resources) {
      const whole = path.join(folder, file);
      expect((await stat(whole)).size, file).toBe(bytes);
      const sha256 = createHash('sha256')
        .update(await readFile(whole))
        .digest('hex');
      expect(`sha256:${sha256}`, file).toBe(hash);
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
    expect(fieldOf('inspection.csv', 'court_cases')?.unit).toBe('cases');
    expect(fieldOf('inspection.csv', 'fieldwork_start')).toMatchObject({ type: 'date' });
    expect(fieldOf('inspection.csv', 'fieldwork_start')).not.toHaveProperty('constraints');
  });

  test('promises nothing that its files do not keep', async () => {
    for (const one of described.resources.filter(({ format }) => format === 'csv')) {
      const rows = await csvRows(folder, one);
      for (const { name, constraints } of one.schema.fields) {
        if (constraints?.required)
          expect(
            rows.filter((row) => row[name] === null),
            `${one.name}.${name}`,
          ).toEqual([]);
        const allowed = constraints?.enum;
        if (allowed)
          expect(allowed, `${one.name}.${name}`).toEqual(
            expect.arrayContaining([
              ...new Set(rows.map((row) => row[name]).filter((value) => value !== null)),
            ]),
          );
      }
      const { primaryKey = [], foreignKeys = [] } = one.schema;
      expect(new Set(rows.map((row) => JSON.stringify(primaryKey.map((name) => row[name])))).size).toBe(
        rows.length,
      );
      for (const { fields, reference } of foreignKeys) {
        const target = described.resources.find(({ name }) => name === reference.resource) as Resource;
        const keys = (await csvRows(folder, target)).map((row) => row[reference.fields[0] as string]);
        const used = rows.map((row) => row[fields[0] as string]).filter((value) => value !== null);
        expect(keys, `${one.name}.${fields}`).toEqual(expect.arrayContaining(used));
      }
    }
  });

  test('points from inspection_id to the inspection, and from the one before too, and to the service', () => {
    const reference = { resource: 'inspection', fields: ['inspection_id'] };
    const service = { fields: ['service_id'], reference: { resource: 'service', fields: ['service_id'] } };
    expect(resource('service_history.csv').schema.foreignKeys).toEqual([
      { fields: ['inspection_id'], reference },
      { fields: ['previous_inspection_id'], reference },
      service,
    ]);
    expect(resource('inspection.csv').schema.foreignKeys).toEqual([service]);
    expect(resource('rating_trend.csv').schema).not.toHaveProperty('foreignKeys');
  });
});

describe('csv-metadata.json', () => {
  test('is a table group of CSV on the Web, with a table a CSV file', () => {
    expect(csvw['@context']).toEqual(['http://www.w3.org/ns/csvw', { '@language': 'en' }]);
    expect(csvw['dc:license']).toEqual({
      '@id': 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
    });
    expect(csvw['dc:rights']).toContain('© Crown copyright 2018 to 2023');
    expect(csvw.tables.map(({ url }) => url)).toEqual(
      described.resources.filter(({ format }) => format === 'csv').map((one) => one.path),
    );
    // Properties of a group that are none of the standard's own carry a prefix.
    const own = Object.keys(csvw).filter((name) => !name.includes(':'));
    expect(own.sort()).toEqual(['@context', 'dialect', 'tables']);
  });

  test("names each file's columns in their order, with data types that there are", async () => {
    const types = ['string', 'int', 'long', 'decimal', 'double', 'boolean', 'date'];
    for (const { url, tableSchema } of csvw.tables) {
      const [heading] = await cellsOf(folder, url);
      expect(tableSchema.columns.map(({ titles }) => titles)).toEqual(heading);
      expect(tableSchema.columns.map(({ name }) => name)).toEqual(heading);
      for (const { datatype } of tableSchema.columns)
        expect(types).toContain(typeof datatype === 'string' ? datatype : datatype.base);
    }
  });

  test('says the same as datapackage.json of keys, references, units and what is required', () => {
    for (const { url, tableSchema } of csvw.tables) {
      const { schema } = resource(url);
      expect(tableSchema.primaryKey).toEqual(schema.primaryKey);
      expect(
        (tableSchema.foreignKeys ?? []).map(({ columnReference, reference }) => ({
          fields: [columnReference],
          reference: {
            resource: reference.resource.replace('.csv', ''),
            fields: [reference.columnReference],
          },
        })),
      ).toEqual(schema.foreignKeys ?? []);
      for (const [at, { name, constraints, unit }] of schema.fields.entries()) {
        const column = tableSchema.columns[at];
        expect(column?.required, `${url} ${name}`).toBe(constraints?.required);
        expect(column?.['schema:unitText']).toBe(unit);
      }
    }
  });

  test('gives patterns that fit the listed values and no others', () => {
    const kind = csvw.tables
      .find(({ url }) => url === 'finding.csv')
      ?.tableSchema.columns.find(({ name }) => name === 'kind');
    expect(kind?.datatype).toEqual({ base: 'string', format: 'strength|area for improvement' });
  });
});

test('what is exported in part refers only to what is there', async () => {
  const into = path.join(await files.folder({ 'a.txt': '' }), 'part');
  const { files: names } = await exportViews(database.db, into, {
    only: ['finding'],
    formats: ['parquet'],
  });
  expect(names).toEqual(['finding.parquet', 'datapackage.json']);
  const { resources, description } = await readPackage(into);
  expect(resources.map(({ name }) => name)).toEqual(['finding']);
  expect(resources[0]?.schema).not.toHaveProperty('foreignKeys');
  expect(resources[0]).not.toHaveProperty('dialect');
  expect(description).not.toContain('Invented');
  expect(described.description).toContain('Invented inspections are included');
});
