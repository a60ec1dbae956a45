import { sql, type Transaction } from 'kysely';
import type { DB } from '../database/schema.js';

/** The row of core.load_queue that is for bulk loads; those before it are for what is loaded one by one. */
const bulkQueue = 1024;

/**
 * Ends a transaction whose turn has not come. It is done anew once it has: who waits holds nothing but places in queues, so that
 * whoever is waited for never waits in turn for a table that was looked at.
 */
export class NotYet extends Error {
  constructor(readonly subjects: readonly string[]) {
    super('others are loading the same');
  }
}

const patient = new WeakSet<Transaction<DB>>();

/** Marks a transaction whose work can be done anew: told NotYet, it is begun again. */
export function mayBeginAnew(trx: Transaction<DB>): void {
  patient.add(trx);
}

/**
 * Takes the queues of subjects, whatever these are, until the transaction ends: of one subject one transaction goes on at a time.
 * Throws NotYet when others have one of them and the transaction can be begun anew; waits when it can't.
 */
export async function lockQueues(trx: Transaction<DB>, subjects: readonly string[]): Promise<void> {
  if (!patient.has(trx)) return waitInQueues(trx, subjects);
  const { rows } = await sql<{ missing: number }>`
    with locked as (
      select queue
      from core.load_queue
      where queue = any (${queuesOf(subjects)})
      for update skip locked
    )
    select cardinality(${queuesOf(subjects)}) - (select count(*) from locked)::integer as missing`.execute(
    trx,
  );
  if (rows[0]?.missing !== 0) throw new NotYet(subjects);
}

/** Takes the queues of subjects, and waits for whoever has them. */
export async function waitInQueues(trx: Transaction<DB>, subjects: readonly string[]): Promise<void> {
  // In one order, so that two loaders of many do not wait for each other.
  await sql`
    select from core.load_queue where queue = any (${queuesOf(subjects)}) order by queue for update`.execute(
    trx,
  );
}

const queuesOf = (subjects: readonly string[]) => sql`
  array(
    select distinct (hashtextextended(subject, 0) & ${bulkQueue - 1})::integer
    from unnest(${[...subjects]}::text[]) as subject
  )`;

/** Bulk loads queue with each other, whatever they bring: each finds out only by and by what that is. */
export async function queueInBulk(trx: Transaction<DB>): Promise<void> {
  await sql`select from core.load_queue where queue = ${bulkQueue} for update`.execute(trx);
}
