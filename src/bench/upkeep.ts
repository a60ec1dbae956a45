import type { Transaction } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { openBundle } from '../import/bundle/bundle.js';
import { inspectionRows } from '../import/inspection/rows.js';
import { answerStatements, insertStatement, keyOf } from '../import/inspection/write.js';
import { resultsOf } from '../import/results/keep.js';
import { resultTables } from '../import/results/result-rows.js';
import { beginSession, editionOf, settle, soundBundle } from '../import/session.js';
import { refreshTally } from './plain-views.js';
import { median } from './side-by-side.js';

/** What keeping results costs at each load, in milliseconds: medians over several inspections. */
export interface UpkeepBench {
  /** Computing an inspection's results, and writing them. */
  results: number;
  /** Of that the computing. */
  computing: number;
  /** Reading and checking its files. */
  reading: number;
  /** Writing its answers. */
  answers: number;
  /** Refreshing a materialised view of the tally after it has come. */
  refresh: number;
}

/**
 * Writes answers and results of loaded bundles anew, one by one; after the first few of them a materialised view of the
 * tally is refreshed.
 */
export async function benchUpkeep(
  db: Connection,
  bundles: string[],
  refreshes: number,
): Promise<UpkeepBench> {
  const costs: Omit<UpkeepBench, 'refresh'>[] = [];
  const refreshed: number[] = [];
  for (const [at, bundle] of bundles.entries()) {
    costs.push(await db.transaction().execute((trx) => writtenAnew(trx, bundle)));
    if (at >= refreshes) continue;
    const start = performance.now();
    await refreshTally(db);
    refreshed.push(performance.now() - start);
  }
  const middle = (of: 'results' | 'computing' | 'reading' | 'answers') =>
    median(costs.map((cost) => cost[of]));
  return {
    results: middle('results'),
    computing: middle('computing'),
    reading: middle('reading'),
    answers: middle('answers'),
    refresh: median(refreshed),
  };
}

async function writtenAnew(trx: Transaction<DB>, file: string): Promise<Omit<UpkeepBench, 'refresh'>> {
  let start = performance.now();
  const lap = () => {
    const [from, now] = [start, performance.now()];
    start = now;
    return now - from;
  };
  const session = await beginSession(trx, { newService: false });
  const bundle = await soundBundle(session, await openBundle(file));
  const reading = lap();

  const service = await settle(session, bundle.resolution);
  const inspectionId = await keyOf(trx, service, bundle.dates.asOf);
  if (inspectionId === undefined) throw new Error(`${file} is not loaded`);
  for (const table of ['core.answer', ...resultTables] as const)
    await trx.deleteFrom(table).where('inspection_id', '=', inspectionId).execute();
  const rows = inspectionRows(bundle, {
    inspectionId,
    service,
    code: `${service.code}-${bundle.dates.asOf}`,
  });
  const edition = await editionOf(session, bundle.framework.edition);

  lap();
  for (const statement of answerStatements(inspectionId, bundle.sheets)) await statement.execute(trx);
  const answers = lap();
  const results = resultsOf(bundle, rows, { inspectionId, edition });
  const computing = lap();
  await insertStatement(resultTables, results).execute(trx);
  return { results: computing + lap(), computing, reading, answers };
}
