import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { dbPath } from '../../src/disk/paths.js';
import { testDatabase } from '../support/database.js';
import { statementsOf, text } from './statements.js';

const database = testDatabase();

beforeAll(async () => {
  await sql`
    create view public.known_column as
    select nspname as schema, oid::regclass as relation, relname, relkind, attname as name, attnum as number,
      format_type(atttypid, atttypmod) as type, attnotnull as is_never_null
    from pg_attribute
    join (select pg_class.*, nspname from pg_class join pg_namespace as of on of.oid = relnamespace) as class
      on oid = attrelid and attnum > 0 and not attisdropped and relkind in ('r', 'p', 'v')
    where nspname in ('core', 'kept', 'rating', 'analytics')`.execute(database.db);
  // Tables that grow with every case: one inspection's rows lie together, are replaced together, and can be distributed by it.
  await sql`
    create view public.large_table as
    select unnest(array['core.answer', 'core.inspected_case', 'core.published_result', 'kept.answer_count', 'kept.answer_bits',
      'kept.standard_count', 'kept.standard_result', 'kept.case_group']::regclass[]) as relation`.execute(
    database.db,
  );
});

test.each(statementsOf('catalogue.sql'))('%s', async (_, statement) => {
  const { rows } = await sql.raw<{ name: string; is_broken: boolean }>(statement).execute(database.db);
  expect(rows.length).toBeGreaterThan(2);
  expect(rows.filter(({ is_broken }) => is_broken)).toEqual([]);
});

describe('files of views', async () => {
  const files = (await readdir(dbPath('views'), { recursive: true })).filter((file) => file.endsWith('.sql'));

  test('there is one for every view, and a view for every one', async () => {
    const { rows } = await sql<{ name: string }>`
      select viewname as name from pg_views where schemaname in ('rating', 'analytics')`.execute(database.db);
    expect(rows.map(({ name }) => name).sort()).toEqual(
      files.map((file) => path.basename(file, '.sql')).sort(),
    );
  });

  test.each(files)('%s says what it is, then what one row is, and creates the view of its name', (file) => {
    const lines = text(dbPath('views', file)).split('\n');
    expect(lines[0]).toMatch(/^-- \S/);
    expect(lines[1]).toMatch(/^-- One row: \S/);
    const creates = lines.filter((line) => /^create\b/i.test(line));
    expect(creates.join('\n')).toMatch(
      new RegExp(`^create view (rating|analytics)\\.${path.basename(file, '.sql')}\\b.*$`),
    );
  });
});
