import { Kysely, type Transaction } from 'kysely';
import { PostgresJSDialect } from 'kysely-postgres-js';
import postgres from 'postgres';
import type { DB } from './schema.js';

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
      postgres: postgres(url, {
        max,
        types,
        connect_timeout: 10,
        ...(idleSeconds !== undefined && { idle_timeout: idleSeconds }),
        onnotice: () => {},
        connection: { application_name: 'yot-ratings', DateStyle: 'ISO' } as never,
      }),
    }),
  });
}
