import { Kysely, PostgresDialect } from 'kysely';
import { Client, withCode } from './connection/client.js';
import { endpointOf } from './connection/endpoint.js';
import { sessionOn } from './connection/session.js';
import type { DB } from './schema.js';
import { watch } from './watch.js';

/** One session, and what it needs to be asked one thing at a time. */
export interface OwnSession {
  db: Kysely<DB>;
  client: Client;
  /** Does something once all that was asked of the session before is done. */
  inTurn: <R>(work: () => Promise<R>) => Promise<R>;
}

/**
 * Does work on a session of its own that can COPY.
 * @param url postgres://user:password@host:port/database
 */
export async function withOwnSession<T>(url: string, work: (session: OwnSession) => Promise<T>): Promise<T> {
  const client = new Client(await endpointOf(url));
  const { inTurn, query } = sessionOn(client, async () => false);
  const stopWatching = watch(url, { onLost: (error) => client.cut(error) });
  try {
    await client.connect();
    const pool = { connect: async () => ({ query, release: () => {} }), end: async () => {} };
    return await work({
      db: new Kysely<DB>({ dialect: new PostgresDialect({ pool: pool as never }) }),
      client,
      inTurn,
    });
  } catch (error) {
    throw withCode(error);
  } finally {
    stopWatching();
    await client.end().catch(() => {});
  }
}
