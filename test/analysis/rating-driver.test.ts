import { beforeAll, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { ratingDriver } from '../../src/queries/of-years.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { whole2021 } from '../support/whole-inspections.js';

const database = testDatabase();
const files = testFolder();

beforeAll(async () => {
  const bundles = [
    // Requires improvement, by two questions at 50%
    whole2021({ day: '2023-01-09', figures: { '2.1.1': [5, 10], '2.1.2': [5, 10], '2.1.3': [9, 10] } }),
    // Requires improvement, by one at 50%; another, in the same band, is at 60%
    whole2021({ day: '2023-02-06', figures: { '2.1.1': [5, 10], '2.1.2': [6, 10] } }),
    // Good, by one at 70%
    whole2021({ day: '2023-03-06', figures: { '2.1.3': [7, 10] } }),
    // of another year
    whole2021({ day: '2024-03-04', figures: { '2.1.3': [7, 10] } }),
  ];
  await load(database.db, await Promise.all(bundles.map((text) => files.bundle(text))));
});

test('a key question is counted where it is the lowest, alone or with others', async () => {
  const rows = await ratingDriver(database.db, { year: 2023, synthetic: true });
  const told = rows
    .filter(({ standard }) => standard === '2.1')
    .map((row) => [
      row.key_question,
      row.rating,
      row.alone,
      row.tied,
      row.driving,
      row.inspections,
      row.percent,
    ]);
  expect(told).toEqual([
    ['2.1.1', 'Requires improvement', 1, 1, 2, 2, 100],
    ['2.1.1', 'Good', 0, 0, 0, 1, 0],
    ['2.1.2', 'Requires improvement', 0, 1, 1, 2, 50],
    ['2.1.2', 'Good', 0, 0, 0, 1, 0],
    ['2.1.3', 'Requires improvement', 0, 0, 0, 2, 0],
    ['2.1.3', 'Good', 1, 0, 1, 1, 100],
  ]);
  const half = rows.find(
    ({ key_question, rating }) => key_question === '2.1.2' && rating === 'Requires improvement',
  );
  // Wilson at 80% and 95%, 1 of 2
  expect(half?.low).toBeCloseTo(16.425_172, 5);
  expect(half?.high).toBeCloseTo(83.574_828, 5);
  expect(half?.low_95).toBeCloseTo(9.453_121, 5);
  expect(half?.high_95).toBeCloseTo(90.546_879, 5);
  expect(rows.every(({ year, is_synthetic }) => year === 2023 && is_synthetic)).toBe(true);
});

test('every inspection with a computed rating has a driver', async () => {
  const rows = await ratingDriver(database.db, { synthetic: false });
  // Wigan 2.2 is Requires improvement: 8 of 9, 5 of 8, 4 of 7
  expect(
    rows
      .filter(({ year, standard }) => year === 2021 && standard === '2.2')
      .map((row) => [row.key_question, row.rating, row.alone, row.tied, row.inspections]),
  ).toEqual([
    ['2.2.1', 'Requires improvement', 0, 0, 1],
    ['2.2.2', 'Requires improvement', 0, 0, 1],
    ['2.2.3', 'Requires improvement', 1, 0, 1],
  ]);
  // of each standard and rating of a year, the questions together drive at least every inspection once
  const groups = new Map<string, { driving: number; inspections: number }>();
  for (const { year, edition, standard, rating, driving, inspections } of rows) {
    const key = `${year} ${edition} ${standard} ${rating}`;
    const group = groups.get(key) ?? { driving: 0, inspections };
    groups.set(key, { ...group, driving: group.driving + driving });
  }
  expect(groups.size).toBeGreaterThan(25);
  for (const [key, { driving, inspections }] of groups)
    expect(driving, key).toBeGreaterThanOrEqual(inspections);
});
