import { setTimeout as pause } from 'node:timers/promises';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { Client } from './connection/client.js';
import { endpointOf } from './connection/endpoint.js';
import type { DB } from './schema.js';
import { type WatchOptions, watch } from './watch.js';

/** What query functions take: the database, or a transaction on it. */
export type Connection = Kysely<DB> | Transaction<DB>;

export interface PoolOptions {
  max?: number;
  /** After so long a connection that is not used is closed; else it is kept. */
  idleSeconds?: number;
  onWaiting?: WatchOptions['onWaiting'];
  /** Is told of each connection that is made: a Client, which is not said, as who uses the library need not have the driver's types. */
  onConnect?: (client: object) => void;
}

/** Opens a pool of connections. Throws nothing by itself: the first query does when the server can't be reached. */
export function connect(url: string, options: PoolOptions = {}): Kysely<DB> {
  return new Kysely<DB>({
    dialect: new PostgresDialect({ cursor: Cursor, pool: () => poolOf(url, options) }),
  });
}

async function poolOf(url: string, { max = 4, idleSeconds = 0, onWaiting, onConnect }: PoolOptions) {
  const endpoint = await endpointOf(url);
  const clients = new Set<Client>();
  const pool = new pg.Pool({
    max,
    idleTimeoutMillis: idleSeconds * 1000,
    Client: class extends Client {
      constructor() {
        super(endpoint);
      }
    },
  });
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    clients.add(client as unknown as Client);
    onConnect?.(client);
  });
  pool.on('remove', (client) => clients.delete(client as unknown as Client));
  // What is asked of a server that does not answer any more would never end.
  const stopWatching = watch(url, {
    onWaiting,
    isPaused: () => pool.idleCount === pool.totalCount,
    onLost: (error) => {
      for (const client of clients) client.cut(error);
    },
  });
  return {
    connect: () => pool.connect(),
    end: async () => {
      stopWatching();
      const gone = [...clients].map((client) => new Promise((resolve) => client.once('end', resolve)));
      await pool.end();
      // Who drops the database next finds nobody in it. A server that says no goodbye is not waited for.
      await Promise.race([Promise.all(gone), pause(1000, undefined, { ref: false })]);
    },
  };
}
