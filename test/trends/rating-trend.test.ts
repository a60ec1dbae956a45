import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();
const files = testFolder();

/** An invented inspection of which only ratings are known. */
const invented = (service: string, report: string, edition: string, ratings: string) => `synthetic: true
service: ${service}
report: {${report}}
edition: "${edition}"
${ratings}
`;

const westminster = 'Westminster Youth Offending Team';
const wigan = 'Wigan Youth Offending Team';
const essex = 'Essex Youth Offending Service';

beforeAll(async () => {
  const bundles = [
    invented(
      westminster,
      'fieldwork_from: "2019-05-13"',
      '2018',
      'standard_ratings: {"1.1": Good, "3.4": Good}\noverall: {rating: Good}',
    ),
    invented(wigan, 'fieldwork_from: "2019-06-10"', '2018', 'standard_ratings: {"1.1": Good}'),
    // reported on in the year after
    invented(
      essex,
      'fieldwork_from: "2019-12-02", published: "2020-03"',
      '2018',
      'standard_ratings: {"1.1": Outstanding}',
    ),
    invented(westminster, 'fieldwork_from: "2022-02-07"', '2018', 'standard_ratings: {"3.4": Good}'),
    invented(wigan, 'fieldwork_from: "2022-03-07"', '2021', 'standard_ratings: {"3.4": Inadequate}'),
  ];
  await load(database.db, await Promise.all(bundles.map((text) => files.bundle(text))));
});

/** A standard's rows of a year, as edition, rating, rank, inspections, rated and share. */
async function trend(year: number, standard: string, { synthetic = true } = {}): Promise<unknown[][]> {
  const rows = await database.db
    .selectFrom('analytics.rating_trend')
    .select(['edition', 'rating', 'rating_rank', 'inspections', 'rated', 'share'])
    .where('year', '=', year)
    .where('standard', '=', standard)
    .where('is_synthetic', '=', synthetic)
    .where('rating_rank', 'is not', null)
    .orderBy('edition')
    .orderBy('rating_rank')
    .execute();
  return rows.map((row) => Object.values(row));
}

test('every rating of the scale has a row, also when nothing got it', async () => {
  expect(await trend(2019, '1.1')).toEqual([
    ['2018', 'Inadequate', 0, 0, 3, 0],
    ['2018', 'Requires improvement', 1, 0, 3, 0],
    ['2018', 'Good', 2, 2, 3, 2 / 3],
    ['2018', 'Outstanding', 3, 1, 3, 1 / 3],
  ]);
});

test('a share has intervals of its own kind, between 0 and 1, also where nothing got the rating', async () => {
  const rows = await database.db
    .selectFrom('analytics.rating_trend')
    .select(['low', 'high', 'low_95', 'high_95'])
    .where('year', '=', 2019)
    .where('standard', '=', '1.1')
    .where('rating_rank', 'is not', null)
    .where('is_synthetic', '=', true)
    .orderBy('rating_rank')
    .execute();
  // none, none, two and one of three: Wilson's quadratic solved by another program
  const expected = [
    [0, 0.353_778_96, 0, 0.561_497_03],
    [0, 0.353_778_96, 0, 0.561_497_03],
    [0.321_182_65, 0.894_224_36, 0.207_659_6, 0.938_508_06],
    [0.105_775_64, 0.678_817_35, 0.061_491_94, 0.792_340_4],
  ];
  for (const [at, row] of rows.entries())
    for (const [end, value] of Object.values(row).entries())
      expect(value, `${at} ${end}`).toBeCloseTo(expected[at]?.[end] as number, 7);
  expect(rows).toHaveLength(4);
});

test('an inspection without the rating is not among those that are rated', async () => {
  const good = [
    ['2018', 'Inadequate', 0, 0, 1, 0],
    ['2018', 'Requires improvement', 1, 0, 1, 0],
    ['2018', 'Good', 2, 1, 1, 1],
    ['2018', 'Outstanding', 3, 0, 1, 0],
  ];
  expect(await trend(2019, '3.4')).toEqual(good);
  expect(await trend(2019, 'overall')).toEqual(good);
  expect(await trend(2019, '1.2')).toEqual([]);
  expect(await trend(2020, '1.1')).toEqual([]);
});

test('what has no rating has rows of its own, where there is any, and all rows add up to the inspections that there are', async () => {
  const rows = await sql<Record<string, unknown>>`
    select standard, rating, rating_rank, inspections, share from analytics.rating_trend
    where year = 2019 and is_synthetic and standard in ('1.1', '1.2', '3.4', 'overall') and inspections > 0
    order by standard, rating_rank nulls last`.execute(database.db);
  expect(rows.rows).toEqual([
    { standard: '1.1', rating: 'Good', rating_rank: 2, inspections: 2, share: 2 / 3 },
    { standard: '1.1', rating: 'Outstanding', rating_rank: 3, inspections: 1, share: 1 / 3 },
    { standard: '1.2', rating: 'not known', rating_rank: null, inspections: 3, share: null },
    { standard: '3.4', rating: 'Good', rating_rank: 2, inspections: 1, share: 1 },
    { standard: '3.4', rating: 'not known', rating_rank: null, inspections: 2, share: null },
    { standard: 'overall', rating: 'Good', rating_rank: 2, inspections: 1, share: 1 },
    { standard: 'overall', rating: 'not known', rating_rank: null, inspections: 2, share: null },
  ]);
});

test('one code in two editions of a year is two standards', async () => {
  expect((await trend(2022, '3.4')).filter(([, , , inspections]) => inspections !== 0)).toEqual([
    ['2018', 'Good', 2, 1, 1, 1],
    ['2021', 'Inadequate', 0, 1, 1, 1],
  ]);
  const titles = await database.db
    .selectFrom('analytics.rating_trend')
    .select(['edition', 'title'])
    .distinct()
    .where('standard', '=', '3.4')
    .orderBy('edition')
    .execute();
  expect(titles).toEqual([
    { edition: '2018', title: 'Joint working' },
    { edition: '2021', title: 'Out-of-court disposal policy and provision' },
  ]);
});

test('real inspections are counted apart from invented ones', async () => {
  // Barnet and Hammersmith and Fulham: Good and Outstanding overall, as printed
  expect((await trend(2022, 'overall', { synthetic: false })).map((row) => row.slice(1, 5))).toEqual([
    ['Inadequate', 0, 0, 2],
    ['Requires improvement', 1, 0, 2],
    ['Good', 2, 1, 2],
    ['Outstanding', 3, 1, 2],
  ]);
  expect((await trend(2022, '3.4', { synthetic: false })).every(([, , , , rated]) => rated === 2)).toBe(true);
});

test('shares of a standard in a year add up to 1', async () => {
  const { rows } = await sql<{ ratings: number; share: number; inspections: number; rated: number }>`
    select count(*) as ratings, sum(share) as share, sum(inspections) as inspections, min(rated) as rated
    from analytics.rating_trend
    where rating_rank is not null
    group by year, is_synthetic, edition, standard`.execute(database.db);
  expect(rows.length).toBeGreaterThan(50);
  for (const { ratings, share, inspections, rated } of rows) {
    expect(ratings).toBe(4);
    expect(share).toBeCloseTo(1, 12);
    expect(inspections).toBe(rated);
  }
});

test('years and overall ratings are those of the other views', async () => {
  const { rows } = await sql`
    select inspection_id, year, edition, is_synthetic, rating
    from analytics.overall_rating
    except
    select inspection_id, year, edition_code, is_synthetic, rating
    from core.inspection
    join rating.overall_result using (inspection_id, edition_code)`.execute(database.db);
  expect(rows).toEqual([]);
});
