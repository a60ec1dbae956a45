import { beforeAll, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { renew } from '../support/renew.js';

// Standard 2.1, whose lowest key question gives Requires improvement. 6 of 10 is 60%, within five points of Good, and one more yes
// would be 70%: two grounds. 57 of 100 is eight points from Good, and one judgement is one point: no ground.

const database = testDatabase();
const files = testFolder();

beforeAll(async () => {
  const bundle = (service: string, yes: number, relevant: number) =>
    files.bundle(`synthetic: true
service: ${service}
report: {fieldwork_month: "2019-05"}
edition: "2018"
sample: {court_disposals: {cases: ${relevant}}}
standard_ratings: {"2.1": Good}
professional_discretion: [{standard: "2.1", from: Requires improvement, to: Good, reason: It was so decided.}]
key_questions:
  "2.1.1": {relevant_cases: ${relevant}, yes: ${yes}}
  "2.1.2": {relevant_cases: ${relevant}, yes: ${relevant}}
  "2.1.3": {relevant_cases: ${relevant}, yes: ${relevant}}
`);
  await load(database.db, [
    await bundle('Westminster Youth Offending Team', 6, 10),
    await bundle('Wigan Youth Offending Team', 57, 100),
  ]);
});

interface Otherwise {
  from?: string;
  printed?: string;
}

/** How the printed rating of 2.1 stands, when decision or print were other ones. */
const reconciled = (area: string, { from, printed }: Otherwise = {}) =>
  rolledBack(database.db, async (trx) => {
    const invented = trx
      .selectFrom('core.inspection')
      .select('inspection_id')
      .where('is_synthetic', '=', true);
    if (from)
      await trx
        .updateTable('core.panel_decision')
        .set({ from_rating: from })
        .where('inspection_id', 'in', invented)
        .execute();
    if (printed)
      await trx
        .updateTable('core.published_standard_rating')
        .set({ rating: printed })
        .where('inspection_id', 'in', invented)
        .execute();
    await renew(trx);
    return trx
      .selectFrom('analytics.reconciliation')
      .select(['published', 'computed', 'status', 'explanation'])
      .where('area', '=', area)
      .where('is_synthetic', '=', true)
      .where('level', '=', 'standard')
      .execute();
  });

const computed = 'Requires improvement';

test('a decision from what is computed to what is printed explains it, with its grounds', async () => {
  expect(await reconciled('Westminster')).toEqual([
    {
      published: 'Good',
      computed,
      status: 'explained by discretion',
      explanation: '2.1.1 at 60%; grounds: near a boundary, one case flips it',
    },
  ]);
});

test('a decision without a ground explains nothing', async () => {
  expect(await reconciled('Wigan')).toEqual([
    {
      published: 'Good',
      computed,
      status: 'disagrees',
      explanation: '2.1.1 at 57%; there was no ground for discretion',
    },
  ]);
});

test('a decision to another rating than the printed one explains nothing, whatever its grounds', async () => {
  expect(await reconciled('Westminster', { printed: 'Outstanding' })).toEqual([
    { published: 'Outstanding', computed, status: 'disagrees', explanation: 'the panel decided Good' },
  ]);
});

test('a decision from another rating than the computed one explains nothing, whatever its grounds', async () => {
  expect(await reconciled('Westminster', { from: 'Inadequate' })).toEqual([
    {
      published: 'Good',
      computed,
      status: 'disagrees',
      explanation: 'the panel decided from Inadequate, but Requires improvement is computed (2.1.1 at 60%)',
    },
  ]);
});
