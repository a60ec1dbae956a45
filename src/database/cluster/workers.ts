import { type Kysely, sql } from 'kysely';
import { exitCode, UserError } from '../../problem.js';
import type { Connection } from '../connect.js';
import { roles } from '../role-names.js';
import type { DB } from '../schema.js';
import { clusterOf } from './citus.js';

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
