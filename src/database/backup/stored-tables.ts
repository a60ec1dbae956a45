import { sql } from 'kysely';
import type { Connection } from '../connect.js';
import type { Sequences } from './archive.js';

/** A table whose rows are data: kept in a backup. */
export interface StoredTable {
  /** core.inspection */
  name: string;
  /** In order, without those that the server computes. */
  columns: string[];
}

const dataSchemas = ['core', 'core_answer', 'kept'];

/** Tables about the schema itself: made with it, wherever it is made. */
const aboutTheSchema = ['core.made_object', 'core.applied_migration'];

/** Which rows of a table are data, where not all are: rows of views say which views the schema has. */
export const dataRows: Readonly<Record<string, string>> = { 'core.load': "kind <> 'views'" };

/** All tables with data, each after those that it refers to. */
export async function storedTables(db: Connection): Promise<StoredTable[]> {
  const { rows } = await sql<StoredTable>`
    with recursive stored as (
      select oid, format('%I.%I', relnamespace::regnamespace::name, relname) as name
      from pg_class
      where relkind = 'r' and relnamespace::regnamespace::name = any(${dataSchemas})
    ),
    refers as (
      select distinct conrelid as one, confrelid as other
      from pg_constraint
      where contype = 'f' and conrelid <> confrelid and confrelid in (select oid from stored)
    ),
    -- how many references lead from a table to the last
    depth as (
      select oid, 0 as steps from stored
      union
      select one, steps + 1 from depth join refers on other = oid
    )
    select
      name,
      array(
        select quote_ident(attname)
        from pg_attribute
        where attrelid = stored.oid and attnum > 0 and not attisdropped and attgenerated = ''
        order by attnum
      ) as columns
    from stored
    join depth using (oid)
    where not name = any(${aboutTheSchema})
    group by name, stored.oid
    order by max(steps), name`.execute(db);
  return rows;
}

/** The last value of every sequence of these schemas that was called. */
export async function storedSequences(db: Connection): Promise<Sequences> {
  const { rows } = await sql<{ name: string; value: number }>`
    select format('%I.%I', schemaname, sequencename) as name, last_value as value
    from pg_sequences
    where schemaname = any(${dataSchemas}) and last_value is not null
    order by 1`.execute(db);
  return Object.fromEntries(rows.map(({ name, value }) => [name, { value, called: true }]));
}
