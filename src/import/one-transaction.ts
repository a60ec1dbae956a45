import type { Transaction } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';

/** Deadlock, serialisation, and two loaders that add the same name at once: the second try sees what the other did. */
const collisions = ['40P01', '40001', '23505', '23P01'];
const tries = 5;

/**
 * Does work in one transaction, and does it anew when it collided with another loader's.
 * In a transaction of the caller's it is done as a part of that, and the caller has to end it.
 */
export async function inOneTransaction<T>(
  db: Connection,
  work: (trx: Transaction<DB>) => Promise<T>,
): Promise<T> {
  if (db.isTransaction) return work(db as Transaction<DB>);
  return anewOnCollision(() => db.transaction().execute(work));
}

/** Does work that is a transaction, and does it anew when it collided with another loader's. */
export async function anewOnCollision<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === tries || !collisions.includes((error as { code?: string }).code ?? '')) throw error;
    }
  }
}
