import { type Insertable, type RawBuilder, sql, type Transaction } from 'kysely';
import type { DB } from '../database/schema.js';

/** A row to be written; what is undefined, or left out where another row has it, becomes NULL. */
export type Row<Table extends keyof DB> = {
  [Column in keyof Insertable<DB[Table]>]:
    | Insertable<DB[Table]>[Column]
    | (null extends Insertable<DB[Table]>[Column] ? undefined : never);
};

/** The statement that writes rows into a table; none without rows. It has one parameter for the server to parse, not one a cell. */
export function putStatement<Table extends keyof DB & string>(
  table: Table,
  rows: readonly Row<Table>[],
): RawBuilder<unknown>[] {
  if (rows.length === 0) return [];
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = sql.join(names.map((name) => sql.ref(name)));
  return [
    sql`
      insert into ${sql.table(table)} (${columns})
      select ${columns}
      from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::text::json)`,
  ];
}

/** Writes rows into a table (see putStatement). */
export async function put<Table extends keyof DB & string>(
  trx: Transaction<DB>,
  table: Table,
  rows: readonly Row<Table>[],
): Promise<void> {
  for (const statement of putStatement(table, rows)) await statement.execute(trx);
}
