import { expect, test } from 'vitest';
import { compareBatch, inspectionOfBatch } from '../support/agreement-batch.js';
import { testDatabase } from '../support/database.js';
import { randomKeys } from '../support/random-inspection.js';

// Random inspections, a thousand under each random edition, rated by the views and in TypeScript, and every cell compared.
// AGREEMENT_INSPECTIONS says how many, AGREEMENT_SEED which, AGREEMENT_FROM the batch to begin with.
const database = testDatabase();
const seed = Number(process.env.AGREEMENT_SEED ?? 1);
const from = Number(process.env.AGREEMENT_FROM ?? 0);
const batches = Math.ceil(Number(process.env.AGREEMENT_INSPECTIONS ?? 20_000) / 1000);

test.each(Array.from({ length: batches }, (_, nth) => from + nth))(
  'SQL and TypeScript agree on batch %i',
  { timeout: 300_000 },
  async (batch) => {
    const drawn = { seed, batch, inspections: 1000 };
    const { differences, inspections, ratings, decisions } = await compareBatch(database.db, drawn);
    const [first] = differences;
    const evidence =
      first && inspectionOfBatch(drawn, Number(first.inspection.replace('random-', '')) - randomKeys);
    expect(differences.slice(0, 3), `${differences.length}: ${JSON.stringify(evidence)}`).toEqual([]);
    expect(inspections).toBe(1000);
    expect(ratings).toBeGreaterThan(inspections);
    expect(decisions).toBeGreaterThan(ratings);
  },
);
