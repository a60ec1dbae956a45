import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { asReaderOf, testDatabase } from '../support/database.js';
import { blocksOf, pages } from '../support/pages.js';

// A query that stands on a page is copied. So each does what the pages ask of others: it leaves invented inspections out (or asks for
// them alone), keeps ties, and puts what is not known last.

const database = testDatabase();
let columns: Map<string, Set<string>>;
beforeAll(async () => {
  const { rows } = await sql<{ view: string; names: string[] }>`
    select table_name as view, array_agg(column_name::text) as names
    from information_schema.columns where table_schema = 'analytics' group by table_name`.execute(
    database.db,
  );
  columns = new Map(rows.map(({ view, names }) => [view, new Set(names)]));
});

/** Queries of public views. */
const queries = pages.flatMap((page) =>
  blocksOf(page, 'sql')
    .filter((query) => query.includes('analytics.'))
    .map((query) => ({ name: `${page}: ${query.trim().slice(0, 70)}`, query })),
);

test('there are many', () => {
  expect(queries.length).toBeGreaterThan(25);
});

describe.each(queries)('$name', ({ query }) => {
  const have = (column: string) =>
    [...query.matchAll(/analytics\.(\w+)/g)].some(([, view]) => columns.get(view as string)?.has(column));
  const last = query.slice(query.lastIndexOf('order by'));

  test('tells real from invented', () => {
    if (have('is_synthetic')) expect(query).toMatch(/is_synthetic/);
  });

  test('keeps ties, and puts what is not known last', () => {
    expect(query).not.toMatch(/^limit |^fetch first/m);
    // a count is always known
    const known = [...query.matchAll(/count\(\*\) as (\w+)/g)].map(([, name]) => name);
    for (const [, by, rest] of last.matchAll(/(\w+) desc( nulls last)?/g))
      expect(rest !== undefined || known.includes(by), by).toBe(true);
  });
});

test.each(blocksOf('docs/bi.md', 'sql'))('the reader has an answer to %s', async (query) => {
  const { rows } = await asReaderOf(database, (reader) => sql.raw(query).execute(reader));
  expect(rows.length).toBeGreaterThan(0);
});
