import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../support/database.js';

const database = testDatabase();

// The tables that grow with every case. Their keys begin with the inspection, so that one inspection's rows lie together,
// are replaced together, and could be partitioned by it.
describe.each([
  'core.answer',
  'core.inspected_case',
  'core.published_result',
  'kept.answer_count',
  'kept.answer_bits',
  'kept.standard_count',
  'kept.standard_result',
  'kept.case_group',
])('%s', (table) => {
  test('is keyed by inspection first', async () => {
    const { rows } = await sql<{ key: string; first: string }>`
      select conname as key, attname as first
      from pg_constraint
      join pg_attribute on attrelid = conrelid and attnum = conkey[1]
      where conrelid = ${table}::regclass and contype in ('p', 'u', 'x')`.execute(database.db);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ first }) => first !== 'inspection_id')).toEqual([]);
  });

  test('refers to rows of its inspection by the inspection first', async () => {
    // Reference tables (questions, disposals, attributes) are the same for every inspection and have no such column.
    const { rows } = await sql<{ key: string; first: string }>`
      select conname as key, attname as first
      from pg_constraint
      join pg_attribute on attrelid = conrelid and attnum = conkey[1]
      where conrelid = ${table}::regclass and contype = 'f'
        and exists (select from pg_attribute where attrelid = confrelid and attname = 'inspection_id')`.execute(
      database.db,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ first }) => first !== 'inspection_id')).toEqual([]);
  });

  test('has indexes that begin with the inspection, or the service, only', async () => {
    const { rows } = await sql`
      select indexrelid::regclass::text as index
      from pg_index
      join pg_attribute on attrelid = indrelid and attnum = indkey[0]
      where indrelid = ${table}::regclass
        and attname <> 'inspection_id'
        -- whoever asks for a service looks for its rows
        and attname <> 'service_id'`.execute(database.db);
    expect(rows).toEqual([]);
  });

  test('has no trigger, and no identity or default that a bulk load would have to work around', async () => {
    const { rows } = await sql`
      select tgname as name from pg_trigger where tgrelid = ${table}::regclass and not tgisinternal
      union all
      select attname from pg_attribute where attrelid = ${table}::regclass and attidentity <> ''`.execute(
      database.db,
    );
    expect(rows).toEqual([]);
  });

  test('has a bigint inspection_id that is never null', async () => {
    const { rows } = await sql`
      select format_type(atttypid, atttypmod) as type, attnotnull
      from pg_attribute where attrelid = ${table}::regclass and attname = 'inspection_id'`.execute(
      database.db,
    );
    expect(rows).toEqual([{ type: 'bigint', attnotnull: true }]);
  });
});

test('inspection_id is bigint everywhere', async () => {
  const { rows } = await sql`
    select attrelid::regclass::text as table, format_type(atttypid, atttypmod) as type
    from pg_attribute
    join pg_class on pg_class.oid = attrelid
    where relnamespace::regnamespace::text in ('core', 'core_answer', 'kept', 'rating', 'analytics') and attname = 'inspection_id'
      and atttypid <> 'bigint'::regtype`.execute(database.db);
  expect(rows).toEqual([]);
});

test('an inspection that is deleted takes its answers and figures with it, and a question that has some stays', async () => {
  const { rows } = await sql<{ table: string; referred: string; action: string }>`
    select conrelid::regclass::text as table, confrelid::regclass::text as referred, confdeltype as action
    from pg_constraint
    where contype = 'f' and conrelid in ('core.answer'::regclass, 'core.published_result'::regclass)
    order by 1, 2`.execute(database.db);
  expect(rows).toEqual([
    { table: 'core.answer', referred: 'core.inspected_case', action: 'c' },
    { table: 'core.answer', referred: 'core.question', action: 'a' },
    { table: 'core.published_result', referred: 'core.inspection_sample', action: 'c' },
    { table: 'core.published_result', referred: 'core.question', action: 'a' },
  ]);
});
