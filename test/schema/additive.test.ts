import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { ColumnMeanings } from '../../src/database/columns.js';
import { testDatabase } from '../support/database.js';

// db/views/columns.yaml says of every number whether it may be summed; test/schema/sums.test.ts sums what may be.
const database = testDatabase();

const meanings = new ColumnMeanings();
let columns: { view: string; name: string; type: string; comment: string }[];

beforeAll(async () => {
  const { rows } = await sql<(typeof columns)[0]>`
    select relname as view, attname as name, format_type(atttypid, atttypmod) as type,
      col_description(pg_class.oid, attnum) as comment
    from pg_attribute
    join pg_class on pg_class.oid = attrelid and relkind = 'v' and relnamespace = 'analytics'::regnamespace
    where attnum > 0`.execute(database.db);
  columns = rows;
});

const numbers = () =>
  columns.filter(({ type }) =>
    ['integer', 'bigint', 'smallint', 'numeric', 'double precision'].includes(type),
  );

/** yes, no, or the columns it may be summed over; undefined when nothing is said. */
const markOf = (view: string, name: string) => meanings.of(name, view).additive;

test('every number of every public view is marked, and nothing else', () => {
  expect(numbers().length).toBeGreaterThan(300);
  const marked = columns.filter(({ view, name }) => markOf(view, name) !== undefined);
  expect(marked.map(({ view, name }) => `${view}.${name}`)).toEqual(
    numbers().map(({ view, name }) => `${view}.${name}`),
  );
});

test('what a number may be summed over are columns of its view', () => {
  for (const { view, name } of numbers()) {
    const mark = markOf(view, name);
    if (!Array.isArray(mark)) continue;
    const own = columns.filter((column) => column.view === view).map((column) => column.name);
    expect(own, `${view}.${name}`).toEqual(expect.arrayContaining(mark));
  }
});

test('what is a percentage, an end of an interval, a share or a rank is never summed', () => {
  for (const { view, name, comment } of numbers()) {
    if (
      /percent(?!ages)|_rank$|^(low|high)|_(low|high)|share|^rank$/.test(name) ||
      /between 0 and 1/.test(comment)
    )
      expect(markOf(view, name), `${view}.${name}`).toBe('no');
  }
});
