import { type Kysely, sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { load } from '../../src/import/load.js';
import { testFolder, withCounts } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

const database = testDatabase();
const files = testFolder();

const westminster = 'Westminster Youth Offending Team';
const wigan = 'Wigan Youth Offending Team';

beforeAll(async () => {
  const bundles = [
    withCounts(
      westminster,
      '2021-05',
      '2018',
      '"2.1.1": {relevant_cases: 4, yes: 3}, "2.1.2": {relevant_cases: 4, yes: 1}, "2.1.3": {not_applicable: true}',
    ),
    // a percentage has no count to add
    withCounts(
      wigan,
      '2021-09',
      '2021',
      '"2.1.1": {relevant_cases: 6, yes: 4}, "2.1.2": {percent_yes: 50}, "2.1.3": {lost: [yes], relevant_cases: 3}',
    ),
    withCounts(
      westminster,
      '2022-03',
      '2021',
      '"2.1.1": {relevant_cases: 10, yes: 5}, "2.1.2": {relevant_cases: 8, yes: 1}',
    ),
    withCounts(westminster, '2022-10', '2021', '"2.1.1": {relevant_cases: 2, yes: 0}'),
  ];
  await load(database.db, await Promise.all(bundles.map((text) => files.bundle(text))));
});

const series = (question: string, { db = database.db as Kysely<DB>, synthetic = true } = {}) =>
  db
    .selectFrom('analytics.key_question_trend')
    .select(['year', 'edition', 'services', 'inspections', 'yes', 'relevant', 'percent'])
    .select('series_break')
    .where('key_question', '=', question)
    .where('is_synthetic', '=', synthetic)
    .where('inspections', '>', 0)
    .orderBy('year')
    .orderBy('edition')
    .execute()
    .then((rows) => rows.map((row) => Object.values(row)));

test('counts of a year are pooled within an edition, on relevant cases', async () => {
  expect(await series('2.1.1')).toEqual([
    [2021, '2018', 1, 1, 3, 4, 75, false],
    // the 2021 edition's percentage is of inspected cases
    [2021, '2021', 1, 1, 4, 6, 67, true],
    // one service twice: 5 of 10 and 0 of 2
    [2022, '2021', 1, 2, 5, 12, 42, false],
  ]);
});

test('an inspection without counts is not counted, and a half is rounded up', async () => {
  expect(await series('2.1.2')).toEqual([
    [2021, '2018', 1, 1, 1, 4, 25, false],
    // 1 of 8; the first year with counts under the 2021 edition
    [2022, '2021', 1, 1, 1, 8, 13, true],
  ]);
});

test('no relevant case, no percentage and no interval', async () => {
  expect(await series('2.1.3')).toEqual([[2021, '2018', 1, 1, 0, 0, null, false]]);
  const row = await interval('2.1.3', 2021, '2018');
  expect(row).toEqual({ low: null, high: null, low_95: null, high_95: null });
});

const interval = (question: string, year: number, edition: string) =>
  database.db
    .selectFrom('analytics.key_question_trend')
    .select(['low', 'high', 'low_95', 'high_95'])
    .where('key_question', '=', question)
    .where('is_synthetic', '=', true)
    .where('year', '=', year)
    .where('edition', '=', edition)
    .executeTakeFirstOrThrow();

test('one inspection alone has the interval of its cases, at 80% and 95%', async () => {
  // 4 of 6, z = 1.28155: (4 + 0.82119 -+ 1.28155 * sqrt(1.33333 + 0.41059)) / 7.64237
  const { low, high, low_95, high_95 } = await interval('2.1.1', 2021, '2021');
  expect(low).toBeCloseTo(40.94, 1);
  expect(high).toBeCloseTo(85.23, 1);
  // z = 1.95996: (4 + 1.92073 -+ 1.95996 * sqrt(1.33333 + 0.96036)) / 9.84146
  expect(low_95).toBeCloseTo(30.0, 1);
  expect(high_95).toBeCloseTo(90.32, 1);
});

test('what has no counts is counted as left out, and why', async () => {
  const { rows } = await sql`
    select key_question, inspections, inspections_without_counts, percentages_only
    from analytics.key_question_trend
    where is_synthetic and year = 2021 and edition = '2021' and standard = '2.1' order by key_question`.execute(
    database.db,
  );
  expect(rows).toEqual([
    { key_question: '2.1.1', inspections: 1, inspections_without_counts: 0, percentages_only: 0 },
    { key_question: '2.1.2', inspections: 0, inspections_without_counts: 1, percentages_only: 1 },
    // its yes was lost
    { key_question: '2.1.3', inspections: 0, inspections_without_counts: 1, percentages_only: 0 },
  ]);
});

test('real inspections are pooled apart', async () => {
  // Kensington and Chelsea (fieldwork in 2020) prints 4 of 4, Wigan 8 of 9
  expect(await series('2.1.1', { synthetic: false })).toEqual([
    [2020, '2018', 1, 1, 4, 4, 100, false],
    [2021, '2018', 1, 1, 8, 9, 89, false],
  ]);
});

test('a series goes by its newest question, each row by the words of its own edition', async () => {
  const { rows } = await sql`
    select trend.edition, trend.question_series, trend.text = question.text as is_own
    from analytics.key_question_trend as trend
    join core.question on question_code = key_question and edition_code = edition
    where key_question = '2.1.1' and is_synthetic and trend.year = 2021 order by edition`.execute(
    database.db,
  );
  expect(rows).toEqual([
    { edition: '2018', question_series: '2021 2.1.1', is_own: true },
    { edition: '2021', question_series: '2021 2.1.1', is_own: true },
  ]);
});

test('a question that ended is a series of its own edition', async () => {
  const { rows } = await sql`
    select distinct edition, question_series, series_break
    from analytics.key_question_trend where key_question = '3.4.1'`.execute(database.db);
  expect(rows).toEqual([{ edition: '2018', question_series: '2018 3.4.1', series_break: false }]);
});

describe('were the crosswalk or the rules otherwise,', () => {
  const question = (edition: string, code: string) =>
    sql`(select question_id from core.question where edition_code = ${edition} and question_code = ${code})`;

  const names = (db: Kysely<DB>) =>
    sql<{ name: string }>`
      select distinct edition || ' ' || key_question || ' in ' || question_series as name
      from analytics.key_question_trend
      where is_synthetic and key_question in ('2.1.1', '2.1.2') order by 1`
      .execute(db)
      .then(({ rows }) => rows.map(({ name }) => name));

  test('a question that is replaced is two series', async () => {
    await rolledBack(database.db, async (trx) => {
      await sql`update core.crosswalk set relation = 'replaced'
        where from_question_id = ${question('2018', '2.1.1')}`.execute(trx);
      expect(await names(trx)).toEqual([
        '2018 2.1.1 in 2018 2.1.1',
        '2018 2.1.2 in 2021 2.1.2',
        '2021 2.1.1 in 2021 2.1.1',
        '2021 2.1.2 in 2021 2.1.2',
      ]);
    });
  });

  test('a question that goes on under another code is one series', async () => {
    await rolledBack(database.db, async (trx) => {
      await sql`delete from core.crosswalk
        where to_question_id = ${question('2021', '2.1.1')} or from_question_id = ${question('2018', '2.1.2')}`.execute(
        trx,
      );
      await sql`insert into core.crosswalk (from_question_id, from_edition_code, to_question_id, to_edition_code, relation)
        values (${question('2018', '2.1.2')}, '2018', ${question('2021', '2.1.1')}, '2021', 'continues')`.execute(
        trx,
      );
      expect(await names(trx)).toEqual([
        '2018 2.1.1 in 2018 2.1.1',
        '2018 2.1.2 in 2021 2.1.1',
        '2021 2.1.1 in 2021 2.1.1',
        '2021 2.1.2 in 2021 2.1.2',
      ]);
    });
  });

  test('percentages of the same cases are no break', async () => {
    await rolledBack(database.db, async (trx) => {
      await sql`update core.percentage_base set base = 'relevant'`.execute(trx);
      expect((await series('2.1.1', { db: trx })).map((row) => row.at(-1))).toEqual([false, false, false]);
    });
  });
});
