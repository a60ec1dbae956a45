import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { Connection } from './connect.js';

/**
 * Reads in several statements as of one moment: what others load meanwhile is not seen in part. A transaction of the caller's is
 * used as it is; at `repeatable read` it has one moment, at `read committed` each statement has its own.
 */
export function atOneMoment<T>(db: Connection, read: (at: Connection) => Promise<T>): Promise<T> {
  if (db.isTransaction) return read(db);
  return db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(read);
}

// biome-ignore lint/suspicious/noExplicitAny: of whatever tables
type Query = SelectQueryBuilder<any, any, any> | RawBuilder<any>;
type RowOf<Asked> =
  // biome-ignore lint/suspicious/noExplicitAny: of whatever tables
  Asked extends SelectQueryBuilder<any, any, infer Row>
    ? Row
    : Asked extends RawBuilder<infer Row>
      ? Row
      : never;

/**
 * Asks several questions in one statement, which sees one moment whatever the transaction that it is in. Rows come as JSON: dates as
 * text, numbers as numbers, whatever the caller's driver makes of them.
 */
export async function together<Asked extends Record<string, Query>>(
  db: Connection,
  asked: Asked,
): Promise<{ [Name in keyof Asked]: RowOf<Asked[Name]>[] }> {
  // offset 0: where tables are distributed, rows that workers put together would lose their order, and the names of their columns
  const lists = Object.values(asked).map((query) => {
    const whole = 'offset' in query ? query.offset(sql<number>`0`) : sql`(${query} offset 0)`;
    return sql`(select coalesce(json_agg(to_json(row)), '[]') from ${whole} as row)`;
  });
  // as text, which every driver leaves alone
  const { rows } = await sql<{
    lists: string;
  }>`select json_build_array(${sql.join(lists)})::text as lists`.execute(db);
  const answers = JSON.parse(rows[0]?.lists ?? '[]') as unknown[];
  return Object.fromEntries(Object.keys(asked).map((name, at) => [name, answers[at]])) as never;
}

/** The rows of one question, as `together` has them. */
export async function rowsAsJson<Asked extends Query>(db: Connection, query: Asked): Promise<RowOf<Asked>[]> {
  return (await together(db, { rows: query })).rows as RowOf<Asked>[];
}
