import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../support/database.js';

// Columns are what every tool knows, and ratings sort.

const database = testDatabase();
let columns: { view: string; name: string; type: string; is_plain: boolean }[];
beforeAll(async () => {
  const { rows } = await sql<(typeof columns)[number]>`
    select relname as view, attname as name, format_type(atttypid, null) as type,
      typtype = 'b' and atttypmod = -1 and typnamespace = 'pg_catalog'::regnamespace as is_plain
    from pg_attribute
    join pg_class on pg_class.oid = attrelid and relnamespace = 'analytics'::regnamespace
    join pg_type on pg_type.oid = atttypid
    where attnum > 0`.execute(database.db);
  columns = rows;
});

test('columns are of seven types, or lists of texts and numbers, without domains, enumerations and lengths', () => {
  expect(columns.filter(({ is_plain }) => !is_plain)).toEqual([]);
  expect([...new Set(columns.map(({ type }) => type.replace(/.*\[\]$/, 'list')))].sort()).toEqual([
    ...['bigint', 'boolean', 'date', 'double precision', 'integer', 'list', 'numeric', 'text'],
  ]);
  const days = columns.filter(({ name }) =>
    /^(published_on|as_at|as_of|\w+_(start|end|date|on))$/.test(name),
  );
  expect(days.length).toBeGreaterThan(10);
  expect(days.filter(({ type }) => type !== 'date')).toEqual([]);
});

test('columns and views have names that need no quotes and are shorter than 64 characters', () => {
  for (const { view, name } of columns) {
    expect(`${view}.${name}`).toMatch(/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/);
    expect(Math.max(view.length, name.length)).toBeLessThan(64);
  }
});

test('every column of rating words has a rank beside it, with the same rank for a rating everywhere', async () => {
  const words = ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'];
  let ratings = 0;
  for (const { view, name } of columns.filter(({ type }) => type === 'text')) {
    const { rows } = await sql<{ rating: string }>`
      select distinct ${sql.ref(name)} as rating from ${sql.table(`analytics.${view}`)}
      where ${sql.ref(name)} is not null`.execute(database.db);
    if (rows.length === 0 || !rows.every(({ rating }) => words.includes(rating))) continue;
    ratings++;
    const rank = sql.ref(view === 'rating_scale' ? 'rank' : `${name}_rank`);
    const { rows: wrong } = await sql`
      select distinct ${sql.ref(name)} from ${sql.table(`analytics.${view}`)}
      where ${rank} is distinct from array_position(${words}::text[], ${sql.ref(name)}) - 1`.execute(
      database.db,
    );
    expect(wrong, `${view}.${name}`).toEqual([]);
  }
  expect(ratings).toBeGreaterThan(10);
});
