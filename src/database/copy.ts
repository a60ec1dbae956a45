import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import { from as copyFrom } from 'pg-copy-streams';
import { withOwnSession } from './own-session.js';
import type { DB } from './schema.js';

/** Streams rows into a table on the session of a transaction. What else is asked of it meanwhile comes after. */
export type Copy = (
  target: { table: string; columns: readonly string[]; options?: string },
  lines: Iterable<string> | AsyncIterable<string>,
) => Promise<void>;

/**
 * Does work in a transaction on a session of its own that can COPY.
 * @param url postgres://user:password@host:port/database
 */
export async function withCopy<T>(
  url: string,
  work: (trx: Transaction<DB>, copy: Copy) => Promise<T>,
): Promise<T> {
  return withOwnSession(url, ({ db, client, inTurn }) =>
    db.transaction().execute((trx) =>
      work(trx, ({ table, columns, options = '' }, lines) =>
        inTurn(async () => {
          const into = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin ${options}`));
          await pipeline(Readable.from(inPieces(lines), { objectMode: true }), into);
        }),
      ),
    ),
  );
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

/** A row as a line of COPY's text format. */
export function copyLine(row: Record<string, unknown>, columns: readonly string[]): string {
  return `${columns.map((column) => copyValue(row[column])).join('\t')}\n`;
}

function copyValue(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'object') return copyValue(JSON.stringify(value));
  if (typeof value !== 'string') return String(value);
  return /[\\\t\n\r]/.test(value) ? value.replaceAll(/[\\\t\n\r]/g, (one) => escapes[one] as string) : value;
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
