import { expect, test } from 'vitest';
import { asReader } from '../../../src/database/roles.js';
import { runDashboards } from '../../support/dashboards.js';
import { testDatabase } from '../../support/database.js';
import { testInFull } from '../../support/in-full.js';

// The short run of test/long/readers-during-loads.test.ts.
const database = testDatabase();
const options = () => ({
  url: database.url,
  readerUrl: asReader(database.url, process.env.YOT_RATINGS_READER_PASSWORD as string),
  readers: 8,
  seconds: 6,
  seed: 1,
  inspections: 8,
  think: 100,
});

test('readers see each inspection whole, before or after, while it is replaced', async () => {
  const { checked, reads, replaced, errors, torn } = await runDashboards(options());
  expect(errors).toEqual([]);
  expect(torn).toEqual([]);
  expect(checked).toBeGreaterThan(5);
  expect(reads).toBeGreaterThan(checked);
  expect(replaced).toBeGreaterThan(0);
}, 120_000);

// Tries the test itself.
testInFull(
  'a loader that commits between taking away and writing anew is found out',
  async () => {
    const { torn, errors } = await runDashboards({ ...options(), seed: 2, isTorn: true });
    expect(errors).toEqual([]);
    expect(torn.length).toBeGreaterThan(0);
  },
  120_000,
);
