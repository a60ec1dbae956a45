import { sql } from 'kysely';
import type { Connection } from './connect.js';

/** A column as the catalogue has it. */
export interface RelationColumn {
  name: string;
  /** PostgreSQL's name of the type: text, integer, double precision, … */
  type: string;
  comment: string | null;
}

/** A table or view with its comment and its columns in order. */
export interface Relation {
  schema: string;
  name: string;
  comment: string | null;
  columns: RelationColumn[];
}

/** Tables and views of schemas, in order of schema and name. */
export async function relations(db: Connection, schemas: readonly string[]): Promise<Relation[]> {
  const { rows } = await sql<Relation>`
    select
      n.nspname as schema,
      c.relname as name,
      obj_description(c.oid, 'pg_class') as comment,
      json_agg(
        json_build_object(
          'name', a.attname,
          'type', format_type(a.atttypid, a.atttypmod),
          'comment', col_description(c.oid, a.attnum)
        )
        order by a.attnum
      ) as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname = any(${schemas}) and c.relkind in ('r', 'v')
    group by n.nspname, c.relname, c.oid
    order by n.nspname, c.relname`.execute(db);
  return rows;
}
