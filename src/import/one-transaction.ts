import type { Transaction } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { mayBeginAnew, NotYet, waitInQueues } from './queue.js';

/** Deadlock, serialisation, and two loaders that add the same name at once: the second try sees what the other did. */
const collisions = ['40P01', '40001', '23505', '23P01'];
const tries = 5;

/**
 * Does work in one transaction, and does it anew when it collided with another loader's, or had to wait for one. Work that reads what
 * can be read only once (`isOnceOnly`) waits where it is.
 * In a transaction of the caller's it is done as a part of that, and the caller has to end it.
 */
export async function inOneTransaction<T>(
  db: Connection,
  work: (trx: Transaction<DB>) => Promise<T>,
  { isOnceOnly = false }: { isOnceOnly?: boolean } = {},
): Promise<T> {
  if (db.isTransaction) return work(db as Transaction<DB>);
  const waitFor = new Set<string>();
  for (;;) {
    try {
      return await anewOnCollision(() =>
        db.transaction().execute(async (trx) => {
          if (!isOnceOnly) mayBeginAnew(trx);
          if (waitFor.size > 0) await waitInQueues(trx, [...waitFor]);
          return work(trx);
        }),
      );
    } catch (error) {
      if (!(error instanceof NotYet)) throw error;
      for (const subject of error.subjects) waitFor.add(subject);
    }
  }
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
