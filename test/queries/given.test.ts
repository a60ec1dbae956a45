import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { givenOfContextFact } from '../../src/queries/context-fact.js';
import { givenOfDiscretionTrend } from '../../src/queries/discretion-trend.js';
import { givenOfFactComparison } from '../../src/queries/fact-comparison.js';
import { givenOfFinding } from '../../src/queries/finding.js';
import { givenOfKeyQuestionResult } from '../../src/queries/key-question-result.js';
import { givenOfKeyQuestionTrend } from '../../src/queries/key-question-trend.js';
import { givenOfLeagueTable } from '../../src/queries/league-table.js';
import { givenOfOverallRating } from '../../src/queries/overall-rating.js';
import { givenOfPromptResult } from '../../src/queries/prompt-result.js';
import { givenOfPublishedTotal } from '../../src/queries/published-total.js';
import { givenOfQuestionPair } from '../../src/queries/question-pair.js';
import { givenOfQuestionPairTrend } from '../../src/queries/question-pair-trend.js';
import { givenOfRatingDriver } from '../../src/queries/rating-driver.js';
import { givenOfRatingTrend } from '../../src/queries/rating-trend.js';
import { givenOfRatingVersion } from '../../src/queries/rating-version.js';
import { givenOfRecommendation } from '../../src/queries/recommendation.js';
import { givenOfService } from '../../src/queries/service.js';
import { givenOfServiceAuthority } from '../../src/queries/service-authority.js';
import { givenOfServiceComparison } from '../../src/queries/service-comparison.js';
import { givenOfServiceHistory } from '../../src/queries/service-history.js';
import { givenOfStandardDistance } from '../../src/queries/standard-distance.js';
import { givenOfStandardHistory } from '../../src/queries/standard-history.js';
import { givenOfStandardRating } from '../../src/queries/standard-rating.js';
import { givenOfStandardTrend } from '../../src/queries/standard-trend.js';
import { givenOfSubgroupResult } from '../../src/queries/subgroup-result.js';
import { givenOfSubgroupTrend } from '../../src/queries/subgroup-trend.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';

const database = testDatabase();
const files = testFolder();

beforeAll(async () => {
  const onlyRatings = `synthetic: true
service: Wigan Youth Offending Team
report: {published: 2020, fieldwork_month: "2020-03"}
edition: "2018"
standard_ratings: {"1.1": Good}
`;
  await load(database.db, [await files.bundle(onlyRatings)]);
  await loadProgramme(database, { inspections: 8 });
});

test.each([
  ['overall_rating', givenOfOverallRating],
  ['standard_rating', givenOfStandardRating],
  ['key_question_result', givenOfKeyQuestionResult],
  ['prompt_result', givenOfPromptResult],
  ['subgroup_result', givenOfSubgroupResult],
  ['subgroup_trend', givenOfSubgroupTrend],
  ['service_history', givenOfServiceHistory],
  ['service', givenOfService],
  ['service_authority', givenOfServiceAuthority],
  ['standard_history', givenOfStandardHistory],
  ['rating_trend', givenOfRatingTrend],
  ['standard_trend', givenOfStandardTrend],
  ['key_question_trend', givenOfKeyQuestionTrend],
  ['rating_version', givenOfRatingVersion],
  ['recommendation', givenOfRecommendation],
  ['finding', givenOfFinding],
  ['context_fact', givenOfContextFact],
  ['standard_distance', givenOfStandardDistance],
  ['service_comparison', givenOfServiceComparison],
  ['rating_driver', givenOfRatingDriver],
  ['question_pair', givenOfQuestionPair],
  ['question_pair_trend', givenOfQuestionPairTrend],
  ['published_total', givenOfPublishedTotal],
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
