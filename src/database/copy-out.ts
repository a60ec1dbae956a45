import { sql, type Transaction } from 'kysely';
import { to as copyTo } from 'pg-copy-streams';
import { withOwnSession } from './own-session.js';
import type { DB } from './schema.js';

/** Streams what a COPY … TO STDOUT gives, on the session of a transaction. Nothing else may be asked meanwhile. */
export type CopyOut = (statement: string) => {
  bytes: AsyncIterable<Buffer>;
  /** Rows, once all bytes were read. */
  count: () => number;
};

/**
 * Does work on a session of its own that sees the database as of one moment and changes nothing.
 * @param url postgres://user:password@host:port/database
 */
export async function withCopyOut<T>(
  url: string,
  work: (trx: Transaction<DB>, copyOut: CopyOut) => Promise<T>,
): Promise<T> {
  return withOwnSession(url, ({ db, client }) =>
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (trx) => {
        // What is copied may be much, and nobody waits for it.
        await sql`set local statement_timeout = 0`.execute(trx);
        return work(trx, (statement) => {
          const stream = client.query(copyTo(statement));
          return { bytes: stream, count: () => stream.rowCount ?? 0 };
        });
      }),
  );
}
