import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { asReaderOf, testDatabase } from '../support/database.js';

const page = readFileSync(new URL('../../docs/bi.md', import.meta.url), 'utf8');
const queries = [...page.matchAll(/```sql\n(.*?)```/gs)].map(([, query]) => query as string);
const database = testDatabase();

describe('queries of the page on BI tools', () => {
  test('are two', () => {
    expect(queries).toHaveLength(2);
  });

  test.each(queries)('%s', async (query) => {
    const { rows } = await asReaderOf(database, (reader) => sql.raw(query).execute(reader));
    expect(rows.length).toBeGreaterThan(0);
  });
});

test('the page names views, columns of views, and files that are there', async () => {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'analytics'::regnamespace
    union
    select attname from pg_attribute join pg_class on pg_class.oid = attrelid and relnamespace = 'analytics'::regnamespace`.execute(
    database.db,
  );
  const known = rows.map(({ name }) => name);
  const named = [...page.replace(/```.*?```/gs, '').matchAll(/`([a-z_.]+)`/g)].map(
    ([, name]) => name as string,
  );
  const others = [
    'analytics',
    'yot_ratings',
    'yot_ratings_reader',
    'pg_catalog',
    'information_schema',
    'core.role_limit',
    'update',
  ];
  const columns = named.filter((name) => !others.includes(name)).flatMap((name) => name.split('.'));
  expect(columns.length).toBeGreaterThan(15);
  for (const name of columns) expect(known).toContain(name);
  for (const [, file] of page.matchAll(/`(test\/system\/bi\/[\w.]+)`/g))
    expect(() => readFileSync(new URL(`../../${file}`, import.meta.url))).not.toThrow();
});
