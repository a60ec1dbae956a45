import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { type Framework, listsOf } from '../../framework/framework.js';

/**
 * Writes an edition: its scale, questions and rules (rating.write_edition). One that is there already is brought to what is given; questions
 * keep their keys, so that results go on belonging to them. What inspections use has to be checked before (checkEditionInUse).
 */
export async function writeEdition(trx: Transaction<DB>, edition: Framework): Promise<void> {
  await sql`select rating.write_edition(${JSON.stringify(listsOf(edition))}::text::jsonb)`.execute(trx);
}
