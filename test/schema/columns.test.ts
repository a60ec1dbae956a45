import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { relations } from '../../src/database/catalogue.js';
import { ColumnMeanings } from '../../src/database/columns.js';
import {
  type ColumnDescription,
  describe as describeView,
  type ViewDescription,
} from '../../src/export/views.js';
import { loadVaried } from '../export/varied.js';
import { valuesOf } from '../support/asked.js';
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

/** Names of the columns of all views that are of a kind; there has to be one that is asked. */
function columnsThat(is: (column: ColumnDescription, view: ViewDescription) => boolean): string[] {
  return views.flatMap((view) =>
    view.columns.filter((column) => is(column, view)).map(({ name }) => `${view.name}.${name}`),
  );
}

/** Expects that for every column of every view for which there is a condition no row fits it. */
async function expectNone(
  condition: (column: ColumnDescription) => string | false | undefined,
): Promise<void> {
  let held = 0;
  for (const view of views) {
    const counts = view.columns.flatMap((column) => {
      const text = condition(column);
      return text ? [`count(*) filter (where ${text}) as "${column.name}"`] : [];
    });
    if (counts.length === 0) continue;
    held += counts.length;
    const { rows } = await sql
      .raw<Record<string, number>>(`select ${counts.join(', ')} from analytics.${view.name}`)
      .execute(database.db);
    const wrong = Object.entries(rows[0] ?? {}).filter(([, count]) => count !== 0);
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
      const twice = sql.raw(`select from analytics.${name} group by ${list} having count(*) > 1`);
      expect((await twice.execute(database.db)).rows, name).toEqual([]);
    }
  });

  test('is which columns may be NULL, and their comments say when', async () => {
    await expectNone(({ name, nullable }) => !nullable && `"${name}" is null`);
    expect(columnsThat(({ nullable, comment }) => nullable && !/\bNULL\b/.test(comment))).toEqual([]);
  });

  test('is every value that occurs, where values are listed, and the range of every value', async () => {
    await expectNone(
      ({ name, oneOf }) => oneOf && `"${name}" not in (${oneOf.map((value) => `'${value}'`).join(', ')})`,
    );
    await expectNone(({ name, between }) => between && `not "${name}" between ${between.join(' and ')}`);
  });
});

test('no text in analytics is empty: an empty cell of an export is NULL', () =>
  expectNone(({ name, postgres }) => postgres === 'text' && `"${name}" = ''`));

test('every column of rating words has a rank beside it, with the same rank for a rating everywhere', async () => {
  const words = ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'];
  let ratings = 0;
  for (const view of views)
    for (const { name } of view.columns.filter(({ postgres }) => postgres === 'text')) {
      const rank = view.name === 'rating_scale' ? 'rank' : `${name}_rank`;
      const ranked = `select distinct "${name}" as word, to_jsonb(shown) ->> '${rank}' as rank from analytics.${view.name} as shown`;
      const rows = await valuesOf(database.db, `${ranked} where "${name}" is not null`);
      if (rows.length === 0 || !rows.every(([word]) => words.includes(word as string))) continue;
      ratings++;
      expect(rows, `${view.name}.${name}`).toEqual(
        rows.map(([word]) => [word, `${words.indexOf(word as string)}`]),
      );
    }
  expect(ratings).toBeGreaterThan(10);
});

// test/schema/sums.test.ts sums what may be, and fails for what has no sum there.
describe('whether it may be summed', () => {
  const numbers = ['integer', 'bigint', 'numeric', 'double precision'];

  test('is said of every number of every public view, and of nothing else', () => {
    const marked = columnsThat(({ additive }) => additive !== undefined);
    expect(marked.length).toBeGreaterThan(300);
    expect(marked).toEqual(columnsThat(({ postgres }) => numbers.includes(postgres)));
  });
});
