import { expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { whole2021 } from '../support/whole-inspections.js';

const database = testDatabase();
const files = testFolder();

test('the last inspection of a service has gained or lost the points since the one before', async () => {
  await load(database.db, [
    await files.bundle(whole2021({ day: '2022-02-07' })),
    await files.bundle(whole2021({ day: '2024-02-05', judged: { '1.1': 'Inadequate' } })),
  ]);
  const rows = await database.db
    .selectFrom('analytics.service_history')
    .select(['sequence', 'score', 'score_change'])
    .where('is_synthetic', '=', true)
    .orderBy('sequence')
    .execute();
  expect(rows.map((row) => Object.values(row))).toEqual([
    [1, 36, null],
    [2, 33, -3],
  ]);
});
