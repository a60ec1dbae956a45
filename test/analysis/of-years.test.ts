import { describe, expect, test } from 'vitest';
import { groupBy } from '../../src/group-by.js';
import { discretionTrend, ratingDriver } from '../../src/queries/of-years.js';
import { databaseWith, expectNear } from '../support/asked.js';
import { whole2021 } from '../support/whole-inspections.js';

const decided = (standard: string, from: string, to: string) =>
  `professional_discretion: [{standard: "${standard}", from: ${from}, to: ${to}, reason: It was so decided.}]\n`;

/** 23 of 40 are 58%: six points or more, and two cases or more, from every boundary. */
const farFromAll = (day: string, to: string) =>
  whole2021({
    day,
    cases: 40,
    figures: { '2.1.1': [23, 40] },
    more: decided('2.1', 'Requires improvement', to),
  });
const toOutstanding = (standard: string) => decided(standard, 'Good', 'Outstanding');

const { database } = databaseWith([
  farFromAll('2023-01-09', 'Good'),
  farFromAll('2023-03-06', 'Inadequate'),
  // 78% are near to 80%, and one case of nine more is 89%
  whole2021({ day: '2023-02-06', cases: 9, figures: { '2.1.1': [7, 9] }, more: toOutstanding('2.1') }),
  // of a rating that is not computed
  whole2021({ day: '2023-04-03', figures: { '2.1.1': '{lost: [percent_yes]}' }, more: toOutstanding('2.1') }),
  // far from every boundary, and whether a case would do is not known: no whole number of nine cases is 73%
  whole2021({
    day: '2023-05-08',
    cases: 9,
    figures: { '2.2.1': '{percent_yes: 73}' },
    more: toOutstanding('2.2'),
  }),

  // Requires improvement, by two questions at 50%
  whole2021({ day: '2024-01-08', figures: { '2.1.1': [5, 10], '2.1.2': [5, 10], '2.1.3': [9, 10] } }),
  // Requires improvement, by one at 50%; another, in the same band, is at 60%
  whole2021({ day: '2024-02-05', figures: { '2.1.1': [5, 10], '2.1.2': [6, 10] } }),
  // Good, by one at 70%; and so in another year
  whole2021({ day: '2024-03-04', figures: { '2.1.3': [7, 10] } }),
  whole2021({ day: '2025-03-03', figures: { '2.1.3': [7, 10] } }),
]);

describe('decisions of panels', () => {
  test('are counted of all inspections in which the standard is computed, with the grounds there were', async () => {
    const rows = await discretionTrend(database.db, { year: 2023, synthetic: true });
    const [assessment, planning] = ['2.1', '2.2'].map((code) =>
      rows.find(({ standard }) => standard === code),
    );
    expect(assessment).toMatchObject({
      ...{ inspections: 4, inspections_not_computed: 1, decisions: 3, up: 2, down: 1, percent: 75 },
      ...{ decisions_near_boundary: 1, decisions_one_case_flips: 1, decisions_small_sample: 0 },
      ...{ decisions_without_ground: 2, decisions_ground_unknown: 0, decisions_not_computed: 1 },
    });
    // Wilson's, 3 of 4
    const wilson = [43.254145, 92.191925, 30.064184, 95.441274];
    expectNear([assessment?.low, assessment?.high, assessment?.low_95, assessment?.high_95], wilson);
    expect(planning).toMatchObject({
      ...{ inspections: 5, decisions: 1, up: 1, percent: 20 },
      ...{ decisions_near_boundary: 0, decisions_without_ground: 0, decisions_ground_unknown: 1 },
    });
  });
});

describe('what drives ratings', () => {
  test('is a key question where it is the lowest, alone or with others', async () => {
    const rows = await ratingDriver(database.db, { year: 2024, synthetic: true });
    const own = rows.filter(({ standard }) => standard === '2.1');
    expect(
      own.map((row) => [
        row.key_question,
        row.rating,
        row.alone,
        row.tied,
        row.driving,
        row.inspections,
        row.percent,
      ]),
    ).toEqual([
      ['2.1.1', 'Requires improvement', 1, 1, 2, 2, 100],
      ['2.1.1', 'Good', 0, 0, 0, 1, 0],
      ['2.1.2', 'Requires improvement', 0, 1, 1, 2, 50],
      ['2.1.2', 'Good', 0, 0, 0, 1, 0],
      ['2.1.3', 'Requires improvement', 0, 0, 0, 2, 0],
      ['2.1.3', 'Good', 1, 0, 1, 1, 100],
    ]);
    const half = own.find(({ percent }) => percent === 50);
    // Wilson at 80% and 95%, 1 of 2
    const wilson = [16.425_172, 83.574_828, 9.453_121, 90.546_879];
    expectNear([half?.low, half?.high, half?.low_95, half?.high_95], wilson);
    expect(rows.every(({ year, is_synthetic }) => year === 2024 && is_synthetic)).toBe(true);
  });

  test('of each standard and rating of a year, the questions together drive every inspection at least once', async () => {
    const rows = await ratingDriver(database.db, { synthetic: false });
    const groups = groupBy(rows, (row) => `${row.year} ${row.edition} ${row.standard} ${row.rating}`);
    expect(groups.size).toBeGreaterThan(25);
    for (const [key, own] of groups) {
      const driving = own.reduce((sum, row) => sum + row.driving, 0);
      expect(driving, key).toBeGreaterThanOrEqual(own[0]?.inspections as number);
    }
  });
});
