import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { unreadable } from '../../disk/reading.js';
import { type Problem, UserError } from '../../problem.js';
import { plural } from '../../words/plural.js';
import { refuseForeign } from '../files/source.js';

/** The names that an inspection file may have in a bundle. */
export const inspectionFiles = ['inspection.yaml', 'inspection.yml', 'inspection.json'];
/** The names of the tables of a bundle. */
export const caseFiles = ['cases.csv', 'answers.csv'] as const;

const isOneOf = (name: string, known: readonly string[]) => known.includes(name.toLowerCase());

/** Whether a folder's files make it a bundle. One with case files alone is meant to be one, and is not passed over. */
const isBundle = (names: readonly string[]): boolean =>
  names.some((name) => isOneOf(name, [...inspectionFiles, ...caseFiles]));

/** Of the system, or of a program that has a file open. */
const isAside = (name: string) => /^[.~]/.test(name);

const isTable = /\.(csv|tsv|tab|xls[xmb]?|ods|numbers|zip|tar|t?gz|7z|rar)(\.txt)?$/i;
const looksLikeInspection = /^inspection\b.*\.(ya?ml|json)(\.txt)?$/i;
const isFolder = async (at: string) => (await stat(at).catch(() => undefined))?.isDirectory() ?? false;

/** The names in a folder; none in what is no folder. Throws a UserError when it can't be read. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOTDIR', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw unreadable(folder, error);
  }
}

/** The files of a bundle, as paths. */
export interface BundleFiles {
  /** Undefined where the bundle is no folder. */
  folder?: string;
  inspection: string;
  'cases.csv'?: string | undefined;
  'answers.csv'?: string | undefined;
}

/**
 * The files of the bundle at a path: a folder, or an inspection file, which stands for its folder where it has the name of one.
 * Throws a UserError where two files have one name but for letter case, and where a file only looks like one of the bundle's: passed
 * over in silence, it would take an inspection's answers away. `hasTables` says that the tables were named apart from the folder.
 */
export async function bundleFiles(given: string, hasTables: boolean): Promise<BundleFiles> {
  const isWhole = await isFolder(given);
  const folder = isWhole ? given : path.dirname(given);
  if (!isWhole && !isOneOf(path.basename(given), inspectionFiles)) {
    const beside = (await namesIn(folder).catch(() => [])).filter((name) => isOneOf(name, caseFiles));
    if (beside.length > 0 && !hasTables)
      throw new UserError(
        `${given}: ${beside.sort().join(' and ')} beside it would not be read: call it inspection.yaml (or .json), or name the tables by --cases and --answers. Nothing was loaded.`,
      );
    return { inspection: given };
  }
  const names = (await namesIn(folder)).filter((name) => !isAside(name)).sort();
  const only = (known: readonly string[]): string | undefined => {
    const [first, ...others] = names.filter((name) => isOneOf(name, known));
    if (others.length > 0)
      throw new UserError(`${folder}: ${[first, ...others].join(' and ')} are both there: leave one.`);
    return first === undefined ? undefined : path.join(folder, first);
  };
  const tables = hasTables ? {} : { 'cases.csv': only(['cases.csv']), 'answers.csv': only(['answers.csv']) };
  const strange = names.filter(
    (name) =>
      !isOneOf(name, [...inspectionFiles, ...caseFiles, 'columns.csv']) &&
      // an inspection file that is named stands for itself, whatever others lie beside it
      ((isWhole && looksLikeInspection.test(name)) ||
        (!hasTables && (isTable.test(name) || /^(cases|answers)\b/i.test(name)))),
  );
  for (const name of isWhole && !hasTables ? names : []) {
    const inside = await namesIn(path.join(folder, name)).catch(() => []);
    strange.push(...inside.filter((part) => isBundle([part])).map((part) => `${name}/${part}`));
  }
  if (strange.length > 0)
    throw new UserError(
      `${folder}: not read as a part of the bundle: ${strange.join(', ')}. Its files are inspection.yaml (or .json), cases.csv and answers.csv: save workbooks as CSV (UTF-8), unpack archives, give each file its name, or move it elsewhere. Nothing was loaded.`,
    );
  const inspection = isWhole ? (only(inspectionFiles) ?? path.join(given, 'inspection.yaml')) : given;
  return { folder, inspection, ...tables };
}

/** Why a thing in a folder of bundles is none, and what to do with it; `inside` are the names in it. */
async function whyNone(file: string, inside: readonly string[]): Promise<string> {
  if (/\.(zip|tar|t?gz|7z|rar)$/i.test(file)) return 'unpack it';
  if (isTable.test(file)) return 'put a table, as CSV, into the folder of its bundle';
  const misnamed = inside.find((name) => looksLikeInspection.test(name));
  if (misnamed !== undefined) return `call its ${misnamed} inspection.yaml (or .json)`;
  for (const name of inside)
    if (isBundle(await namesIn(path.join(file, name)).catch(() => [])))
      return `it holds one in ${name}: name that folder itself`;
  return 'a bundle is a folder with inspection.yaml (or .json), or such a file itself';
}

/**
 * Finds the bundles that a path means: a bundle's folder, an inspection file itself, or a folder of such; and what of a folder of
 * bundles is none, where that may be passed over. Throws a UserError when there is nothing of the kind.
 */
export async function findBundles(
  given: string,
  passOver: boolean,
): Promise<{ bundles: string[]; passedOver: Problem[] }> {
  const found = await stat(given).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(given, error);
  });
  if (!found.isDirectory() && isTable.test(given))
    throw new UserError(
      `${given} is no inspection file: unpack an archive, save a workbook's sheets as CSV (UTF-8), and name the bundle's folder; or say what a table is by --cases, --answers, --ratings or --groups. Nothing was loaded.`,
    );
  const names = found.isDirectory() ? await namesIn(given) : [];
  if (!found.isDirectory() || isBundle(names)) return { bundles: [given], passedOver: [] };
  const [folders, files, others]: [string[], string[], Problem[]] = [[], [], []];
  // What people put beside things is not spoken of.
  const isMeant = (name: string) => !isAside(name) && !/^(readme|licen[cs]e|attribution)\b/i.test(name);
  for (const name of names.filter(isMeant).sort()) {
    const file = path.join(given, name);
    const inside = await namesIn(file);
    if (isBundle(inside)) folders.push(file);
    else if (/\.(ya?ml|json)$/i.test(name) && !(await isFolder(file))) {
      refuseForeign(given, file);
      files.push(file);
    } else others.push({ file, message: `is no bundle: ${await whyNone(file, inside)}` });
  }
  const bundles = [...folders, ...files];
  if (bundles.length > 0 && (passOver || others.length === 0)) return { bundles, passedOver: others };
  const why =
    bundles.length > 0
      ? `: ${plural(others.length, 'thing')} in it can't be loaded; nothing was loaded. Mend or move what is named, or pass it over (--pass-over).`
      : ' holds no bundle: a bundle is a folder with inspection.yaml (or inspection.json).';
  throw new UserError(`${given}${why}`, undefined, others);
}
