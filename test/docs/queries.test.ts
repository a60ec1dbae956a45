import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../support/database.js';
import { pages, pageText } from '../support/pages.js';

// A query that stands on a page is copied. So each does what the pages ask of others: it leaves invented inspections out (or asks for
// them alone), pools no editions without a word, keeps ties, puts what is not known last, and names the level of its intervals.

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

/** Queries of public views, each with the text that stands before it, from the block or the heading before. */
const queries = pages.flatMap((page) => {
  const parts = pageText(page).split(/^```/m);
  return parts.flatMap((part, at) => {
    const query = part.replace(/^sql\n/, '');
    if (query === part || !query.includes('analytics.')) return [];
    const before = parts[at - 1]?.split(/^#+ /m).at(-1) ?? '';
    return [{ name: `${page}: ${query.trim().slice(0, 70)}`, before, query }];
  });
});

test('there are many', () => {
  expect(queries.length).toBeGreaterThan(25);
});

describe.each(queries)('$name', ({ before, query }) => {
  const have = (column: string) =>
    [...query.matchAll(/analytics\.(\w+)/g)].some(([, view]) => columns.get(view as string)?.has(column));
  const last = query.slice(query.lastIndexOf('order by'));

  test('tells real from invented', () => {
    if (have('is_synthetic')) expect(query).toMatch(/is_synthetic/);
  });

  test('pools no editions without saying so', () => {
    const isOfOne = /area (=|in) |service = /.test(query);
    if (have('edition') && !isOfOne) expect(`${before}${query}`).toMatch(/edition/i);
  });

  test('keeps ties, and puts what is not known last', () => {
    expect(query).not.toMatch(/^limit |^fetch first/m);
    // a count is always known
    const known = [...query.matchAll(/count\(\*\) as (\w+)/g)].map(([, name]) => name);
    for (const [, by, rest] of last.matchAll(/(\w+) desc( nulls last)?/g))
      expect(rest !== undefined || known.includes(by), by).toBe(true);
  });

  test('names the level of its intervals', () => {
    if (/\b(low|high)\b/.test(query)) expect(before).toMatch(/80%|80 per cent/);
    if (/\b(low|high)_95\b/.test(query)) expect(before).toMatch(/95%/);
  });
});
