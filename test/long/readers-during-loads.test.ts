import { expect, test } from 'vitest';
import { asReader } from '../../src/database/roles.js';
import { runDashboards } from '../support/dashboards.js';
import { testDatabase } from '../support/database.js';
import { seed } from '../support/seed.js';

// DASHBOARD_MINUTES says how long, DASHBOARD_READERS how many.
const database = testDatabase();
const seconds = 60 * Number(process.env.DASHBOARD_MINUTES ?? 3);
const readers = Number(process.env.DASHBOARD_READERS ?? 50);

test('fifty readers look at every view while inspections are loaded and replaced', {
  timeout: 1000 * (seconds + 240),
}, async () => {
  const { reads, checked, errors, torn, loads, latencies } = await runDashboards({
    url: database.url,
    readerUrl: asReader(database.url, process.env.YOT_RATINGS_READER_PASSWORD as string),
    readers,
    seconds,
    seed,
    think: 1500,
  });
  console.log('view: reads, half of them in, 99 of 100 in, all in (milliseconds)');
  for (const [view, taken] of [...latencies].sort()) {
    const sorted = taken.toSorted((a, b) => a - b);
    const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] as number);
    console.log(`${view}: ${taken.length}, ${[0.5, 0.99, 1].map(at).join(', ')}`);
  }
  console.log(`${reads} reads, ${checked} of them held against known states;`, loads);
  expect(errors).toEqual([]);
  expect(torn).toEqual([]);
  expect(checked).toBeGreaterThan(readers);
  expect(loads.replaced).toBeGreaterThan(0);
});
