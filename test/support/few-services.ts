import { type Kysely, sql } from 'kysely';
import type { DB } from '../../src/database/schema.js';

/** Takes away the services that no inspection is of, but two of London: a book has a page for each. */
export async function leaveFewServices(db: Kysely<DB>): Promise<void> {
  await sql`
    delete from core.service
    where service_code not in ('southwark', 'westminster')
      and service_id not in (select service_id from core.inspection)`.execute(db);
}
