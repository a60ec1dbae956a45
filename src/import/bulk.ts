import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import { withCopy } from '../database/copy.js';
import { type Arrival, knownBundles, receive, Twins, type Way } from './arrival.js';
import { BulkWriter } from './bulk-writer.js';
import { Failures } from './failures.js';
import type { Loaded } from './load.js';
import { anewOnCollision } from './one-transaction.js';
import { queueInBulk } from './queue.js';
import { beginSession } from './session.js';

/**
 * Loads many inspections in one transaction, by COPY. Files are read while the server works on those before them. Loaders of
 * other inspections go on side by side, but while keys are made.
 * Throws a UserError with every problem of every bundle.
 */
export const loadInBulk = (url: string, arrivals: Arrival[], way: Way): Promise<Loaded[]> =>
  anewOnCollision(() => loadOnce(url, arrivals, way));

function loadOnce(url: string, arrivals: Arrival[], way: Way): Promise<Loaded[]> {
  return withCopy(url, async (trx, copy) => {
    await queueInBulk(trx);
    // Plans of key checks are made while the tables are small, and kept: they must not read them whole for every row.
    await sql`set local enable_seqscan = off`.execute(trx);
    const session = await beginSession(trx, { ...way, isForMany: true });
    const [failures, twins] = [new Failures(), new Twins()];
    const known = await knownBundles(trx);
    const writer = new BulkWriter(session, copy, way);
    const unchanged: Loaded[] = [];
    const progress = { bundles: 0, of: arrivals.length, answers: 0 };
    try {
      await takeAll();
      failures.throwIfAny();
      const written = await writer.end();
      const order = new Map(arrivals.map(({ name }, at) => [name, at]));
      const place = ({ name }: Loaded) => order.get(name) ?? 0;
      return [...unchanged, ...written].sort((a, b) => place(a) - place(b));
    } finally {
      // What the writer still has to do is of this transaction: it must not come after its end.
      await writer.settled();
    }

    async function takeAll(): Promise<void> {
      for (const arrival of arrivals) {
        await failures.collect(arrival.name, async () => {
          const received = await receive(arrival, { session, twins, known });
          if ('outcome' in received) unchanged.push(received);
          // Once something is wrong with one, the others are only checked.
          else if (!failures.any) await writer.take(received);
        });
        // Reading keeps the program busy: the writer gets its turn, or the server would wait.
        await turn();
        progress.bundles++;
        way.onProgress?.({ ...progress, answers: writer.answers });
      }
    }
  });
}
