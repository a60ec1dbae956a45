import { expect, test } from 'vitest';
import { databaseWith, expectNear } from '../support/asked.js';

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

const { rows } = databaseWith([
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
]);

/** A standard's rows of a year with inspections that are rated, as edition, title, rating, rank, inspections, rated and share. */
const trend = (year: number, standard: string, { synthetic = true } = {}) =>
  rows(`
    select edition, title, rating, rating_rank, inspections, rated, share from analytics.rating_trend
    where year = ${year} and standard = '${standard}' and is_synthetic = ${synthetic} and rating_rank is not null
    order by edition, rating_rank`);

test('every rating of the scale has a row with its share and interval, also when nothing got it', async () => {
  expect((await trend(2019, '1.1')).map((row) => row.slice(2))).toEqual([
    ['Inadequate', 0, 0, 3, 0],
    ['Requires improvement', 1, 0, 3, 0],
    ['Good', 2, 2, 3, 2 / 3],
    ['Outstanding', 3, 1, 3, 1 / 3],
  ]);
  const found = await rows(`
    select low, high, low_95, high_95 from analytics.rating_trend
    where year = 2019 and standard = '1.1' and rating_rank is not null and is_synthetic order by rating_rank`);
  // none, none, two and one of three: Wilson's quadratic solved by another program
  const none = [0, 0.353_778_96, 0, 0.561_497_03];
  const two = [0.321_182_65, 0.894_224_36, 0.207_659_6, 0.938_508_06];
  const one = [0.105_775_64, 0.678_817_35, 0.061_491_94, 0.792_340_4];
  expectNear(found.flat(), [none, none, two, one].flat(), 7);
});

test('what has no rating has rows of its own, where there is any, and all rows add up to the inspections that there are', async () => {
  const found = await rows(`
    select standard, rating, rating_rank, inspections, share from analytics.rating_trend
    where year = 2019 and is_synthetic and standard in ('1.1', '1.2', '3.4', 'overall') and inspections > 0
    order by standard, rating_rank nulls last`);
  expect(found).toEqual([
    ['1.1', 'Good', 2, 2, 2 / 3],
    ['1.1', 'Outstanding', 3, 1, 1 / 3],
    ['1.2', 'not known', null, 3, null],
    ['3.4', 'Good', 2, 1, 1],
    ['3.4', 'not known', null, 2, null],
    ['overall', 'Good', 2, 1, 1],
    ['overall', 'not known', null, 2, null],
  ]);
});

test('real inspections are counted apart, and shares of a standard in a year add up to 1', async () => {
  // Barnet and Hammersmith and Fulham: Good and Outstanding overall, as printed
  const overall = await trend(2022, 'overall', { synthetic: false });
  expect(overall.map(([, , , , inspections, rated]) => [inspections, rated])).toEqual([
    ...[
      [0, 2],
      [0, 2],
      [1, 2],
      [1, 2],
    ],
  ]);
  const sums = await rows(`
    select count(*), sum(share), sum(inspections) - min(rated) from analytics.rating_trend
    where rating_rank is not null group by year, is_synthetic, edition, standard`);
  expect(sums.length).toBeGreaterThan(50);
  for (const sum of sums) expectNear(sum, [4, 1, 0], 12);
});
