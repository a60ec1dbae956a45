import { type Kysely, sql } from 'kysely';
import type { DB } from '../../src/database/schema.js';
import type { Running } from './command.js';

/**
 * Waits until a session of a database is at something, told by a condition on pg_stat_activity; false when the command has ended
 * before it was seen: on a crowded machine it may be missed.
 * @param asks a connection to another database of the server
 */
export async function untilIn(
  asks: Kysely<DB>,
  { database, at, running }: { database: string; at: string; running: Running },
): Promise<boolean> {
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  running.ended.then(end, end);
  const isThere = sql`
    select from pg_stat_activity
    where datname = ${database} and state <> 'idle' and (${sql.raw(at)})`;
  while (!hasEnded) if ((await isThere.execute(asks)).rows.length > 0) return true;
  return false;
}
