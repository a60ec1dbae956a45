import { expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { overallRating, standardRating } from '../../src/queries/of-inspections.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { whole2021 } from '../support/whole-inspections.js';

const database = testDatabase();
const files = testFolder();

test('an inspection whose ratings were revised twice has one row still, and one for each standard', async () => {
  // 36, 34 and 33 of 36, with 1.1 Outstanding, Requires improvement and Inadequate
  for (const rating of ['Outstanding', 'Requires improvement', 'Inadequate'])
    await load(database.db, [await files.bundle(whole2021({ judged: { '1.1': rating } }))]);
  const overall = (await overallRating(database.db, { synthetic: 'both' })).filter((row) => row.is_synthetic);
  expect(overall.map(({ score, marker }) => [score, marker])).toEqual([[33, '[r]']]);
  const standards = (await standardRating(database.db, { synthetic: 'both' })).filter(
    (row) => row.is_synthetic,
  );
  expect(standards).toHaveLength(13);
  const revised = standards.filter(({ marker }) => marker !== null);
  expect(revised.map(({ standard, rating, marker }) => [standard, rating, marker])).toEqual([
    ['1.1', 'Inadequate', '[r]'],
  ]);
  // what stayed as it was through all three is one version, what did not is three
  const versions = await database.db
    .selectFrom('analytics.rating_version')
    .select(['standard', 'version', 'rating'])
    .where('is_synthetic', '=', true)
    .where('standard', 'in', ['1.1', '1.2'])
    .where('rating', 'is not', null)
    .orderBy('standard')
    .orderBy('version')
    .execute();
  expect(versions.map(({ standard, version }) => `${standard} version ${version}`)).toEqual([
    '1.1 version 1',
    '1.1 version 2',
    '1.1 version 3',
    '1.2 version 1',
  ]);
});
