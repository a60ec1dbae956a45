import { Kysely, type Transaction } from 'kysely';
import { PostgresJSDialect } from 'kysely-postgres-js';
import postgres, { type Sql } from 'postgres';
import type { DB } from './schema.js';
import { sessionName } from './session-name.js';

/** What query functions take: the database, or a transaction on it. */
export type Connection = Kysely<DB> | Transaction<DB>;

// Dates stay the text that they are ('2021-04-26'), and numbers are numbers: keys stay far below 2^53, and
// numeric holds facts of reports (a percentage, a budget).
const types = {
  date: { to: 1082, from: [1082], serialize: (value: string) => value, parse: (value: string) => value },
  int8: { to: 20, from: [20], serialize: String, parse: Number },
  numeric: { to: 1700, from: [1700], serialize: String, parse: Number },
};

/**
 * Opens a pool of connections. Throws nothing by itself: the first query does when the server can't be reached.
 * @param url postgres://user:password@host:port/database
 */
export function connect(
  url: string,
  { max = 4, idleSeconds }: { max?: number; idleSeconds?: number } = {},
): Kysely<DB> {
  return new Kysely<DB>({
    dialect: new PostgresJSDialect({
      postgres: preparing(
        postgres(url, {
          ...databaseOf(url),
          max,
          types,
          connect_timeout: 10,
          ...(idleSeconds !== undefined && { idle_timeout: idleSeconds }),
          onnotice: () => {},
          connection: { application_name: sessionName, DateStyle: 'ISO' } as never,
        }),
      ),
    }),
  });
}

/** The database that a URL names: unlike the other drivers, this one takes the name as it is encoded there ("my%20ratings"). */
function databaseOf(url: string): { database?: string } {
  const name = url.match(/^[^/]*\/\/[^/?]*\/([^?#]+)/)?.[1];
  return name === undefined ? {} : { database: decodeURIComponent(name) };
}

/**
 * A pool that has statements with parameters prepared: of a view that is asked for again on a connection, the server parses and
 * plans the text but a few times, which takes longer than finding an inspection's rows.
 */
function preparing(pool: Sql): Sql {
  const { reserve } = pool;
  return Object.assign(pool, {
    reserve: async () => {
      const connection = await reserve();
      const { unsafe } = connection;
      const prepared: Sql['unsafe'] = (text, parameters, options) =>
        unsafe(text, parameters, { prepare: (parameters?.length ?? 0) > 0, ...options });
      return Object.assign(connection, { unsafe: prepared });
    },
  });
}
