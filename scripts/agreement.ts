import { parseArgs } from 'node:util';
import { withScratchDatabase } from '../src/bench/scratch-database.js';
import { openDatabase } from '../src/database/open.js';
import {
  type Batch,
  compareBatch,
  editionOfBatch,
  inspectionOfBatch,
} from '../test/support/agreement-batch.js';
import { randomKeys } from '../test/support/random-inspection.js';

// Rates random inspections under random editions by the views and in TypeScript, and compares every cell:
//   npx tsx scripts/agreement.ts --inspections 1000000 --seed 1
// A run that was stopped goes on with --from and the batch that it named last. What differs is one batch of that seed:
//   npx tsx scripts/agreement.ts --seed 1 --from 17 --inspections 1000 --show 523
// It works in a scratch database on the server of DATABASE_URL, or on the embedded one. Exit 1 when anything differs.
const { values: given } = parseArgs({
  options: {
    inspections: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    'per-edition': { type: 'string', default: '1000' },
    from: { type: 'string', default: '0' },
    minutes: { type: 'string' },
    show: { type: 'string' },
  },
});
const [wanted, seed, size, from] = [given.inspections, given.seed, given['per-edition'], given.from].map(
  Number,
) as [number, number, number, number];
const until = given.minutes === undefined ? Number.POSITIVE_INFINITY : 60_000 * Number(given.minutes);
const sum = { inspections: 0, editions: 0, decisions: 0, ratings: 0, cells: 0 };
const start = performance.now();

if (given.show === undefined) await run();
else {
  const batch = { seed, batch: from, inspections: size };
  console.log(
    JSON.stringify(
      { edition: editionOfBatch(batch), inspection: inspectionOfBatch(batch, Number(given.show)) },
      null,
      1,
    ),
  );
}

async function run(): Promise<void> {
  const server = await openDatabase();
  try {
    await withScratchDatabase(server.url, async ({ url }) => {
      for (let number = from; sum.inspections < wanted && performance.now() - start < until; number++) {
        const batch = { seed, batch: number, inspections: Math.min(size, wanted - sum.inspections) };
        if (!(await isAgreed(url, batch, server.isEmbedded))) return;
        if (sum.editions % 10 === 0) tell(number);
      }
      tell(from + sum.editions - 1);
    });
  } finally {
    await server.close();
  }
}

async function isAgreed(url: string, batch: Batch, isEmbedded: boolean): Promise<boolean> {
  // on a server of somebody else's we may not be allowed to do without the server's checks
  const { differences, ...counts } = await compareBatch(url, batch, { isChecked: !isEmbedded });
  sum.editions++;
  for (const what of ['inspections', 'decisions', 'ratings', 'cells'] as const) sum[what] += counts[what];
  const [first] = differences;
  if (!first) return true;
  const number = Number(first.inspection.replace('random-', '')) - randomKeys;
  console.log(
    `Batch ${batch.batch}: ${differences.length} cells differ; the first is of inspection ${number}, ${first.cell}: ` +
      `SQL ${first.sql}, TypeScript ${first.typescript}.\n` +
      `  npx tsx scripts/agreement.ts --seed ${seed} --from ${batch.batch} --inspections ${batch.inspections}\n` +
      `shows it again; --show ${number} its evidence and its edition's rules.`,
  );
  process.exitCode = 1;
  return false;
}

function tell(batch: number): void {
  const seconds = (performance.now() - start) / 1000;
  const counted = Object.entries(sum).map(([what, count]) => `${count.toLocaleString('en-GB')} ${what}`);
  console.log(
    `${counted.join(', ')}: no difference; batches ${from} to ${batch} of seed ${seed}, ` +
      `${seconds.toFixed(0)} s, ${(sum.inspections / seconds).toFixed(0)} inspections a second`,
  );
}
