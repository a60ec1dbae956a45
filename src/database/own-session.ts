import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from './schema.js';
import { sessionName } from './session-name.js';

/** One session, and what it needs to be asked one thing at a time. */
export interface OwnSession {
  db: Kysely<DB>;
  client: pg.Client;
  /** Does something once all that was asked of the session before is done: the driver means to do without a queue of its own. */
  inTurn: <R>(work: () => Promise<R>) => Promise<R>;
}

const parsers: Record<number, (text: string) => unknown> = { 20: Number, 1700: Number, 1082: String };

/**
 * Does work on a session of its own that can COPY. It has another driver than the rest (connect.ts), which tells at once of
 * a copy that the server refuses; types come out the same, and so do the codes of errors.
 * @param url postgres://user:password@host:port/database
 */
export async function withOwnSession<T>(url: string, work: (session: OwnSession) => Promise<T>): Promise<T> {
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
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <R>(work: () => Promise<R>): Promise<R> => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };
  const connection = {
    query: (text: string, values: unknown[]) => inTurn(() => client.query(text, values)),
    release: () => {},
  };
  try {
    await client.connect();
    const db = new Kysely<DB>({
      dialect: new PostgresDialect({
        pool: { connect: async () => connection as never, end: async () => {} },
      }),
    });
    return await work({ db, client, inTurn });
  } catch (error) {
    throw withCode(error);
  } finally {
    await client.end().catch(() => {});
  }
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
