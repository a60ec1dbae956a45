import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../problem.js';
import { unreadable } from '../../unreadable.js';
import { refuseForeign } from '../files/own-file.js';

/** The names that an inspection file may have in a bundle. */
export const inspectionFiles = ['inspection.yaml', 'inspection.yml', 'inspection.json'];
/** The names of the tables of a bundle. */
export const caseFiles = ['cases.csv', 'answers.csv'] as const;

/**
 * Finds the bundles that a path means: a bundle's folder, an inspection file itself, or a folder of such.
 * Throws a UserError when there is nothing of the kind.
 */
export async function findBundles(given: string): Promise<string[]> {
  const found = await stat(given).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES') throw unreadable(given, error);
    return undefined;
  });
  if (!found) throw unreadable(given, Object.assign(new Error(), { code: 'ENOENT' }));
  if (!found.isDirectory()) return [given];
  const names = await namesIn(given);
  if (isBundle(names)) return [given];
  const folders = [];
  const files = [];
  for (const name of names.filter((name) => !name.startsWith('.')).sort()) {
    const inside = path.join(given, name);
    if (/\.(ya?ml|json)$/.test(name)) {
      if (!(await stat(inside).catch(() => undefined))?.isFile()) continue;
      refuseForeign(given, inside);
      files.push(inside);
    } else if (isBundle(await namesIn(inside))) folders.push(inside);
  }
  if (folders.length + files.length === 0) {
    throw new UserError(
      `${given} holds no bundle: a bundle is a folder with inspection.yaml (or inspection.json).`,
    );
  }
  return [...folders, ...files];
}

/** Whether a folder's files make it a bundle. One with case files alone is meant to be one, and is not passed over. */
const isBundle = (names: string[]) => [...inspectionFiles, ...caseFiles].some((file) => names.includes(file));

/** The names in a folder; none in what is no folder. Throws a UserError when it can't be read. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR' || code === 'ENOENT') return [];
    throw unreadable(folder, error);
  }
}
