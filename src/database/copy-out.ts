import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
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
  const client = new pg.Client({
    connectionString: url,
    application_name: 'yot-ratings',
    connectionTimeoutMillis: 10_000,
    options: '-c DateStyle=ISO',
    types: {
      getTypeParser: (oid, format) => (oid === 20 ? Number : pg.types.getTypeParser(oid, format)),
    },
  });
  // An error while nothing is asked is met again by the next question.
  client.on('error', () => {});
  try {
    await client.connect();
    const db = new Kysely<DB>({
      dialect: new PostgresDialect({
        pool: {
          connect: async () =>
            ({
              query: (text: string, values: unknown[]) => client.query(text, values),
              release: () => {},
            }) as never,
          end: async () => {},
        },
      }),
    });
    return await db
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
      });
  } finally {
    await client.end().catch(() => {});
  }
}
