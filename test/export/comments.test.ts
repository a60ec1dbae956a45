import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { relations } from '../../src/database/catalogue.js';
import { describe as describeView, type ViewDescription } from '../../src/export/describe.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { loadVaried } from './varied.js';

const database = testDatabase();
const files = testFolder();
let views: ViewDescription[];
beforeAll(async () => {
  await loadVaried(database, files);
  views = (await relations(database.db, ['analytics'])).map(describeView);
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

describe('what comments of views say', () => {
  test('is a key, of every view, that no two rows share', async () => {
    for (const { name, key } of views) {
      expect(key, `the comment of analytics.${name} has to end like "Key: a, b."`).not.toEqual([]);
      const list = key.map((column) => `"${column}"`).join(', ');
      expect(
        await count(
          `select count(*) from (select ${list} from analytics.${name} group by ${list} having count(*) > 1) as twice`,
        ),
        name,
      ).toBe(0);
    }
  });

  test('is NULL for every column that has one', () =>
    expectNone(({ name, mayBeNull }) => (mayBeNull ? undefined : `"${name}" is null`)));

  test('is every value that occurs, where values are listed', () =>
    expectNone(
      ({ name, oneOf }) => oneOf && `"${name}" not in (${oneOf.map((value) => `'${value}'`).join(', ')})`,
    ));

  test('is the range of every value, where a range is given', () =>
    expectNone(({ name, between }) => between && `not "${name}" between ${between.join(' and ')}`));
});

test('no text in analytics is empty: an empty cell of an export is NULL', () =>
  expectNone(({ name, postgres }) => (postgres === 'text' ? `"${name}" = ''` : undefined)));

describe('a comment', () => {
  const column = (name: string, type: string, comment: string) => ({ name, type, comment });
  const described = (columns: ReturnType<typeof column>[], comment: string | null = 'One row a thing.') =>
    describeView({ schema: 'analytics', name: 'thing', comment, columns });
  const only = (type: string, comment: string) => described([column('a', type, comment)]).columns[0];

  test.each([
    ['One row a thing. Key: a, b.', 'One row a thing.', ['a', 'b']],
    ['One row a thing.\nKey: a.', 'One row a thing.', ['a']],
    ['One row a thing: Key stages too.', 'One row a thing: Key stages too.', []],
    [null, '', []],
  ])('of a view: %j', (comment, about, key) => {
    const columns = [column('a', 'text', ''), column('b', 'text', '')];
    expect(described(columns, comment)).toMatchObject({ comment: about, key });
  });

  test('that names a key that is no column is a slip of the program', () => {
    expect(() => described([column('a', 'text', '')], 'One row. Key: a, c.')).toThrow(
      'the comment of analytics.thing names a key that is no column: c',
    );
  });

  test('for a column of a type that no export knows is not passed over', () => {
    expect(() => only('jsonb', 'Anything.')).toThrow('analytics.thing.a is of type jsonb');
  });

  test.each([
    ['Lowest percentage (percent); NULL when none.', 'percent'],
    ['Yes in percent of relevant cases.', 'percent'],
    ['Cases answered yes.', 'cases'],
    ['Relevant cases, yes + no.', 'cases'],
    ['Court disposals inspected (cases).', 'cases'],
    ['Points gained or lost.', 'points'],
    ['The most points there could have been.', 'points'],
    ['Score as the report prints it, in points.', 'points'],
    ['Services (number).', 'number'],
    ['Key of the inspection.', undefined],
  ])('of a number tells its unit: %s', (comment, unit) => {
    expect(only('integer', comment)?.unit).toBe(unit);
    expect(only('text', comment)?.unit).toBeUndefined();
  });

  test.each([
    ['One of: strength, area for improvement.', ['strength', 'area for improvement']],
    ['What it rests on, one of: a, b c; NULL when not known.', ['a', 'b c']],
    ['None of: these.', ['these']],
    ['A word.', undefined],
  ])('tells the values: %s', (comment, oneOf) => {
    expect(only('text', comment)?.oneOf).toEqual(oneOf?.[0] === 'these' ? undefined : oneOf);
  });

  test('tells what is never NULL, and a range', () => {
    expect(only('double precision', 'A share, between 0 and 1.')).toMatchObject({
      between: [0, 1],
      mayBeNull: false,
    });
    expect(only('text', 'Between 0 and 1; NULL when not.')).toMatchObject({
      between: undefined,
      mayBeNull: true,
    });
    expect(only('text', 'Nullable in name only.')).toMatchObject({ mayBeNull: false });
  });
});
