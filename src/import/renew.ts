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

/** Has the server count the answers of all inspections of an edition, and group their cases, as the edition has it now. */
export async function countAnswers(trx: Transaction<DB>, edition: string): Promise<void> {
  await sql`
    select rating.count_answers(array(select inspection_id from core.inspection where edition_code = ${edition}))`.execute(
    trx,
  );
}

/** Has the server rate all inspections of an edition under its rules as they are now. */
export async function rateEdition(trx: Transaction<DB>, edition: string, loadId: number): Promise<void> {
  await sql`select rating.rate_edition(${edition}, ${loadId})`.execute(trx);
}

/**
 * Does work that changes many rules of an edition, without its inspections being rated anew after each. What is kept of the rules is
 * what they are then; the inspections are for the caller to have rated (rateEdition).
 */
export async function withRulesChanging(
  trx: Transaction<DB>,
  edition: string,
  work: () => Promise<void>,
): Promise<void> {
  await sql`select set_config('yot_ratings.loads_edition', 'on', true)`.execute(trx);
  await work();
  await sql`select set_config('yot_ratings.loads_edition', '', true), rating.keep_rules(${edition})`.execute(
    trx,
  );
}
