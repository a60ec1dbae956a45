import type { Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import type { Framework } from '../../framework/framework.js';
import { writeDocument } from '../write-document.js';

/**
 * Writes an edition: its scale, questions and rules. One that is there already is brought to what is given; questions keep their keys,
 * so that results go on belonging to them. What inspections use has to be checked before (checkEditionInUse).
 */
export const writeEdition = (trx: Transaction<DB>, { document }: Framework): Promise<void> =>
  writeDocument(trx, 'edition', document);
