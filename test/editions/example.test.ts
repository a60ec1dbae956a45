import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { packageFolder } from '../../src/paths.js';
import { compareSqlAndTypescript } from '../../src/reconcile/sql-and-typescript.js';
import { testDatabase } from '../support/database.js';

// The example of another service: samples, kinds, attributes, programmes and weights of its own. What is expected is worked by hand
// from examples/adult-probation/inspection/answers.csv.

const database = testDatabase();
const example = (name: string) => path.join(packageFolder, 'examples', 'adult-probation', name);

beforeAll(async () => {
  await load(database.db, [example('edition'), example('inspection')], { newService: true });
});

const ofExample = { edition: 'adult example' };

describe('the adult probation example', () => {
  test('rates its standards from counted and judged key questions', async () => {
    const rows = await database.db
      .selectFrom('analytics.standard_rating')
      .select(['standard', 'lowest_percent', 'driving_key_question', 'rating', 'score', 'weight'])
      .where('edition', '=', ofExample.edition)
      .orderBy('standard')
      .execute();
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['P1.1', null, null, 'Good', 2, 1],
      // 7 of 8 and 5 of 8: 62.5%
      ['P2.1', 63, 'P2.1.2', 'Requires improvement', 2, 2],
      // 8 of 8; 4 of the 6 that are not known to be of low risk; 2 of the 3 licences
      ['P2.2', 67, 'P2.2.2', 'Good', 4, 2],
      ['P3.1', 75, 'P3.1.1', 'Good', 2, 1],
      // 3 of 3, and judged lower
      ['P4.1', 100, 'P4.1.2', 'Requires improvement', 1, 1],
    ]);
  });

  test('sums by weights, of 7 times 3 points', async () => {
    const row = await database.db
      .selectFrom('analytics.overall_rating')
      .select(['programme', 'score', 'max_score', 'rating'])
      .where('edition', '=', ofExample.edition)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ programme: 'delivery unit', score: 11, max_score: 21, rating: 'Good' });
  });

  test('has its samples, kinds and groups of cases', async () => {
    const samples = await database.db
      .selectFrom('analytics.inspection_sample')
      .select(['sample', 'cases', 'cases_by_kind'])
      .where('edition', '=', ofExample.edition)
      .orderBy('sample_order')
      .execute();
    expect(samples.map(({ sample, cases }) => [sample, cases])).toEqual([
      ['supervision', 8],
      ['unpaid work', 4],
      ['victims', 3],
    ]);
    expect(samples[0]?.cases_by_kind).toBe(
      'community_sentence 5, community_order 3, suspended_sentence_order 2, post_release_licence 3',
    );
    const groups = await database.db
      .selectFrom('analytics.subgroup_count')
      .select(['value', 'cases', 'yes', 'no'])
      .where('edition', '=', ofExample.edition)
      .where('key_question', '=', 'P2.2.2')
      .where('attribute', '=', 'sentence')
      .orderBy('value')
      .execute();
    expect(groups.map((row) => Object.values(row))).toEqual([
      ['community_order', 3, 2, 0],
      ['post_release_licence', 3, 2, 1],
      ['suspended_sentence_order', 2, 0, 1],
    ]);
  });

  test('has no columns of samples that it does not have', async () => {
    const row = await database.db
      .selectFrom('analytics.inspection')
      .select(['court_cases', 'out_of_court_cases', 'resettlement_cases', 'programme'])
      .where('edition', '=', ofExample.edition)
      .executeTakeFirstOrThrow();
    expect(Object.values(row)).toEqual([null, null, null, 'delivery unit']);
  });

  test('SQL and TypeScript agree in every cell', async () => {
    const { cells, differences } = await compareSqlAndTypescript(database.db);
    expect(differences).toEqual([]);
    expect(cells).toBeGreaterThan(100);
  });
});
