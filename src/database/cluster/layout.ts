import { sql } from 'kysely';
import type { Connection } from '../connect.js';

/** Where tables go. */
export interface Layout {
  /** Distributed by inspection_id, those of one inspection to one shard. */
  byInspection: string[];
  /** Copied to every server. */
  copied: string[];
}

/**
 * Where the tables go, as the catalogue has it. Evidence and counts have the inspection in their primary key. core.inspection hands these
 * keys out: it is copied, a row an inspection, so that its code, its service and its day stay unique whoever writes them, and
 * a trigger there still notices what is taken away. Records of loads and what the program keeps of itself stay on the
 * coordinator, with their triggers and policies: no view joins them to evidence row by row. All else is copied.
 */
export async function layoutOf(db: Connection): Promise<Layout> {
  const { rows } = await sql<{ name: string; by_inspection: boolean }>`
    with recursive own as (
      select oid, relnamespace
      from pg_class
      where relnamespace in ('core'::regnamespace, 'kept'::regnamespace)
        and relkind in ('r', 'p')
        and not relispartition
    ),
    tied as (
      select conrelid as one, confrelid as other from pg_constraint where contype = 'f'
      union
      select confrelid, conrelid from pg_constraint where contype = 'f'
    ),
    recorded as (
      select 'core.load'::regclass::oid as oid
      union
      select other from recorded join tied on one = recorded.oid
    ),
    read as (
      select own.oid
      from own
      join pg_depend as depend on depend.refobjid = own.oid and depend.refclassid = 'pg_class'::regclass
      where depend.classid = 'pg_rewrite'::regclass
      union
      select other from read join tied on one = read.oid
    )
    select
      own.oid::regclass::text as name,
      exists (
        select
        from pg_index
        join pg_attribute on attrelid = indrelid and attnum = any(indkey)
        where indrelid = own.oid and indisprimary and attname = 'inspection_id' and attidentity = ''
      ) as by_inspection
    from own
    where oid in (select oid from read) and oid not in (select oid from recorded)
    order by name`.execute(db);
  const named = (which: boolean) => rows.filter(({ by_inspection }) => by_inspection === which);
  return {
    byInspection: named(true).map(({ name }) => name),
    copied: named(false).map(({ name }) => name),
  };
}
