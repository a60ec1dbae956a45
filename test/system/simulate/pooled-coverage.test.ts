import { expect, test } from 'vitest';
import { pooledCoverage } from '../../../scripts/coverage/simulate.js';
import { testDatabase } from '../../support/database.js';

const database = testDatabase();

test('pooled intervals hold the truth about as often as they say, and those of independent answers do not', async () => {
  const found = await pooledCoverage(database.db, { runs: 600, seed: 8 });
  expect(found).toHaveLength(18);
  for (const row of found) {
    const what = JSON.stringify(row);
    // 600 runs: a standard error of 1.6 points at 80%, 0.9 at 95%; fewer than 20 inspections are a little too wide or narrow
    const [slack80, slack95] = row.inspections < 20 ? [9, 6] : [6, 4];
    expect(Math.abs(row.pooled80 - 80), what).toBeLessThan(slack80);
    expect(Math.abs(row.pooled95 - 95), what).toBeLessThan(slack95);
    // of few cases the percentages themselves leap
    expect(row.group80, what).toBeGreaterThan(80 - slack80);
    expect(row.group95, what).toBeGreaterThan(95 - slack95);
    expect(row.plain95, what).toBeLessThan(row.pooled95);
    if (row.correlation === 0.3) expect(row.plain95, what).toBeLessThan(80);
  }
});
