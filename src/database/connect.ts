import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import Cursor from 'pg-cursor';
import { poolOf } from './connection/pool.js';
import type { DB } from './schema.js';
import type { WatchOptions } from './watch.js';

/** What query functions take: the database, or a transaction on it. */
export type Connection = Kysely<DB> | Transaction<DB>;

export interface PoolOptions {
  max?: number;
  /** After so long a connection that is not used is closed; else it is kept. */
  idleSeconds?: number;
  onWaiting?: WatchOptions['onWaiting'];
}

/** Opens a pool of connections. Throws nothing by itself: the first query does when the server can't be reached. */
export function connect(url: string, options: PoolOptions = {}): Kysely<DB> {
  return new Kysely<DB>({
    dialect: new PostgresDialect({ cursor: Cursor, pool: () => poolOf(url, options) as never }),
  });
}
