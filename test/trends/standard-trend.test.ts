import { expect, test } from 'vitest';
import { databaseWith, expectNear } from '../support/asked.js';
import { withCounts } from '../support/bundles.js';

const known = (...counts: ([yes: number, relevant: number] | null)[]) =>
  counts
    .map((of) => (of ? `{relevant_cases: ${of[1]}, yes: ${of[0]}}` : '{not_applicable: true}'))
    .map((entry, at) => `"2.1.${at + 1}": ${entry}`)
    .join(', ');
const { rows } = databaseWith([
  withCounts('Westminster Youth Offending Team', '2021-05', '2018', known([3, 4], [1, 4], null)),
  withCounts('Wigan Youth Offending Team', '2021-07', '2018', known([4, 6], [5, 5], [0, 3])),
  // its other key questions are not known, and neither is their sum
  withCounts('Essex Youth Offending Service', '2021-09', '2018', known([9, 9])),
  withCounts('Barnet Youth Offending Service', '2021-10', '2021', known([4, 4], [2, 4], [1, 2])),
]);

/** Columns of the trend of 2.1, of invented inspections, by edition. */
const trend = (columns: string) =>
  rows(`
    select ${columns} from analytics.standard_trend
    where standard = '2.1' and is_synthetic and inspections > 0 order by edition`);

test('answers of a year are summed within an edition, of inspections of which all are known', async () => {
  expect(await trend('year, edition, inspections, yes, relevant, percent')).toEqual([
    // 3 + 1 + 4 + 5 + 0 of 4 + 4 + 6 + 5 + 3: 59.1%
    [2021, '2018', 2, 13, 22, 59],
    [2021, '2021', 1, 7, 10, 70],
  ]);
});

test('one inspection alone has the interval of its counts, several one that allows for their being several', async () => {
  const [several = [], one = []] = await trend(
    'low, high, low_95, high_95, design_effect, effective_relevant',
  );
  // 7 of 10 at 80%: (7 + 0.8212) / 11.6424 -+ 1.28155 * root of 2.51059 / 11.6424
  expectNear(one.slice(0, 2), [49.74, 84.62], 2);
  expectNear(one.slice(2, 4), [39.677_815, 89.220_873]);
  // one degree of freedom: t = 3.0777 for z = 1.2816, so that 22 answers are worth 3.81; Wilson's of 0.5909 of them
  expectNear(several.slice(0, 2), [29.24, 83.47], 1);
  // 4 of 8 and 9 of 14 are more alike than independent answers would be: 2 * 1.0579 / 5.3182 = 0.40, taken as 1
  expect(several.slice(4)).toEqual([1, 22]);
});

test('inspections without counts are told, and years that have none', async () => {
  const told = await rows(`
    select is_synthetic, year, edition, inspections, inspections_without_counts, percentages_only, yes
    from analytics.standard_trend
    where standard = '2.1' and (not is_synthetic or edition = '2018') order by is_synthetic, year`);
  expect(told).toEqual([
    [false, 2018, '2018', 0, 1, 1, null],
    // Kensington and Chelsea, Wigan
    [false, 2020, '2018', 1, 0, 0, 9],
    [false, 2021, '2018', 1, 0, 0, 22],
    [false, 2022, '2021', 0, 2, 2, null],
    [true, 2021, '2018', 2, 1, 0, 13],
  ]);
});
