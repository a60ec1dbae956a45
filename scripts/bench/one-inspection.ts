import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { OpenDatabase } from '../../src/database/open.js';
import type { DB } from '../../src/database/schema.js';
import { readBundle } from '../../src/import/bundle/bundle.js';
import { answerStatement } from '../../src/import/inspection/answers.js';
import { inspectionRows, rowStatements } from '../../src/import/inspection/rows.js';
import { load } from '../../src/import/load.js';
import { type Place, placesOf } from '../../src/import/place.js';
import { beginSession, soundInspection } from '../../src/import/session.js';
import { deleteInspection } from '../../src/import/write-inspections.js';
import { median } from './side-by-side.js';

/** What one more inspection costs, in milliseconds: medians over several. */
export interface OneInspection {
  answers: number;
  /** From the files to the end of the transaction. */
  total: number;
  /** Reading the files and checking them. */
  read: number;
  /** The server's checks of the foreign keys of all rows. */
  foreignKeys: number;
  /** The primary key of the answers: looked up and written. */
  primaryKey: number;
}

/**
 * Loads each of some bundles on top of what is there. What keys cost is measured apart: the inspection is written anew, and the
 * server explains each statement.
 */
export async function benchOne({ db }: Pick<OpenDatabase, 'db'>, bundles: string[]): Promise<OneInspection> {
  await sql`create table public.unkeyed_answer (like core.answer)`.execute(db);
  const costs: OneInspection[] = [];
  for (const bundle of bundles) {
    const start = performance.now();
    const [loaded] = await load(db, [bundle]);
    const total = performance.now() - start;
    const apart = await db.transaction().execute((trx) => explained(trx, bundle));
    costs.push({ answers: loaded?.answers ?? 0, total, ...apart });
  }
  await sql`drop table public.unkeyed_answer`.execute(db);
  const middle = (of: keyof OneInspection) => median(costs.map((cost) => cost[of]));
  return {
    answers: middle('answers'),
    total: middle('total'),
    read: middle('read'),
    foreignKeys: middle('foreignKeys'),
    primaryKey: middle('primaryKey'),
  };
}

/** Writes a loaded inspection anew, and has the server say what it spends its time on. */
async function explained(
  trx: Transaction<DB>,
  file: string,
): Promise<Pick<OneInspection, 'read' | 'foreignKeys' | 'primaryKey'>> {
  const start = performance.now();
  const session = await beginSession(trx, { origin: 'user' });
  const bundle = await soundInspection(session, await readBundle(file));
  const read = performance.now() - start;
  const [place] = (await placesOf(trx, [bundle])) as [Place];
  const inspectionId = place.key as number;
  await deleteInspection(trx, inspectionId);
  const rows = inspectionRows(bundle, { ...place, inspectionId });
  const answers = answerStatement([{ inspectionId, bundle }]);
  const own = await cost(trx, ...rowStatements([rows]));
  const keyed = await cost(trx, ...answers);
  const moved = await cost(
    trx,
    sql`insert into public.unkeyed_answer select * from core.answer where inspection_id = ${inspectionId}`,
  );
  await trx.deleteFrom('core.answer').where('inspection_id', '=', inspectionId).execute();
  const back = await cost(trx, sql`insert into core.answer select * from public.unkeyed_answer`);
  await sql`truncate public.unkeyed_answer`.execute(trx);
  return {
    read,
    foreignKeys: own.triggers + keyed.triggers,
    primaryKey: Math.max(0, back.rows - moved.rows),
  };
}

/** What statements take at the server, in milliseconds: their triggers, which are the checks of foreign keys, and the rest. */
async function cost(
  trx: Transaction<DB>,
  ...statements: RawBuilder<unknown>[]
): Promise<{ triggers: number; rows: number }> {
  const sum = { triggers: 0, rows: 0 };
  for (const statement of statements) {
    const { rows } = await sql<{
      'QUERY PLAN': Plan[];
    }>`explain (analyze, format json) ${statement}`.execute(trx);
    for (const plan of rows[0]?.['QUERY PLAN'] ?? []) {
      const triggers = plan.Triggers.reduce((time, trigger) => time + (trigger.Time ?? 0), 0);
      sum.triggers += triggers;
      sum.rows += plan['Execution Time'] - triggers;
    }
  }
  return sum;
}

interface Plan {
  'Execution Time': number;
  Triggers: { Time?: number }[];
}
