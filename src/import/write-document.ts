import { sql, type Transaction } from 'kysely';
import type { DB } from '../database/schema.js';

/** Has the server bring reference data to what a document says: what is there already keeps its keys (db/functions/write_*.sql). */
export async function writeDocument(
  trx: Transaction<DB>,
  what: 'edition' | 'crosswalk' | 'question_pairs' | 'register' | 'published_totals',
  document: object,
): Promise<void> {
  const write = sql.ref(`rating.write_${what}`);
  await sql`select ${write}(${JSON.stringify(document)}::text::jsonb)`.execute(trx);
}
