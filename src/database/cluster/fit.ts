import { sql } from 'kysely';
import type { Connection } from '../connect.js';
import { roles } from '../role-names.js';
import { accepted, onWorkers } from './workers.js';

/**
 * What functions and views have to be like where the evidence is distributed; to be done whenever they were made anew.
 *
 * A reader's queries go to the workers as the reader, who may read there what the public views are made of; where he logs in, on the
 * coordinator, he may read nothing else than on a single server. With round-robin no query of his is answered from the coordinator's own
 * copies. Functions by which anybody could have workers run what he likes are the owner's.
 */
export async function fit(db: Connection): Promise<void> {
  const { rows: functions } = await sql<{ statement: string }>`
    select format('alter function %s reset plan_cache_mode', oid::regprocedure) as statement
    from pg_proc
    where pronamespace = 'rating'::regnamespace
      and exists (select from unnest(proconfig) as setting where setting like 'plan_cache_mode=%')
    order by 1`.execute(db);
  const { rows: read } = await sql<{ name: string }>`
    with recursive seen as (
      select c.oid
      from pg_class c
      where c.relnamespace = 'analytics'::regnamespace
        and c.relkind = 'v'
        and has_table_privilege(${roles.reader}, c.oid, 'select')
      union
      select depend.refobjid
      from seen
      join pg_rewrite on ev_class = seen.oid
      join pg_depend as depend
        on depend.classid = 'pg_rewrite'::regclass
        and depend.objid = pg_rewrite.oid
        and depend.refclassid = 'pg_class'::regclass
    )
    select c.oid::regclass::text as name
    from seen
    join pg_class c using (oid)
    join pg_dist_partition on logicalrelid = c.oid
    order by name`.execute(db);
  const { rows: parts } = await sql<{ name: string }>`
    select inhrelid::regclass::text as name
    from pg_inherits
    where inhparent = any(${read.map(({ name }) => name)}::text[]::regclass[])
    order by name`.execute(db);
  // a plan for any inspections is one for no shard in particular
  for (const { statement } of functions) await sql.raw(statement).execute(db);
  // as its owner it would not see on the workers what the loader has just written there
  await sql`alter function rating.record_ratings(bigint[], text, bigint[]) security invoker`.execute(db);
  // To write a row that refers to a copied table, Citus locks that by a worker's own name of it, and asks whether the loader may write to it.
  // There is no row behind that name, and on the coordinator, and to the copies themselves, he still may not.
  const { rows: referred } = await sql<{ names: string | null }>`
    select string_agg(distinct confrelid::regclass::text, ', ') as names
    from pg_constraint
    join pg_dist_partition on logicalrelid = conrelid and partmethod = 'n'
    where contype = 'f' and has_table_privilege(${roles.loader}, conrelid, 'insert')`.execute(db);
  if (referred[0]?.names)
    await onWorkers(db, `grant insert, update, delete on ${referred[0].names} to ${roles.loader}`);
  await onWorkers(db, `grant usage on schema core, kept, rating to ${roles.reader}`);
  for (const { name } of [...read, ...parts])
    await accepted(db, `run_command_on_placements('${name}', 'grant select on %s to ${roles.reader}')`);
}
