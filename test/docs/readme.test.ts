import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { asReaderOf, testDatabase } from '../support/database.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const queries = [...readme.matchAll(/\*\*([^*]+\?)\*\*[^`]*```sql\n(.*?)```/gs)].map(
  ([, question, query]) => ({ question, query }),
);
const database = testDatabase();

test('the README has queries', () => {
  expect(queries.length).toBeGreaterThan(0);
});

describe('the query for', () => {
  test.each(queries)('$question runs for the read-only role and has an answer', async ({ query }) => {
    const { rows } = await asReaderOf(database, (reader) => sql.raw(query as string).execute(reader));
    expect(rows.length).toBeGreaterThan(0);
  });
});
