import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { DB } from '../../src/database/schema.js';

/** Waits until a session of the database waits for a lock; fails when none does for long. */
export async function untilSomebodyWaits(db: Kysely<DB>): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const { rows } = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
      db,
    );
    if (rows.length > 0) return;
    await pause(50);
  }
  throw new Error('nobody waits for a lock');
}

/** Standard error but for whom a command waited for: on a busy machine, one of two that do the same waits long enough to say so. */
export const withoutWaiting = (stderr: string): string =>
  stderr.replaceAll(/^Waiting: Another run of this program .*\n/gm, '');
