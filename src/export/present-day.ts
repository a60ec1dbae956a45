import { sql } from 'kysely';
import type { Connection } from '../database/connect.js';

/**
 * Lets "today" in the views be a day of the data, for as long as the transaction takes: what is written of it is the same whenever
 * it is written.
 */
export async function countDaysTo(trx: Connection, day: string): Promise<void> {
  await sql`select set_config('yot_ratings.day', ${day}, true)`.execute(trx);
}
