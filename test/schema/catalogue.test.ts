import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { dbPath } from '../../src/paths.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();

/** The one column of a query on the server's catalogue. */
async function names(query: string): Promise<string[]> {
  const { rows } = await sql.raw<{ name: string }>(query).execute(database.db);
  return rows.map(({ name }) => name);
}

/** Relations of a schema with their columns, for queries on the catalogue. */
const columns = `
  select nspname as schema, relname as relation, pg_class.oid as relation_oid, attname as name, attnum as number,
    typtype as type_kind, typcategory as type_category, typname as type
  from pg_attribute
  join pg_class on pg_class.oid = attrelid and attnum > 0 and not attisdropped
  join pg_namespace on pg_namespace.oid = relnamespace
  join pg_type on pg_type.oid = atttypid`;

describe('comments', () => {
  test('every view in rating and analytics has one', async () => {
    expect(
      await names(`select relnamespace::regnamespace || '.' || relname as name from pg_class
        where relkind = 'v' and relnamespace::regnamespace::text in ('rating', 'analytics')
          and coalesce(obj_description(oid, 'pg_class'), '') = ''`),
    ).toEqual([]);
  });

  test('every column of every view in rating and analytics has one', async () => {
    expect(
      await names(`select schema || '.' || relation || '.' || name as name from (${columns}) as column_
        where schema in ('rating', 'analytics') and coalesce(col_description(relation_oid, number), '') = ''`),
    ).toEqual([]);
  });

  test('every table in core has one', async () => {
    expect(
      await names(`select relname as name from pg_class
        where relkind in ('r', 'p') and relnamespace = 'core'::regnamespace
          and coalesce(obj_description(oid, 'pg_class'), '') = ''`),
    ).toEqual([]);
  });

  test('every function in rating has one', async () => {
    expect(
      await names(`select proname as name from pg_proc
        where pronamespace = 'rating'::regnamespace and coalesce(obj_description(oid, 'pg_proc'), '') = ''`),
    ).toEqual([]);
  });

  test('every schema has one', async () => {
    expect(
      await names(`select nspname as name from pg_namespace
        where nspname in ('core', 'rating', 'analytics') and obj_description(oid, 'pg_namespace') is not null
        order by 1`),
    ).toEqual(['analytics', 'core', 'rating']);
  });
});

describe('files of views', async () => {
  const files = (await readdir(dbPath('views'), { recursive: true })).filter((file) => file.endsWith('.sql'));

  test('there is one for every view, and a view for every one', async () => {
    expect(
      (
        await names(`select viewname as name from pg_views where schemaname in ('rating', 'analytics')`)
      ).sort(),
    ).toEqual(files.map((file) => path.basename(file, '.sql')).sort());
  });

  test.each(files)(
    '%s says what it is, then what one row is, and creates the view of its name',
    async (file) => {
      const lines = (await readFile(dbPath('views', file), 'utf8')).split('\n');
      expect(lines[0]).toMatch(/^-- \S/);
      expect(lines[1]).toMatch(/^-- One row: \S/);
      const creates = lines.filter((line) => /^create\b/i.test(line));
      expect(creates).toEqual([
        expect.stringMatching(
          new RegExp(`^create view (rating|analytics)\\.${path.basename(file, '.sql')}\\b`),
        ),
      ]);
    },
  );
});

describe('columns of analytics', () => {
  test('are one value each, or a list of codes or numbers: no composite, json or range', async () => {
    expect(
      await names(`select relation || '.' || name || ' ' || type as name from (${columns}) as column_
        where schema = 'analytics'
          and (type_kind in ('c', 'r', 'm') or type in ('json', 'jsonb', 'xml', 'record'))`),
    ).toEqual([]);
  });

  test('are called in snake case, in schema core too', async () => {
    expect(
      await names(`select schema || '.' || relation || '.' || name as name from (${columns}) as column_
        where schema in ('analytics', 'rating', 'core')
          and (relation || '.' || name) !~ '^[a-z][a-z0-9]*(_[a-z0-9]+)*[.][a-z][a-z0-9]*(_[a-z0-9]+)*$'
          -- indexes, sequences
          and (select relkind from pg_class where oid = relation_oid) in ('r', 'v')`),
    ).toEqual([]);
  });

  test('are of types that every tool reads, or lists of them, which some show as text', async () => {
    expect(
      await names(`select relation || '.' || name || ' ' || type as name from (${columns}) as column_
        where schema = 'analytics' and type not in ('bool', 'date', 'float8', 'int4', 'int8', 'numeric', 'text', '_text', '_int4')`),
    ).toEqual([]);
  });
});
