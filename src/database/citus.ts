import { type Kysely, sql } from 'kysely';
import { exitCode, UserError } from '../problem.js';
import type { Connection } from './connect.js';
import { roles } from './role-names.js';
import type { DB } from './schema.js';

/** A database of Citus, as its coordinator knows it. */
export interface Citus {
  workers: number;
  /** Whether the evidence lies on the workers (db distribute). */
  isDistributed: boolean;
}

/** The cluster whose coordinator a database is on; undefined on a single server, Citus or not. */
export async function citusOf(db: Connection): Promise<Citus | undefined> {
  const { rows: there } = await sql<{ found: boolean }>`
    select to_regclass('pg_catalog.pg_dist_node') is not null as found`.execute(db);
  if (!there[0]?.found) return undefined;
  const { rows } = await sql<Citus & { is_coordinator: boolean }>`
    select
      (count(*) filter (where noderole = 'primary' and groupid <> 0))::integer as workers,
      (select groupid from pg_dist_local_group) = 0 as is_coordinator,
      exists (
        select from pg_dist_partition where logicalrelid = to_regclass('core.answer')
      ) as "isDistributed"
    from pg_dist_node
    where isactive`.execute(db);
  const { is_coordinator, ...citus } = rows[0] as (typeof rows)[0];
  return citus.workers > 0 && is_coordinator ? citus : undefined;
}

/**
 * Has the workers know the roles that the coordinator knows already. Citus tells them of a role when it is made in a database of
 * its own; a role belongs to the whole server, and may have been made in another one.
 */
export async function knowRoles(db: Connection): Promise<void> {
  if (!(await citusOf(db))) return;
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

/**
 * Makes functions and rights what they have to be where the evidence is distributed (rating.distribution_rights); to be done whenever
 * functions and views were made anew. Throws a UserError when a worker refuses.
 */
export async function fit(db: Connection): Promise<void> {
  const { rows } = await sql<{ statement: string }>`
    select statement from rating.distribution_rights() as statement`.execute(db);
  for (const { statement } of rows) await accepted(db, statement);
}

/** Runs a statement that returns what others refuse. Throws a UserError when one of them does. */
async function accepted(db: Connection, statement: string): Promise<void> {
  const { rows } = await sql.raw<{ result: string }>(statement).execute(db);
  if (rows[0])
    throw new UserError(`A worker refuses what it is to do: ${rows[0].result}.`, exitCode.database);
}

/** What was done, or would be. */
export interface Distributed {
  workers: number;
  /** In order (rating.distribution_statements). None where the database is distributed already. */
  statements: string[];
}

/**
 * Turns a migrated database, empty or filled, into a distributed one, all of it or nothing. Done again it does nothing.
 * Throws a UserError where there is no coordinator with workers.
 * @param shards how many shards; as many as citus.shard_count says when it is not given
 */
export async function distribute(
  db: Kysely<DB>,
  { shards, dryRun = false }: { shards?: number | undefined; dryRun?: boolean } = {},
): Promise<Distributed> {
  const citus = await citusOf(db);
  if (!citus)
    throw new UserError(
      'The database is on no coordinator of Citus that knows workers, so there is nothing to distribute it over. Make the extension ' +
        'citus in it, and add the workers there (citus_set_coordinator_host, citus_add_node).',
      exitCode.database,
    );
  const { rows } = await sql<{ statement: string }>`
    select statement from rating.distribution_statements(${shards ?? null}::integer) as statement
    where not ${citus.isDistributed}`.execute(db);
  const statements = rows.map(({ statement }) => statement);
  if (!dryRun) {
    await db.transaction().execute(async (trx) => {
      for (const statement of statements) await sql.raw(statement).execute(trx);
    });
    // On the workers only what is committed can be granted. Whoever was stopped before this calls the command again.
    await fit(db);
    if (statements.length > 0) await sql`analyze`.execute(db);
  }
  return { workers: citus.workers, statements };
}
