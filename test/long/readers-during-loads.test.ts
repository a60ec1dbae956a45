import { expect, test } from 'vitest';
import { asReader } from '../../src/database/roles.js';
import { runDashboards } from '../support/dashboards.js';
import { testDatabase } from '../support/database.js';
import { seed } from '../support/seed.js';

// DASHBOARD_MINUTES says how long, DASHBOARD_READERS how many.
const database = testDatabase();
const seconds = 60 * Number(process.env.DASHBOARD_MINUTES ?? 3);
const readers = Number(process.env.DASHBOARD_READERS ?? 50);

test('fifty readers look at every view while inspections are replaced', {
  timeout: 1000 * (seconds + 240),
}, async () => {
  const { reads, checked, errors, torn, replaced } = await runDashboards({
    url: database.url,
    readerUrl: asReader(database.url, process.env.YOT_RATINGS_READER_PASSWORD as string),
    readers,
    seconds,
    seed,
  });
  console.log(`${reads} reads, ${checked} of them held against known states; ${replaced} replaced`);
  expect(errors).toEqual([]);
  expect(torn).toEqual([]);
  expect(checked).toBeGreaterThan(readers);
  expect(replaced).toBeGreaterThan(0);
});
