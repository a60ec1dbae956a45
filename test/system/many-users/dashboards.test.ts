import { expect, test } from 'vitest';
import { asReader } from '../../../src/database/roles.js';
import { runDashboards } from '../../support/dashboards.js';
import { testDatabase } from '../../support/database.js';
import { testInFull, times } from '../../support/in-full.js';
import { seed } from '../../support/seed.js';

// DASHBOARD_MINUTES says how long it takes in full, DASHBOARD_READERS how many look.
const database = testDatabase();
const options = () => ({
  url: database.url,
  readerUrl: asReader(database.url, process.env.YOT_RATINGS_READER_PASSWORD as string),
  readers: times(8, Number(process.env.DASHBOARD_READERS ?? 50)),
  seconds: times(6, 60 * Number(process.env.DASHBOARD_MINUTES ?? 3)),
  inspections: times(8, 24),
  think: times(100, 1500),
  seed,
});

test('readers see each inspection whole, before or after, while it is replaced', {
  timeout: 900_000,
}, async () => {
  const { checked, reads, replaced, errors, torn } = await runDashboards(options());
  console.log(`${reads} reads, ${checked} of them held against known states; ${replaced} replaced`);
  expect(errors).toEqual([]);
  expect(torn).toEqual([]);
  expect(checked).toBeGreaterThan(5);
  expect(replaced).toBeGreaterThan(0);
});

// Tries the test itself.
testInFull(
  'a loader that commits between taking away and writing anew is found out',
  async () => {
    const { torn, errors } = await runDashboards({
      ...options(),
      readers: 8,
      seconds: 6,
      think: 100,
      isTorn: true,
    });
    expect(errors).toEqual([]);
    expect(torn.length).toBeGreaterThan(0);
  },
  120_000,
);
