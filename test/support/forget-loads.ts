import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { DB } from '../../src/database/schema.js';

const records = [
  'core.load',
  'core.load_file',
  'core.load_remark',
  'core.replaced_rating',
  'core.rating_record',
  'core.recorded_rating',
];

/**
 * Forgets loads as if they had never been, with all that is on record of them: for databases to measure and to test in, where the
 * same is loaded again and again. Only who owns the tables may.
 */
export async function forgetLoads(trx: Transaction<DB>, which: RawBuilder<unknown>): Promise<void> {
  // What is still to be done at the end of the transaction is done now: a table can't be altered before.
  await sql`set constraints all immediate`.execute(trx);
  for (const table of records) await sql`alter table ${sql.table(table)} disable trigger user`.execute(trx);
  await sql`delete from core.load where ${which}`.execute(trx);
  await sql`
    delete from core.rating_record
    where not exists (select from core.inspection where inspection.inspection_id = rating_record.inspection_id)`.execute(
    trx,
  );
  await sql`set constraints all immediate`.execute(trx);
  for (const table of records) await sql`alter table ${sql.table(table)} enable trigger user`.execute(trx);
}

/** Forgets everything that a user has loaded, and the ratings of inspections that are gone: only what is bundled was ever there. */
export const forgetUsersLoads = (db: Kysely<DB>): Promise<void> =>
  db
    .transaction()
    .execute((trx) => forgetLoads(trx, sql`program not like '%bundled%' and kind not in ('views')`));
