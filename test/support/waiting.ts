import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { DB } from '../../src/database/schema.js';

/** Resolves once somebody waits for a lock in this database; fails when the work ends without. */
export async function waitsForLock(db: Kysely<DB>, work: Promise<unknown>): Promise<void> {
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  work.then(end, end);
  while (!hasEnded) {
    const { rows } = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
      db,
    );
    if (rows.length > 0) return;
    await pause(20);
  }
  throw new Error('it did not wait');
}

/** Standard error but for whom a command waited for: on a busy machine, one of two that do the same waits long enough to say so. */
export const withoutWaiting = (stderr: string): string =>
  stderr.replaceAll(/^Waiting: yot-ratings .*\n/gm, '');

/** Resolves once a condition holds. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(5);
}
