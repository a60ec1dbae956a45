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
    .where('inspections', '>', 0)
    .orderBy('edition')
    .execute();
  expect(rows.map((row) => Object.values(row))).toEqual([
    // 3 + 1 + 4 + 5 + 0 of 4 + 4 + 6 + 5 + 3: 59.1%
    [2021, '2018', '2.1', 2, 13, 22, 59],
    [2021, '2021', '2.1', 1, 7, 10, 70],
  ]);
});

test('one inspection alone has the interval of its counts', async () => {
  const { low, high, low_95, high_95 } = await database.db
    .selectFrom('analytics.standard_trend')
    .select(['low', 'high', 'low_95', 'high_95'])
    .where('is_synthetic', '=', true)
    .where('edition', '=', '2021')
    .where('standard', '=', '2.1')
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
      select yes, relevant from analytics.standard_trend where is_synthetic and edition = '2021' and inspections > 0`.execute(
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

test('several have one that allows for their being several', async () => {
  const row = await database.db
    .selectFrom('analytics.standard_trend')
    .select(['design_effect', 'effective_relevant', 'low', 'high'])
    .where('is_synthetic', '=', true)
    .where('edition', '=', '2018')
    .where('standard', '=', '2.1')
    .executeTakeFirstOrThrow();
  // 4 of 8 and 9 of 14 are more alike than independent answers would be: 2 * 1.0579 / 5.3182 = 0.40, taken as 1
  expect(row).toMatchObject({ design_effect: 1, effective_relevant: 22 });
  // one degree of freedom: t = 3.0777 for z = 1.2816, so that 22 answers are worth 3.81; Wilson's of 0.5909 of them
  expect(row.low).toBeCloseTo(29.24, 1);
  expect(row.high).toBeCloseTo(83.47, 1);
});

test('inspections without counts are told, and years that have none', async () => {
  const { rows } = await sql`
    select is_synthetic, year, edition, inspections, inspections_without_counts, percentages_only, yes
    from analytics.standard_trend
    where standard = '2.1' and (not is_synthetic or edition = '2018') order by is_synthetic, year`.execute(
    database.db,
  );
  const told = (is_synthetic: boolean, year: number, edition: string, ...of: (number | null)[]) => {
    const [inspections, inspections_without_counts, percentages_only, yes] = of;
    return { is_synthetic, year, edition, inspections, inspections_without_counts, percentages_only, yes };
  };
  expect(rows).toEqual([
    told(false, 2018, '2018', 0, 1, 1, null),
    // Kensington and Chelsea, Wigan
    told(false, 2020, '2018', 1, 0, 0, 9),
    told(false, 2021, '2018', 1, 0, 0, 22),
    told(false, 2022, '2021', 0, 2, 2, null),
    told(true, 2021, '2018', 2, 1, 0, 13),
  ]);
});
