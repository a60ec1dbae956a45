import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { serviceComparison } from '../../src/queries/of-inspections.js';
import { testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { whole2021 } from '../support/whole-inspections.js';

const database = testDatabase();
const files = testFolder();
const westminster = 'Westminster Youth Offending Team';

/** An invented inspection of which one rating is known. */
const invented = (service: string, day: string, rating: string, edition = '2018') => `synthetic: true
service: ${service}
report: {fieldwork_from: "${day}"}
edition: "${edition}"
standard_ratings: {"1.1": ${rating}}
`;

beforeAll(async () => {
  const bundles = [
    invented(westminster, '2019-05-13', 'Good'),
    invented('Wigan Youth Offending Team', '2019-06-10', 'Requires improvement'),
    invented('Essex Youth Offending Service', '2019-07-08', 'Outstanding'),
    invented('Barnet Youth Offending Service', '2019-12-02', 'Good'),
    // of another year, and of another edition
    invented('Barnet Youth Offending Service', '2020-01-06', 'Inadequate'),
    invented('Essex Youth Offending Service', '2019-09-09', 'Inadequate', '2021'),
    // scores: 36, 30, 34
    whole2021({ service: westminster, day: '2022-01-10' }),
    whole2021({
      service: 'Barnet Youth Offending Service',
      day: '2022-01-17',
      judged: { '1.1': 'Inadequate', '1.2': 'Inadequate' },
    }),
    // 2.4 has no relevant case
    whole2021({ service: westminster, day: '2024-01-08' }),
    whole2021({
      service: 'Barnet Youth Offending Service',
      day: '2024-01-15',
      figures: Object.fromEntries(
        ['2.4.1', '2.4.2', '2.4.3'].map((code) => [code, '{not_applicable: true}']),
      ),
    }),
    whole2021({
      service: 'Essex Youth Offending Service',
      day: '2022-01-24',
      judged: { '3.4': 'Requires improvement' },
    }),
  ];
  await load(database.db, await Promise.all(bundles.map((text) => files.bundle(text))));
});

/** A service's rows of a year and a standard. */
async function told(area: string, year: number, standard: string, synthetic = true) {
  const rows = await serviceComparison(database.db, { synthetic });
  return rows.filter((row) => row.area === area && row.year === year && row.standard === standard);
}

test('a rating stands beside those of the same year and edition, and of the same region', async () => {
  const [everywhere, region] = await told('Westminster', 2019, '1.1');
  expect(everywhere).toMatchObject({
    beside: 'everywhere',
    peers: null,
    title: 'Governance and leadership',
    rating: 'Good',
    score: 2,
    max_score: 3,
    inspections: 4,
    higher: 1,
    same: 2,
    lower: 1,
    percent_higher: 25,
    percent_same: 50,
    percent_lower: 25,
    // of 1, 2, 2, 3
    median_score: 2,
  });
  // Wilson at 80%, 1 of 4 and 2 of 4
  expect(everywhere?.higher_low).toBeCloseTo(7.808_074_77, 6);
  expect(everywhere?.higher_high).toBeCloseTo(56.745_854_96, 6);
  expect(everywhere?.same_low).toBeCloseTo(23.024_149_94, 6);
  expect(everywhere?.same_high).toBeCloseTo(76.975_850_06, 6);
  expect(everywhere?.lower_low).toBeCloseTo(7.808_074_77, 6);
  expect(everywhere?.lower_high).toBeCloseTo(56.745_854_96, 6);
  expect(everywhere?.higher_low_95).toBeCloseTo(4.558_726, 5);
  expect(everywhere?.higher_high_95).toBeCloseTo(69.935_816, 5);
  expect(everywhere?.same_low_95).toBeCloseTo(15.003_899, 5);
  expect(everywhere?.same_high_95).toBeCloseTo(84.996_101, 5);
  expect(everywhere?.lower_low_95).toBeCloseTo(4.558_726, 5);
  expect(everywhere?.lower_high_95).toBeCloseTo(69.935_816, 5);
  expect(region).toMatchObject({
    beside: 'region',
    peers: 'London',
    inspections: 2,
    higher: 0,
    same: 2,
    lower: 0,
    percent_same: 100,
  });
});

test('a region is that of the local authorities', async () => {
  expect(await told('Wigan', 2019, '1.1')).toMatchObject([
    { beside: 'everywhere', peers: null, inspections: 4, higher: 3, same: 1, lower: 0, percent_higher: 75 },
    { beside: 'region', peers: 'North West', inspections: 1, higher: 0, same: 1, lower: 0 },
  ]);
});

test('overall, the median is that of scores of one scale', async () => {
  expect(await told('Barnet', 2022, 'overall')).toMatchObject([
    // Outstanding, Good, Outstanding; 36, 30, 34
    {
      title: null,
      rating: 'Good',
      score: 30,
      inspections: 3,
      higher: 2,
      same: 1,
      lower: 0,
      median_score: 34,
    },
    { peers: 'London', inspections: 2, higher: 1, same: 1, lower: 0, median_score: 33 },
  ]);
  // 4.1 does not count
  expect((await told('Barnet', 2022, '4.1'))[0]).toMatchObject({
    score: null,
    max_score: null,
    median_score: null,
  });
});

test('a score of another maximum is not in the median', async () => {
  await rolledBack(database.db, async (trx) => {
    await sql`update core.rule_set set unrated_standard = 'bands in proportion'`.execute(trx);
    const overall = (await serviceComparison(trx, { synthetic: true })).filter(
      (row) => row.year === 2024 && row.standard === 'overall' && row.beside === 'everywhere',
    );
    expect(
      overall.map((row) => [row.area, row.score, row.max_score, row.inspections, row.same, row.median_score]),
    ).toEqual([
      ['Westminster', 36, 36, 2, 2, 36],
      ['Barnet', 33, 33, 2, 2, 33],
    ]);
  });
});

test('other years, other editions and real inspections are not among them', async () => {
  expect((await told('Barnet', 2020, '1.1')).map(({ inspections }) => inspections)).toEqual([1, 1]);
  const [first] = (await told('Essex', 2019, '1.1')).filter(({ edition }) => edition === '2021');
  expect(first).toMatchObject({ inspections: 1 });
  // Barnet (Good) and Hammersmith and Fulham (Outstanding), both in London
  expect(await told('Barnet', 2022, 'overall', false)).toMatchObject([
    { rating: 'Good', score: 21, inspections: 2, higher: 1, same: 1, lower: 0, median_score: 26 },
    { peers: 'London', inspections: 2, higher: 1, same: 1, lower: 0, median_score: 26 },
  ]);
});
