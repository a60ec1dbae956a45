import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type Problem, UserError } from '../../problem.js';
import { unreadable } from '../../unreadable.js';
import { refuseForeign } from '../files/own-file.js';
import { isBundle, namesIn } from './bundle-folder.js';

/** The bundles that a path means, and what of a folder of bundles is none. */
export interface FoundBundles {
  bundles: string[];
  passedOver: Problem[];
}

/**
 * Finds the bundles that a path means: a bundle's folder, an inspection file itself, or a folder of such.
 * Throws a UserError when there is nothing of the kind.
 */
export async function findBundles(given: string): Promise<FoundBundles> {
  const found = await stat(given).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES') throw unreadable(given, error);
    return undefined;
  });
  if (!found) throw unreadable(given, Object.assign(new Error(), { code: 'ENOENT' }));
  const advice = found.isDirectory() ? undefined : adviceOnFile(given);
  if (advice !== undefined) throw new UserError(`${given} is ${advice}. Nothing was loaded.`);
  if (!found.isDirectory()) return { bundles: [given], passedOver: [] };
  const names = await namesIn(given);
  if (isBundle(names)) return { bundles: [given], passedOver: [] };
  const [folders, files, passedOver]: [string[], string[], Problem[]] = [[], [], []];
  for (const name of names.filter((name) => !isAside(name)).sort()) {
    const file = path.join(given, name);
    const isFolder = (await stat(file).catch(() => undefined))?.isDirectory() ?? false;
    if (isFolder && isBundle(await namesIn(file))) folders.push(file);
    else if (!isFolder && /\.(ya?ml|json)$/i.test(name)) {
      refuseForeign(given, file);
      files.push(file);
    } else passedOver.push({ file, message: await whyNone(file, isFolder) });
  }
  if (folders.length + files.length === 0) {
    throw new UserError(
      `${given} holds no bundle: a bundle is a folder with inspection.yaml (or inspection.json).`,
      undefined,
      passedOver,
    );
  }
  return { bundles: [...folders, ...files], passedOver };
}

/** What a file is that is given in a bundle's place, by its name, and what to do; undefined for what may be an inspection file. */
function adviceOnFile(file: string): string | undefined {
  if (/\.(zip|gz|7z|rar)$/i.test(file)) return 'an archive: unpack it, and name the folder';
  if (/\.(xlsx?|xlsm|xlsb|ods|numbers)$/i.test(file))
    return 'a workbook: save its sheets as CSV (UTF-8) named cases.csv and answers.csv, in a folder with an inspection.yaml, and name that; or a table of ratings as CSV, for --ratings';
  if (/\.(csv|tsv|tab|txt)$/i.test(file))
    return `a table, not a bundle: name its folder (${path.dirname(file)}), or say what it is by --cases, --answers, --ratings or --groups`;
  return undefined;
}

/** What people put beside things, and programs beside what they have open. */
const isAside = (name: string) => /^[.~]/.test(name) || /^(readme|licen[cs]e|attribution)\b/i.test(name);

/** Why a file or folder among bundles is none. */
async function whyNone(file: string, isFolder: boolean): Promise<string> {
  if (!isFolder)
    return /\.(zip|gz|7z|rar)$/i.test(file)
      ? 'is no bundle: unpack the archive'
      : 'is no bundle: a bundle is a folder, or an inspection file that ends in .yaml or .json';
  const inside = await namesIn(file);
  for (const name of inside)
    if (isBundle(await namesIn(path.join(file, name))))
      return `is no bundle, but holds one in ${name}: name ${path.join(file, name)} itself`;
  const near = inside.find((name) => /^inspection/i.test(name));
  return `is no bundle: it has no inspection.yaml (or .json)${near === undefined ? '' : `; ${near} is not its name`}`;
}
