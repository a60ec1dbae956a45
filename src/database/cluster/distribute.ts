import { type Kysely, sql } from 'kysely';
import { exitCode, UserError } from '../../problem.js';
import type { DB } from '../schema.js';
import { fit } from './fit.js';
import { clusterOf } from './workers.js';

/** What was done, or would be. */
export interface Distributed {
  workers: number;
  /** In order. None where the database is distributed already. */
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
  const cluster = await clusterOf(db);
  if (!cluster)
    throw new UserError(
      'The database is on no coordinator of Citus that knows workers, so there is nothing to distribute it over. Make the extension ' +
        'citus in it, and add the workers there (citus_set_coordinator_host, citus_add_node).',
      exitCode.database,
    );
  const { workers, isDistributed } = cluster;
  const { rows } = await sql<{ statement: string }>`
    select statement from rating.distribution_statements(${shards ?? null}::integer) as statement
    where not ${isDistributed}`.execute(db);
  const statements = rows.map(({ statement }) => statement);
  if (!dryRun) {
    await db.transaction().execute(async (trx) => {
      for (const statement of statements) await sql.raw(statement).execute(trx);
    });
    // On the workers only what is committed can be granted. Whoever was stopped before this calls the command again.
    await fit(db);
    if (statements.length > 0) await sql`analyze`.execute(db);
  }
  return { workers, statements };
}
