import { type Kysely, sql } from 'kysely';
import type { DB } from './schema.js';

/** Drops everything that this program made in a database, and all that was loaded. The read-only role stays. */
export async function dropEverything(db: Kysely<DB>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`drop schema if exists analytics, rating, kept, core_answer, core cascade`.execute(trx);
    await sql`drop table if exists public.schema_migrations`.execute(trx);
  });
}
