import type { Transaction } from 'kysely';
import type { DB } from '../../src/database/schema.js';
import type { Framework } from '../../src/framework/framework.js';
import { editionOfFiles } from '../../src/import/edition/edition-file.js';
import type { QuestionsFile } from '../../src/import/edition/questions-file.js';
import type { RulesFile } from '../../src/import/edition/rules-file.js';
import { claimsOn } from '../../src/import/files/claims.js';
import { writeDocument } from '../../src/import/write-document.js';

/** What the two files of an edition say. */
export type EditionFile = RulesFile & QuestionsFile;

/** The edition that files would say; what contradicts itself in them is passed over. */
export function editionOfFile(file: EditionFile): Framework {
  const claims = claimsOn({ problem: (_, message) => ({ file: '', message }) });
  return editionOfFiles(file, file, { rules: claims, questions: claims });
}

export const writeEdition = (trx: Transaction<DB>, { document }: Framework): Promise<void> =>
  writeDocument(trx, 'edition', document);
