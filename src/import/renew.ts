import { sql, type Transaction } from 'kysely';
import type { DB } from '../database/schema.js';

/**
 * Has the server count, rate and record loaded inspections, each with the key of the load that brought it. Nothing of it is computed
 * here: the views of schema rating do, by rating.renew. To be called when all rows of the inspections are written, in the
 * transaction that wrote them, while nobody else can load these inspections.
 */
export async function renew(trx: Transaction<DB>, loads: ReadonlyMap<number, number>): Promise<void> {
  if (loads.size === 0) return;
  await sql`
    select rating.renew(${[...loads.keys()]}::bigint[], 'loaded', ${[...loads.values()]}::bigint[])`.execute(
    trx,
  );
}

/** Has the server rate all inspections of an edition under its rules as they are now. */
export async function rateEdition(trx: Transaction<DB>, edition: string, loadId: number): Promise<void> {
  await sql`select rating.rate_edition(${edition}, ${loadId})`.execute(trx);
}
