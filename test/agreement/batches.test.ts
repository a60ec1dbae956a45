import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { compareBatch, inspectionOfBatch } from '../support/agreement-batch.js';
import { testDatabase } from '../support/database.js';

// The short run of test/long/agreement.test.ts: AGREEMENT_BATCHES and AGREEMENT_SEED make it longer, or another.
const database = testDatabase();
const seed = Number(process.env.AGREEMENT_SEED ?? 20_210_804) % 2000;
const batches = Number(process.env.AGREEMENT_BATCHES ?? 2);
const inspections = 60;

test('SQL and TypeScript agree on drawn inspections, whole batches of an edition each', async () => {
  let [decisions, ratings] = [0, 0];
  for (let batch = 0; batch < batches; batch++) {
    const compared = await compareBatch(database.url, { seed, batch, inspections });
    expect(compared.differences.slice(0, 3), `batch ${batch}`).toEqual([]);
    expect(compared.inspections).toBe(inspections);
    decisions += compared.decisions;
    ratings += compared.ratings;
  }
  expect(ratings).toBeGreaterThan(batches * inspections);
  expect(decisions).toBeGreaterThan(ratings);
  // nothing of it stays
  const { rows } = await sql`select from core.edition where edition_code = 'random'`.execute(database.db);
  expect(rows).toEqual([]);
}, 120_000);

test('a drawn inspection is that of its seed and number', () => {
  const batch = { seed: 1, batch: 3, inspections: 1 };
  expect(inspectionOfBatch(batch, 5)).toEqual(inspectionOfBatch({ ...batch, inspections: 9 }, 5));
  expect(inspectionOfBatch(batch, 5)).not.toEqual(inspectionOfBatch(batch, 6));
});
