import { sql, type Transaction } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';

/** Deadlock, serialisation, and two loaders that add the same name at once: the second try sees what the other did. */
const collisions = ['40P01', '40001', '23505', '23P01'];
const tries = 5;

/**
 * Ends a transaction whose turn has not come. It is done anew once it has: who waits holds nothing but places in queues, so that
 * whoever is waited for never waits in turn for a table that was looked at.
 */
class NotYet extends Error {
  constructor(readonly subjects: readonly string[]) {
    super('others are loading the same');
  }
}

/** Transactions whose work can be done anew: told NotYet, it is begun again. */
const patient = new WeakSet<Transaction<DB>>();

/**
 * Does work in one transaction, and does it anew when it collided with another loader's, or had to wait for one. Work that reads what
 * can be read only once (`isOnceOnly`) waits where it is. That of a dry run is looked at and taken back.
 * In a transaction of the caller's it is done as a part of that, whole or not at all, and the caller has to end it.
 */
export async function inOneTransaction<T>(
  db: Connection,
  work: (trx: Transaction<DB>) => Promise<T>,
  { isOnceOnly = false, dryRun = false }: { isOnceOnly?: boolean; dryRun?: boolean } = {},
): Promise<T> {
  if (db.isTransaction) return asAPart(db as Transaction<DB>, work, dryRun);
  const waitFor = new Set<string>();
  for (let attempt = 1; ; ) {
    try {
      return await db.transaction().execute(async (trx) => {
        if (!isOnceOnly) patient.add(trx);
        if (waitFor.size > 0) await waitInQueues(trx, [...waitFor]);
        return dryRun ? asAPart(trx, work, dryRun) : work(trx);
      });
    } catch (error) {
      if (error instanceof NotYet) for (const subject of error.subjects) waitFor.add(subject);
      else if (attempt++ === tries || !collisions.includes((error as { code?: string }).code ?? ''))
        throw error;
    }
  }
}

/** Does work as a part of a transaction: what fails, or is of a dry run, leaves nothing in it. */
async function asAPart<T>(
  trx: Transaction<DB>,
  work: (trx: Transaction<DB>) => Promise<T>,
  dryRun: boolean,
): Promise<T> {
  await sql`savepoint before_load`.execute(trx);
  try {
    const result = await work(trx);
    if (dryRun) await sql`rollback to savepoint before_load`.execute(trx);
    await sql`release savepoint before_load`.execute(trx);
    return result;
  } catch (error) {
    // A connection that is gone has nothing to take back.
    await sql`rollback to savepoint before_load`.execute(trx).catch(() => {});
    throw error;
  }
}

/** The row of core.load_queue that is for loads of many; those before it are for what is loaded one by one. */
const manyQueue = 1024;

const queuesOf = (subjects: readonly string[]) => sql`
  array(
    select distinct (hashtextextended(subject, 0) & ${manyQueue - 1})::integer
    from unnest(${[...subjects]}::text[]) as subject
  )`;

/**
 * Takes the queues of subjects, whatever these are, until the transaction ends: of one subject one transaction goes on at a time.
 * Ends the transaction, to be done anew, when others have one of them and it can be; waits when it can't.
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

/** Takes the queues of subjects, in one order, so that two loaders of many do not wait for each other; waits for whoever has them. */
async function waitInQueues(trx: Transaction<DB>, subjects: readonly string[]): Promise<void> {
  await sql`
    select from core.load_queue where queue = any (${queuesOf(subjects)}) order by queue for update`.execute(
    trx,
  );
}

/** Loads of many inspections queue with each other, whatever they bring: each finds out only by and by what that is. */
export async function queueForMany(trx: Transaction<DB>): Promise<void> {
  await sql`select from core.load_queue where queue = ${manyQueue} for update`.execute(trx);
  // Plans of key checks are made while the tables are small, and kept: they must not read them whole for every row.
  await sql`set local enable_seqscan = off`.execute(trx);
}
