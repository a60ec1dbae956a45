import { type Kysely, sql } from 'kysely';
import { exitCode, UserError } from '../../problem.js';
import type { Connection } from '../connect.js';
import { roles } from '../role-names.js';
import type { DB } from '../schema.js';

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
    await onWorkers(
      db,
      `if not exists (select from pg_roles where rolname = '${role}') then create role ${role}; end if`,
    );
}

/** Does something on every worker that Citus itself would not pass on; it has to be a statement of PL/pgSQL. */
export const onWorkers = (db: Connection, statement: string): Promise<void> =>
  accepted(
    db,
    `run_command_on_workers($run$do $do$ begin set local citus.enable_ddl_propagation = off; ${statement}; end $do$$run$)`,
  );

/** Calls a function of Citus that has others do something. Throws a UserError when one of them refuses. */
export async function accepted(db: Connection, call: string): Promise<void> {
  const { rows } = await sql
    .raw<{ result: string }>(`select result from ${call} where not success`)
    .execute(db);
  if (rows[0])
    throw new UserError(`A worker refuses what it is to do: ${rows[0].result}.`, exitCode.database);
}
