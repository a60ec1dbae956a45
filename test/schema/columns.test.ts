import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { relations } from '../../src/database/catalogue.js';
import { ColumnMeanings } from '../../src/database/columns.js';
import { describe as describeView, type ViewDescription } from '../../src/export/describe.js';
import { loadVaried } from '../export/varied.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();
const files = testFolder();
const meanings = new ColumnMeanings();
let views: ViewDescription[];
beforeAll(async () => {
  await loadVaried(database, files);
  views = (await relations(database.db, ['analytics'])).map((view) => describeView(view, meanings));
});

/** The one number of a query. */
async function count(query: string): Promise<number> {
  const { rows } = await sql.raw<{ count: number }>(query).execute(database.db);
  return (rows[0] as { count: number }).count;
}

/** Expects that for every column of every view that is chosen no row fits a condition. */
async function expectNone(
  condition: (column: ViewDescription['columns'][number], view: ViewDescription) => string | undefined,
): Promise<void> {
  let held = 0;
  for (const view of views) {
    const conditions = view.columns.flatMap((column) => {
      const text = condition(column, view);
      return text === undefined ? [] : [{ column: column.name, text }];
    });
    held += conditions.length;
    if (conditions.length === 0) continue;
    const counts = conditions.map(({ column, text }) => `count(*) filter (where ${text}) as "${column}"`);
    const { rows } = await sql
      .raw<Record<string, number>>(`select ${counts.join(', ')} from analytics.${view.name}`)
      .execute(database.db);
    const wrong = Object.entries(rows[0] ?? {}).filter(([, rows]) => rows !== 0);
    expect(wrong, `analytics.${view.name}`).toEqual([]);
  }
  expect(held).toBeGreaterThan(0);
}

describe('what columns.yaml says of public views', () => {
  test('is of views and columns that are there', () => {
    expect(views.map(({ name }) => name)).toEqual([...meanings.views].sort());
    for (const { name, columns, key } of views) {
      const there = columns.map((column) => column.name);
      expect(there, name).toEqual(expect.arrayContaining([...meanings.own(name), ...key]));
    }
  });

  test('is a key, of every view, that no two rows share', async () => {
    for (const { name, key } of views) {
      expect(key, name).not.toEqual([]);
      const list = key.map((column) => `"${column}"`).join(', ');
      expect(
        await count(
          `select count(*) from (select ${list} from analytics.${name} group by ${list} having count(*) > 1) as twice`,
        ),
        name,
      ).toBe(0);
    }
  });

  test('is which columns may be NULL, and their comments say when', async () => {
    await expectNone(({ name, nullable }) => (nullable ? undefined : `"${name}" is null`));
    const silent = views.flatMap(({ name, columns }) =>
      columns
        .filter(({ nullable, comment }) => nullable && !/\bNULL\b/.test(comment))
        .map((column) => `${name}.${column.name}`),
    );
    expect(silent).toEqual([]);
  });

  test('is every value that occurs, where values are listed', () =>
    expectNone(
      ({ name, oneOf }) => oneOf && `"${name}" not in (${oneOf.map((value) => `'${value}'`).join(', ')})`,
    ));

  test('is the range of every value, where a range is given', () =>
    expectNone(({ name, between }) => between && `not "${name}" between ${between.join(' and ')}`));
});

test('no text in analytics is empty: an empty cell of an export is NULL', () =>
  expectNone(({ name, postgres }) => (postgres === 'text' ? `"${name}" = ''` : undefined)));
