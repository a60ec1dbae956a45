import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { givenOfDiscretionTrend } from '../../src/queries/discretion-trend.js';
import { givenOfFactComparison } from '../../src/queries/fact-comparison.js';
import { givenOfLeagueTable } from '../../src/queries/league-table.js';
import { givenOfOverallDistance } from '../../src/queries/overall-distance.js';
import { givenOfRatingDriver } from '../../src/queries/rating-driver.js';
import { givenOfServiceComparison } from '../../src/queries/service-comparison.js';
import { givenOfStandardDistance } from '../../src/queries/standard-distance.js';
import { good2018, good2021, testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { whole2021 } from '../support/whole-inspections.js';

const database = testDatabase();
const files = testFolder();

beforeAll(async () => {
  const onlyRatings = `synthetic: true
service: Wigan Youth Offending Team
report: {published: 2020, fieldwork_month: "2020-03"}
edition: "2018"
standard_ratings: {"1.1": Good}
`;
  const decided = whole2021({
    day: '2023-04-03',
    figures: { '2.1.1': '{lost: [percent_yes]}' },
    more: 'professional_discretion: [{standard: "2.1", from: Good, to: Outstanding, reason: It was so decided.}]\n',
  });
  const bundles = [good2018, good2021, onlyRatings, decided];
  await load(database.db, await Promise.all(bundles.map((text) => files.bundle(text))));
});

test.each([
  ['standard_distance', givenOfStandardDistance],
  ['overall_distance', givenOfOverallDistance],
  ['service_comparison', givenOfServiceComparison],
  ['rating_driver', givenOfRatingDriver],
  ['discretion_trend', givenOfDiscretionTrend],
  ['league_table', givenOfLeagueTable],
  ['fact_comparison', givenOfFactComparison],
])('what the types of analytics.%s say is never null is not', async (view, columns) => {
  const nulls = columns.map(
    (column) => sql`count(*) filter (where ${sql.ref(column)} is null) as ${sql.ref(column)}`,
  );
  const { rows } = await sql<Record<string, number>>`
    select count(*) as all_rows, ${sql.join(nulls)} from ${sql.table(`analytics.${view}`)}`.execute(
    database.db,
  );
  const { all_rows, ...counts } = rows[0] as Record<string, number>;
  expect(all_rows).toBeGreaterThan(5);
  expect(counts).toEqual(Object.fromEntries(columns.map((column) => [column, 0])));
});
