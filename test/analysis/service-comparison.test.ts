import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { serviceComparison } from '../../src/queries/of-inspections.js';
import { databaseWith } from '../support/asked.js';
import { invented } from '../support/bundles.js';
import { rolledBack } from '../support/database.js';
import { whole2021 } from '../support/whole-inspections.js';

const westminster = 'Westminster Youth Offending Team';
const barnet = 'Barnet Youth Offending Service';
const essex = 'Essex Youth Offending Service';

/** An invented inspection of which one rating is known. */
const rated = (service: string, day: string, rating: string, edition = '2018') =>
  invented({ service, edition, report: { fieldwork_from: day }, standard_ratings: { '1.1': rating } });
const none = { not_applicable: true };

const { database, rows } = databaseWith([
  rated(westminster, '2019-05-13', 'Good'),
  rated('Wigan Youth Offending Team', '2019-06-10', 'Requires improvement'),
  rated(essex, '2019-07-08', 'Outstanding'),
  rated(barnet, '2019-12-02', 'Good'),
  // of another edition
  rated(essex, '2019-09-09', 'Inadequate', '2021'),
  // scores: 36, 30, 34
  whole2021({ service: westminster, day: '2022-01-10' }),
  whole2021({ service: barnet, day: '2022-01-17', judged: { '1.1': 'Inadequate', '1.2': 'Inadequate' } }),
  whole2021({ service: essex, day: '2022-01-24', judged: { '3.4': 'Requires improvement' } }),
  // 2.4 has no relevant case
  whole2021({ service: westminster, day: '2024-01-08' }),
  whole2021({ service: barnet, day: '2024-01-15', figures: { '2.4.1': none, '2.4.2': none, '2.4.3': none } }),
]);

// Beside whom it stands, how many they are, how many are rated higher, the same, lower, and the median of their scores. That percentages and
// intervals are those of these counts, test/schema/sums.test.ts holds.
test.each([
  [
    // of 1, 2, 2, 3
    'beside those of the same year and edition, and of the same region',
    "area = 'Westminster' and year = 2019 and standard = '1.1' and is_synthetic",
    [
      ['everywhere', 4, 1, 2, 1, 2],
      ['London', 2, 0, 2, 0, 2],
    ],
  ],
  [
    // Outstanding, Good, Outstanding; 36, 30, 34
    'overall, beside the median of scores of one scale',
    "area = 'Barnet' and year = 2022 and standard = 'overall' and is_synthetic",
    [
      ['everywhere', 3, 2, 1, 0, 34],
      ['London', 2, 1, 1, 0, 33],
    ],
  ],
  [
    'alone under another edition',
    "area = 'Essex' and year = 2019 and standard = '1.1' and edition = '2021'",
    [
      ['everywhere', 1, 0, 1, 0, 0],
      ['East of England', 1, 0, 1, 0, 0],
    ],
  ],
  [
    // Barnet (Good) and Hammersmith and Fulham (Outstanding), both in London
    'among real ones',
    "area = 'Barnet' and standard = 'overall' and not is_synthetic",
    [
      ['everywhere', 2, 1, 1, 0, 26],
      ['London', 2, 1, 1, 0, 26],
    ],
  ],
])('a rating stands %s', async (_, which, expected) => {
  const standing = await rows(`
    select coalesce(peers, beside) as beside_whom, inspections, higher, same, lower, median_score
    from analytics.service_comparison where ${which} order by beside`);
  expect(standing).toEqual(expected);
});

test('a score of another maximum is not in the median, and what does not count has none', async () => {
  const uncounted = await rows(`
    select distinct score, max_score, median_score from analytics.service_comparison
    where area = 'Barnet' and year = 2022 and standard = '4.1'`);
  expect(uncounted).toEqual([[null, null, null]]);
  await rolledBack(database.db, async (trx) => {
    await sql`update core.rule_set set unrated_standard = 'bands in proportion'`.execute(trx);
    const overall = (await serviceComparison(trx, { synthetic: true })).filter(
      (row) => row.year === 2024 && row.standard === 'overall' && row.beside === 'everywhere',
    );
    expect(overall).toMatchObject([
      { area: 'Barnet', score: 33, max_score: 33, inspections: 2, same: 2, median_score: 33 },
      { area: 'Westminster', score: 36, max_score: 36, inspections: 2, same: 2, median_score: 36 },
    ]);
  });
});
