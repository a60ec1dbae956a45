import { load } from '../../../src/import/load.js';
import type { Loaded } from '../../../src/import/record.js';
import type { TestFolder } from '../../support/bundles.js';
import { bundleFiles, type CaseBundle, smallBundle, storedAnswers } from '../../support/case-files.js';
import { rolledBack, type TestDatabase } from '../../support/database.js';

/** The bundle out of which the tests make others. */
export const small = smallBundle();

/** The files of the small bundle with some of it changed. */
export const bundle = (part: Partial<CaseBundle>) => bundleFiles({ ...small, ...part });

/** Gives the test file a way to load a bundle of these files: what it comes to in the database, and what was said of it. */
export function storing(database: TestDatabase, files: TestFolder) {
  return async (
    content: Record<string, string | Uint8Array>,
  ): Promise<{ answers: Map<string, string>; loaded: Loaded[]; said: string[] }> => {
    const folder = await files.folder(content);
    return rolledBack(database.db, async (trx) => {
      const loaded = await load(trx, [folder]);
      const said = loaded.flatMap(({ notices }) => notices.map(({ message }) => message));
      return { answers: await storedAnswers(trx), loaded, said };
    });
  };
}
