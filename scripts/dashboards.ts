import { parseArgs } from 'node:util';
import { withScratchDatabase } from '../src/bench/scratch-database.js';
import { openDatabase } from '../src/database/open.js';
import { runDashboards } from '../test/support/dashboards.js';

// Readers look at dashboards, and hold sums against each other, while a loader loads and replaces inspections:
//   npx tsx scripts/dashboards.ts --minutes 10 --readers 50 --seed 1
// --torn lets the loader do it wrong, so that it can be seen that this is seen. It works in a scratch database on the server of
// DATABASE_URL, or on the embedded one. Exit 1 when there was an error, or a read that was of no one state.
const { values: given } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    readers: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    think: { type: 'string', default: '1500' },
    torn: { type: 'boolean', default: false },
  },
});
const server = await openDatabase();
// one server, one password of the read-only role
if (server.readerUrl) process.env.YOT_RATINGS_READER_PASSWORD ??= new URL(server.readerUrl).password;
try {
  await withScratchDatabase(server.url, async ({ url, readerUrl }) => {
    if (!readerUrl) throw new Error('the read-only role cannot log in here');
    const report = await runDashboards({
      url,
      readerUrl,
      readers: Number(given.readers),
      seconds: 60 * Number(given.minutes),
      seed: Number(given.seed),
      think: Number(given.think),
      isTorn: given.torn,
    });
    const { reads, checked, errors, torn, loads, latencies } = report;
    console.log('view: reads, p50, p90, p99, most, in milliseconds');
    for (const [what, times] of [...latencies].sort()) {
      const sorted = times.toSorted((a, b) => a - b);
      const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] as number);
      console.log(`${what}: ${times.length}, ${[0.5, 0.9, 0.99, 1].map(at).join(', ')}`);
    }
    for (const line of [...new Set(errors)].slice(0, 10)) console.log(`error: ${line}`);
    for (const line of torn.slice(0, 10)) console.log(`torn: ${line}`);
    console.log(
      `${given.readers} readers, ${given.minutes} minutes: ${reads} reads, ${checked} of them held against known states; ` +
        `${loads.added} inspections added, ${loads.replaced} replaced, ${loads.bulk} bulk loads of all; ` +
        `${errors.length} errors, ${torn.length} torn reads`,
    );
    if (errors.length + torn.length > 0) process.exitCode = 1;
  });
} finally {
  await server.close();
}
