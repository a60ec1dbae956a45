import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../problem.js';
import { unreadable } from '../../unreadable.js';

/** The names that an inspection file may have in a bundle. */
export const inspectionFiles = ['inspection.yaml', 'inspection.yml', 'inspection.json'];
/** The names of the tables of a bundle. */
export const caseFiles = ['cases.csv', 'answers.csv'] as const;
/** What a template explains its tables by. */
const explanation = 'columns.csv';

/** What a folder has of a bundle, by the names as they are written there, in whatever letter case. */
export interface BundleFolder {
  inspection: string | undefined;
  'cases.csv': string | undefined;
  'answers.csv': string | undefined;
}

/** Whether a folder's files make it a bundle. One with case files alone is meant to be one, and is not passed over. */
export const isBundle = (names: readonly string[]): boolean =>
  names.some((name) => isOneOf(name, [...inspectionFiles, ...caseFiles]));

const isOneOf = (name: string, known: readonly string[]) => known.includes(name.toLowerCase());

/**
 * What of a folder is the bundle's. Throws a UserError where two files have one name but for letter case, and where a file only looks
 * like one of the bundle's: passed over in silence, it would take an inspection's answers away. `hasTables` says that the
 * tables were named apart from the folder.
 */
export function bundleFolder(
  folder: string,
  names: readonly string[],
  { hasTables = false }: { hasTables?: boolean } = {},
): BundleFolder {
  const only = (known: readonly string[]): string | undefined => {
    const [first, ...others] = names.filter((name) => isOneOf(name, known)).sort();
    if (others.length > 0)
      throw new UserError(`${folder}: ${[first, ...others].join(' and ')} are both there: leave one.`);
    return first;
  };
  const found = {
    inspection: only(inspectionFiles),
    'cases.csv': hasTables ? undefined : only(['cases.csv']),
    'answers.csv': hasTables ? undefined : only(['answers.csv']),
  };
  const strange = names
    .filter((name) => !isOneOf(name, [...inspectionFiles, ...caseFiles, explanation]))
    .flatMap((name) => {
      const advice = adviceOn(name);
      return advice === undefined || (hasTables && !/^inspection/i.test(name)) ? [] : [`${name} (${advice})`];
    });
  if (strange.length > 0)
    throw new UserError(
      `${folder}: not read as a part of the bundle: ${strange.join('; ')}. Its files are inspection.yaml (or .json), cases.csv and answers.csv. Nothing was loaded.`,
    );
  return found;
}

/** Files of a bundle's names in folders of its folder, as paths from it. */
export async function partsBelow(folder: string, names: readonly string[]): Promise<string[]> {
  const below = await Promise.all(
    names
      .filter((name) => !isAside(name))
      .map(async (name) =>
        (await namesIn(path.join(folder, name)).catch(() => [])).map((part) => `${name}/${part}`),
      ),
  );
  return below.flat().filter((part) => isBundle([path.basename(part)]));
}

/** Of the system, or of a program that has a file open. */
const isAside = (name: string) => /^[.~]/.test(name);

/** What to do with a file or folder that looks like a part of a bundle; undefined for what does not. */
function adviceOn(name: string): string | undefined {
  if (isAside(name)) return undefined;
  if (name.includes('/')) return 'move it beside the inspection file, or elsewhere';
  if (/\.(xlsx?|xlsm|xlsb|ods|numbers)$/i.test(name))
    return `a workbook: save it as CSV (UTF-8) named ${tableMeant(name)}, and move it elsewhere`;
  if (/\.(zip|gz|7z|rar)$/i.test(name)) return 'an archive: unpack it, and move it elsewhere';
  if (/^inspection\b.*\.(ya?ml|json)(\.txt)?$/i.test(name))
    return 'give it the name inspection.yaml, or move it elsewhere';
  if (/\.(csv|tsv|tab)(\.txt)?$/i.test(name) || /^(cases|answers)\b/i.test(name))
    return `give it the name ${tableMeant(name)}, or move it elsewhere`;
  return undefined;
}

/** The table that a name seems to mean. */
const tableMeant = (name: string): string => {
  const meant = caseFiles.filter((file) => name.toLowerCase().includes(file.replace('.csv', '')));
  return (meant.length === 1 ? meant : caseFiles).join(' or ');
};

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
