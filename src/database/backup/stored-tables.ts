import { sql } from 'kysely';
import type { Connection } from '../connect.js';

/** A table whose rows are data: kept in a backup. */
export interface StoredTable {
  /** core.inspection */
  name: string;
  /** In order, without those that the server computes. */
  columns: string[];
}

/** Schemas whose tables hold data; an older database may lack some. */
export const dataSchemas = ['core', 'core_answer', 'kept'];

/** Tables about the schema itself: made with it, wherever it is made. */
const aboutTheSchema = ['core.made_object', 'core.applied_migration'];

/** Which rows of a table are data, where not all are: rows of views say which views the schema has. */
export const dataRows: Readonly<Record<string, string>> = { 'core.load': "kind <> 'views'" };

/** All tables with data, each after those that it refers to. */
export async function storedTables(db: Connection): Promise<StoredTable[]> {
  const { rows } = await sql<StoredTable & { refers_to: string[] }>`
    select
      table_name.name,
      array(
        select quote_ident(attname)
        from pg_attribute
        where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
        order by attnum
      ) as columns,
      array(
        select distinct format('%I.%I', referred.relnamespace::regnamespace::name, referred.relname)
        from pg_constraint
        join pg_class as referred on referred.oid = confrelid
        where conrelid = pg_class.oid and contype = 'f' and confrelid <> pg_class.oid
      ) as refers_to
    from pg_class
    cross join lateral (
      select format('%I.%I', relnamespace::regnamespace::name, relname) as name
    ) as table_name
    where relkind = 'r'
      and relnamespace::regnamespace::name = any(${dataSchemas})
      and not table_name.name = any(${aboutTheSchema})
    order by table_name.name`.execute(db);
  const ordered: StoredTable[] = [];
  const visit = (name: string): void => {
    const table = rows.find((one) => one.name === name);
    if (!table || ordered.some((one) => one.name === name)) return;
    for (const other of table.refers_to) visit(other);
    ordered.push({ name, columns: table.columns });
  };
  for (const { name } of rows) visit(name);
  return ordered;
}

/** All sequences of these schemas, by name. */
export async function storedSequences(db: Connection): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', relnamespace::regnamespace::name, relname) as name
    from pg_class
    where relkind = 'S' and relnamespace::regnamespace::name = any(${dataSchemas})
    order by 1`.execute(db);
  return rows.map(({ name }) => name);
}
