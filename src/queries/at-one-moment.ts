import type { SelectQueryBuilder } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { Connection } from '../database/connect.js';

/**
 * Reads in several statements as of one moment: what others load meanwhile is not seen in part. A transaction of the caller's is
 * used as it is; at `repeatable read` it has one moment, at `read committed` each statement has its own.
 */
export function atOneMoment<T>(db: Connection, read: (at: Connection) => Promise<T>): Promise<T> {
  if (db.isTransaction) return read(db);
  return db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(read);
}

// biome-ignore lint/suspicious/noExplicitAny: of whatever tables
type Query = SelectQueryBuilder<any, any, any>;
// biome-ignore lint/suspicious/noExplicitAny: of whatever tables
type RowOf<Asked> = Asked extends SelectQueryBuilder<any, any, infer Row> ? Row : never;

/**
 * Asks several questions in one statement, which sees one moment whatever the transaction that it is in. Rows come as JSON: dates as
 * text, numbers as numbers, whatever the caller's driver makes of them.
 */
export async function together<Asked extends Record<string, Query>>(
  db: Connection,
  asked: Asked,
): Promise<{ [Name in keyof Asked]: RowOf<Asked[Name]>[] }> {
  const lists = Object.entries(asked).map(([name, query]) => jsonArrayFrom(query).as(name));
  return (await db.selectNoFrom(lists).executeTakeFirstOrThrow()) as never;
}
