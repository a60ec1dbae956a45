import { expect } from 'vitest';
import { type Loaded, load } from '../../../src/import/load.js';
import { formatProblem } from '../../../src/problem.js';
import { refused, type TestFolder } from '../../support/bundles.js';
import {
  bundleFiles,
  type CaseBundle,
  inFolder,
  smallBundle,
  storedAnswers,
} from '../../support/case-files.js';
import { rolledBack, type TestDatabase } from '../../support/database.js';

/** The bundle out of which the tests make others. */
export const small = smallBundle();

/** The files of the small bundle with some of it changed. */
export const bundle = (part: Partial<CaseBundle>) => bundleFiles({ ...small, ...part });

/** The line of a case in the small bundle's cases. */
export const lineInCases = (one: string) => small.cases.findIndex(([name]) => name === one) + 1;

/** Gives the test file a way to load a bundle that has to be refused: what is said of it, a problem a line, with files by their names. */
export function refusing(database: TestDatabase, files: TestFolder) {
  return async (content: Record<string, string | Uint8Array>): Promise<string[]> => {
    const folder = await files.folder(content);
    const { message, problems } = await refused(database.db, [folder]);
    const count = `${problems.length} problem${problems.length === 1 ? '' : 's'}`;
    expect(message).toBe(`${folder}: ${count}; nothing was loaded.`);
    return problems.map((problem) => inFolder(folder, formatProblem(problem)));
  };
}

/** Gives the test file a way to load a bundle of these files: what it comes to in the database, and what was said of it. */
export function storing(database: TestDatabase, files: TestFolder) {
  return async (
    content: Record<string, string | Uint8Array>,
  ): Promise<{ answers: Map<string, string>; loaded: Loaded[] }> => {
    const folder = await files.folder(content);
    return rolledBack(database.db, async (trx) => {
      const loaded = await load(trx, [folder]);
      return { answers: await storedAnswers(trx), loaded };
    });
  };
}
