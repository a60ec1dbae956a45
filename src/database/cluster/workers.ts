import { type Kysely, sql } from 'kysely';
import type { Connection } from '../connect.js';
import { roles } from '../role-names.js';
import type { DB } from '../schema.js';
import { accepted } from './fit.js';

/** A database of Citus, as its coordinator knows it. */
export interface Cluster {
  workers: number;
  /** Whether the evidence lies on the workers (db distribute). */
  isDistributed: boolean;
}

/** The cluster whose coordinator a database is on; undefined on a single server, Citus or not. */
export async function clusterOf(db: Connection): Promise<Cluster | undefined> {
  const { rows: there } = await sql<{ found: boolean }>`
    select to_regclass('pg_catalog.pg_dist_node') is not null as found`.execute(db);
  if (!there[0]?.found) return undefined;
  const { rows } = await sql<Cluster & { is_coordinator: boolean }>`
    select
      (count(*) filter (where noderole = 'primary' and groupid <> 0))::integer as workers,
      (select groupid from pg_dist_local_group) = 0 as is_coordinator,
      exists (
        select from pg_dist_partition where logicalrelid = to_regclass('core.answer')
      ) as "isDistributed"
    from pg_dist_node
    where isactive`.execute(db);
  const { is_coordinator, ...cluster } = rows[0] as (typeof rows)[0];
  return cluster.workers > 0 && is_coordinator ? cluster : undefined;
}

/**
 * Has the workers know the roles that the coordinator knows already. Citus tells them of a role when it is made in a database of
 * its own; a role belongs to the whole server, and may have been made in another one.
 */
export async function knowRoles(db: Kysely<DB>): Promise<void> {
  if (!(await clusterOf(db))) return;
  const { rows } = await sql<{ role: string }>`
    select rolname as role from pg_roles where rolname = any(${Object.values(roles)}::text[])`.execute(db);
  for (const { role } of rows)
    await accepted(
      db,
      `select result from run_command_on_workers($run$do $do$ begin
        set local citus.enable_ddl_propagation = off;
        if not exists (select from pg_roles where rolname = '${role}') then create role ${role}; end if;
      end $do$$run$) where not success`,
    );
}
