import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { connect } from './connect.js';
import type { Client } from './connection/client.js';
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
  onOwnSession(url, (trx, client) =>
    work(trx, ({ table, columns, options = '' }, lines) =>
      client.inTurn(async () => {
        const into = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin ${options}`));
        await pipeline(Readable.from(inPieces(lines), { objectMode: true }), into);
        return into.rowCount ?? 0;
      }),
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
  onOwnSession(url, async (trx, client) => {
    await sql`set transaction isolation level repeatable read, read only`.execute(trx);
    // What is copied may be much, and nobody waits for it.
    await sql`set local statement_timeout = 0`.execute(trx);
    return work(trx, (statement) => {
      const stream = client.query(copyTo(statement));
      return { bytes: stream, count: () => stream.rowCount ?? 0 };
    });
  });

/** Does work in a transaction on the only connection of a pool. */
async function onOwnSession<T>(
  url: string,
  work: (trx: Transaction<DB>, client: Client) => Promise<T>,
): Promise<T> {
  let client: Client | undefined;
  const db = connect(url, {
    max: 1,
    onConnect: (made) => {
      client = made as Client;
    },
  });
  try {
    return await db.transaction().execute((trx) => work(trx, client as Client));
  } finally {
    await db.destroy();
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
