import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DB } from './schema.js';
import { sessionName } from './session-name.js';

/** Streams rows into a table on the session of a transaction. What else is asked of it meanwhile comes after. */
export type Copy = (
  target: { table: string; columns: readonly string[]; options?: string },
  lines: Iterable<string> | AsyncIterable<string>,
) => Promise<void>;

const parsers: Record<number, (text: string) => unknown> = { 20: Number, 1700: Number, 1082: String };

/**
 * Does work in a transaction on a session of its own that can COPY. The session has another driver than the rest
 * (connect.ts), which tells at once of a copy that the server refuses; types come out the same.
 * @param url postgres://user:password@host:port/database
 */
export async function withCopy<T>(
  url: string,
  work: (trx: Transaction<DB>, copy: Copy) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: sessionName,
    connectionTimeoutMillis: 10_000,
    // Like the other driver's: a connection of which the network has forgotten is found out.
    keepAlive: true,
    keepAliveInitialDelayMillis: 60_000,
    options: '-c DateStyle=ISO',
    types: { getTypeParser: (oid, format) => parsers[oid] ?? pg.types.getTypeParser(oid, format) },
  });
  // An error while nothing is asked is met again by the next question.
  client.on('error', () => {});
  // One thing at a time, whoever asks: the driver means to do without a queue of its own.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <R>(work: () => Promise<R>): Promise<R> => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };
  try {
    await client.connect();
    const db = new Kysely<DB>({
      dialect: new PostgresDialect({
        pool: {
          connect: async () =>
            ({
              query: (text: string, values: unknown[]) => inTurn(() => client.query(text, values)),
              release: () => {},
            }) as never,
          end: async () => {},
        },
      }),
    });
    return await db.transaction().execute((trx) =>
      work(trx, ({ table, columns, options = '' }, lines) =>
        inTurn(async () => {
          const into = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin ${options}`));
          await pipeline(Readable.from(inPieces(lines), { objectMode: true }), into);
        }),
      ),
    );
  } catch (error) {
    throw withCode(error);
  } finally {
    await client.end().catch(() => {});
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

/** This driver says in words alone that the connection is gone; the code is what the other one gives. */
function withCode(error: unknown): unknown {
  if (
    error instanceof Error &&
    !('code' in error) &&
    /^(Connection terminated|Client has encountered)/.test(error.message)
  )
    return Object.assign(error, { code: 'CONNECTION_CLOSED' });
  return error;
}

/** A row as a line of COPY's text format. */
export function copyLine(row: Record<string, unknown>, columns: readonly string[]): string {
  return `${columns.map((column) => copyValue(row[column])).join('\t')}\n`;
}

function copyValue(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value !== 'string') return String(value);
  return /[\\\t\n\r]/.test(value) ? value.replaceAll(/[\\\t\n\r]/g, (one) => escapes[one] as string) : value;
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
