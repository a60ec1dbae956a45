import { type Kysely, sql } from 'kysely';
import type { DB } from '../../src/database/schema.js';

/** Every table of every schema of ours: number of rows and digest of them as text; but what is about the schema itself. */
export async function everything(of: Kysely<DB>): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select schemaname || '.' || tablename as name from pg_tables
    where schemaname in ('core', 'core_answer', 'kept')
      and schemaname || '.' || tablename not in ('core.made_object', 'core.applied_migration')
      and not exists (select from pg_partitioned_table where partrelid = (schemaname || '.' || tablename)::regclass)
    order by 1`.execute(of);
  const all: Record<string, string> = {};
  for (const { name } of tables) {
    const which = name === 'core.load' ? "where kind <> 'views'" : '';
    const { rows } = await sql
      .raw<{ said: string }>(
        `select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as said from ${name} as t ${which}`,
      )
      .execute(of);
    all[name] = rows[0]?.said as string;
  }
  return all;
}
