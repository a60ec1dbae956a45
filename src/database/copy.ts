import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Client, Session } from './connection/client.js';
import { poolOf } from './connection/pool.js';
import type { DB } from './schema.js';

/** Streams rows into a table on the session of a transaction; returns how many. What else is asked of it meanwhile comes after. */
export type Copy = (
  target: { table: string; columns: readonly string[]; options?: string },
  lines: Iterable<string> | AsyncIterable<string>,
) => Promise<number>;

/** Does work in a transaction on a session of its own that can COPY into tables. */
export const withCopy = <T>(
  url: string,
  work: (trx: Transaction<DB>, copy: Copy) => Promise<T>,
): Promise<T> =>
  withOwnSession(url, ({ db, client, inTurn }) =>
    db.transaction().execute((trx) =>
      work(trx, ({ table, columns, options = '' }, lines) =>
        inTurn(async () => {
          const into = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin ${options}`));
          await pipeline(Readable.from(inPieces(lines), { objectMode: true }), into);
          return into.rowCount ?? 0;
        }),
      ),
    ),
  );

/** Streams what a COPY … TO STDOUT gives, on the session of a transaction. Nothing else may be asked meanwhile. */
export type CopyOut = (statement: string) => {
  bytes: AsyncIterable<Buffer>;
  /** Rows, once all bytes were read. */
  count: () => number;
};

/** Does work on a session of its own that sees the database as of one moment and changes nothing. */
export const withCopyOut = <T>(
  url: string,
  work: (trx: Transaction<DB>, copyOut: CopyOut) => Promise<T>,
): Promise<T> =>
  withOwnSession(url, ({ db, client }) =>
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

async function withOwnSession<T>(
  url: string,
  work: (own: { db: Kysely<DB>; client: Client; inTurn: Session['inTurn'] }) => Promise<T>,
): Promise<T> {
  const pool = await poolOf(url, { max: 1 });
  try {
    const { query, release, ...own } = await pool.connect();
    const alone = { connect: async () => ({ query, release: () => {} }), end: async () => {} };
    const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: alone as never }) });
    return await work({ db, ...own }).finally(release);
  } finally {
    await pool.end();
  }
}

/** Characters that go to the server at once. */
const pieceSize = 256 * 1024;

/**
 * Lines in larger pieces. Between two of them the program looks at what the server says: as long as a server takes what
 * it is sent, and be it to throw it away after an error, writing never waits, and nothing else would get a turn.
 */
async function* inPieces(lines: Iterable<string> | AsyncIterable<string>): AsyncIterable<string> {
  let piece = '';
  for await (const line of lines) {
    piece += line;
    if (piece.length < pieceSize) continue;
    yield piece;
    piece = '';
    await turn();
  }
  if (piece !== '') yield piece;
}
