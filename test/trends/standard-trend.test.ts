import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { testFolder, withCounts } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();
const files = testFolder();

const known = (first: string, second: string, third: string) =>
  `"2.1.1": ${first}, "2.1.2": ${second}, "2.1.3": ${third}`;

beforeAll(async () => {
  const bundles = [
    withCounts(
      'Westminster Youth Offending Team',
      '2021-05',
      '2018',
      known('{relevant_cases: 4, yes: 3}', '{relevant_cases: 4, yes: 1}', '{not_applicable: true}'),
    ),
    withCounts(
      'Wigan Youth Offending Team',
      '2021-07',
      '2018',
      known('{relevant_cases: 6, yes: 4}', '{relevant_cases: 5, yes: 5}', '{relevant_cases: 3, yes: 0}'),
    ),
    // its other key questions are not known, and neither is their sum
    withCounts('Essex Youth Offending Service', '2021-09', '2018', '"2.1.1": {relevant_cases: 9, yes: 9}'),
    withCounts(
      'Barnet Youth Offending Service',
      '2021-10',
      '2021',
      known('{relevant_cases: 4, yes: 4}', '{relevant_cases: 4, yes: 2}', '{relevant_cases: 2, yes: 1}'),
    ),
  ];
  await load(database.db, await Promise.all(bundles.map((text) => files.bundle(text))));
});

test('answers of a year are summed within an edition, of inspections of which all are known', async () => {
  const rows = await database.db
    .selectFrom('analytics.standard_trend')
    .select(['year', 'edition', 'standard', 'inspections', 'yes', 'relevant', 'percent'])
    .where('is_synthetic', '=', true)
    .orderBy('edition')
    .execute();
  expect(rows.map((row) => Object.values(row))).toEqual([
    // 3 + 1 + 4 + 5 + 0 of 4 + 4 + 6 + 5 + 3: 59.1%
    [2021, '2018', '2.1', 2, 13, 22, 59],
    [2021, '2021', '2.1', 1, 7, 10, 70],
  ]);
});

test('the intervals are those of the pooled counts', async () => {
  const { low, high, low_95, high_95 } = await database.db
    .selectFrom('analytics.standard_trend')
    .select(['low', 'high', 'low_95', 'high_95'])
    .where('is_synthetic', '=', true)
    .where('edition', '=', '2021')
    .executeTakeFirstOrThrow();
  // 7 of 10 at 80%: (7 + 0.8212) / 11.6424 -+ 1.28155 * root of 2.51059 / 11.6424
  expect(low).toBeCloseTo(49.74, 2);
  expect(high).toBeCloseTo(84.62, 2);
  expect(low_95).toBeCloseTo(39.677_815, 5);
  expect(high_95).toBeCloseTo(89.220_873, 5);
});

test('what is kept for it follows its inspection: changed, and gone', async () => {
  const of = async () => {
    const { rows } = await sql`
      select yes, relevant from analytics.standard_trend where is_synthetic and edition = '2021'`.execute(
      database.db,
    );
    return rows;
  };
  const changed = withCounts(
    'Barnet Youth Offending Service',
    '2021-10',
    '2021',
    known('{relevant_cases: 4, yes: 1}', '{relevant_cases: 4, yes: 2}', '{relevant_cases: 2, yes: 1}'),
  );
  await load(database.db, [await files.bundle(changed)]);
  expect(await of()).toEqual([{ yes: 4, relevant: 10 }]);
  await sql`delete from core.inspection where is_synthetic and edition_code = '2021'`.execute(database.db);
  expect(await of()).toEqual([]);
});
