import { sql } from 'kysely';
import type { Connection } from '../../src/database/connect.js';

/** Counts, rates and records inspections, all or some, as whoever changes their evidence by SQL has to. */
export async function renew(db: Connection, ids?: readonly number[]): Promise<void> {
  await (ids === undefined
    ? sql`select rating.renew()`.execute(db)
    : sql`select rating.renew(${ids}::bigint[])`.execute(db));
}
