import type { Transaction } from 'kysely';
import type { DB } from '../../src/database/schema.js';
import { type EditionDocument, type Framework, frameworkOf } from '../../src/framework/framework.js';
import { documentOf } from '../../src/import/edition/edition-file.js';
import type { QuestionsFile } from '../../src/import/edition/questions-file.js';
import type { RulesFile } from '../../src/import/edition/rules-file.js';
import { claimsOn } from '../../src/import/files/claims.js';
import { writeDocument } from '../../src/import/write-document.js';

/** What the two files of an edition say. */
export type EditionFile = RulesFile & QuestionsFile;

/** The edition that files would say; what contradicts itself in them is passed over. */
export function editionOfFile(file: EditionFile): EditionDocument {
  const claims = claimsOn({ problem: (_, message) => ({ file: '', message }) });
  return documentOf(file, file, { rules: claims, questions: claims });
}

export async function writeEdition(trx: Transaction<DB>, edition: EditionDocument): Promise<Framework> {
  await writeDocument(trx, 'edition', edition);
  return frameworkOf(edition);
}
