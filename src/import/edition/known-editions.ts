import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { dbPath } from '../../paths.js';
import { exitCode, UserError } from '../../problem.js';
import { unreadable } from '../../unreadable.js';
import type { EditionFile } from './edition-entries.js';
import { isEditionFolder, readEdition } from './edition-file.js';

/**
 * The editions that are known: those shipped with the package, and those of further folders (an edition's folder, or a
 * folder of such). One of a further folder takes the place of a shipped one of the same code. Throws a UserError with the
 * problems of a folder that is not as it has to be.
 */
export async function knownEditions(further: string[] = []): Promise<EditionFile[]> {
  const byCode = new Map<string, EditionFile>();
  for (const folder of [dbPath('editions'), ...further])
    for (const each of await editionFolders(folder)) {
      const { edition } = await readEdition(each);
      byCode.set(String(edition.edition), edition);
    }
  return [...byCode.values()];
}

async function editionFolders(folder: string): Promise<string[]> {
  if (await isEditionFolder(folder)) return [folder];
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR')
      throw new UserError(
        `${folder} is no folder: name an edition's folder (rules.yaml and questions.yaml) with --editions.`,
        exitCode.call,
      );
    throw unreadable(folder, error);
  });
  const inside = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(folder, entry.name))
    .sort();
  const found = await Promise.all(inside.map(async (each) => ((await isEditionFolder(each)) ? [each] : [])));
  // An edition's own reader says what is missing of a folder that holds none.
  return found.flat().length > 0 ? found.flat() : [folder];
}
