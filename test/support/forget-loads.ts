import { type Kysely, sql } from 'kysely';
import type { DB } from '../../src/database/schema.js';
import { forgetLoads } from '../../src/import/forget-loads.js';

/** Forgets everything that a user has loaded, and the ratings of inspections that are gone: only what is bundled was ever there. */
export const forgetUsersLoads = (db: Kysely<DB>): Promise<void> =>
  db
    .transaction()
    .execute((trx) => forgetLoads(trx, sql`program not like '%bundled%' and kind not in ('views')`));
