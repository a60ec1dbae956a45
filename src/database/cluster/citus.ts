import { sql } from 'kysely';
import type { Connection } from '../connect.js';

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
  const { rows } = await sql<{ workers: number; is_coordinator: boolean }>`
    select
      (count(*) filter (where noderole = 'primary' and groupid <> 0))::integer as workers,
      (select groupid from pg_dist_local_group) = 0 as is_coordinator
    from pg_dist_node
    where isactive`.execute(db);
  const { workers = 0, is_coordinator = false } = rows[0] ?? {};
  if (workers === 0 || !is_coordinator) return undefined;
  const { rows: distributed } = await sql<{ found: boolean }>`
    select exists (
      select from pg_dist_partition where logicalrelid = to_regclass('core.answer')
    ) as found`.execute(db);
  return { workers, isDistributed: distributed[0]?.found ?? false };
}
