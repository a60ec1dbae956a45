import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { packageFolder } from '../../src/disk/paths.js';
import { load } from '../../src/import/load.js';
import { compareSqlAndTypescript } from '../../src/reconcile/sql-and-typescript.js';
import { valuesOf } from '../support/asked.js';
import { testDatabase } from '../support/database.js';

// The example of another service: samples, kinds, attributes, programmes and weights of its own. What is expected is worked by hand
// from examples/adult-probation/inspection/answers.csv.

const database = testDatabase();
const example = (name: string) => path.join(packageFolder, 'examples', 'adult-probation', name);

beforeAll(async () => {
  await load(database.db, [example('edition'), example('inspection')], { newService: true });
});

test('rates its standards from counted and judged key questions, and sums by weights, of 7 times 3 points', async () => {
  const of = "where edition = 'adult example'";
  const standards = `select standard, lowest_percent, driving_key_question, rating, score, weight from analytics.standard_rating ${of} order by 1`;
  expect(await valuesOf(database.db, standards)).toEqual([
    ['P1.1', null, null, 'Good', 2, 1],
    // 7 of 8 and 5 of 8: 62.5%
    ['P2.1', 63, 'P2.1.2', 'Requires improvement', 2, 2],
    // 8 of 8; 4 of the 6 that are not known to be of low risk; 2 of the 3 licences
    ['P2.2', 67, 'P2.2.2', 'Good', 4, 2],
    ['P3.1', 75, 'P3.1.1', 'Good', 2, 1],
    // 3 of 3, and judged lower
    ['P4.1', 100, 'P4.1.2', 'Requires improvement', 1, 1],
  ]);
  const overall = `select programme, score, max_score, rating from analytics.overall_rating ${of}`;
  expect(await valuesOf(database.db, overall)).toEqual([['delivery unit', 11, 21, 'Good']]);
  expect((await compareSqlAndTypescript(database.db)).differences).toEqual([]);
});

test('has its samples and kinds, and no columns of samples that it does not have', async () => {
  const samples = `select sample, cases, cases_by_kind from analytics.inspection_sample
    where edition = 'adult example' order by sample_order`;
  const kinds = 'community_sentence 5, community_order 3, suspended_sentence_order 2, post_release_licence 3';
  const [supervision, ...others] = await valuesOf(database.db, samples);
  expect(supervision).toEqual(['supervision', 8, kinds]);
  expect(others.map(([sample, cases]) => [sample, cases])).toEqual([
    ['unpaid work', 4],
    ['victims', 3],
  ]);
  const columns =
    "select court_cases, out_of_court_cases, resettlement_cases from analytics.inspection where edition = 'adult example'";
  expect(await valuesOf(database.db, columns)).toEqual([[null, null, null]]);
});
