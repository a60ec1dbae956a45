import { stat } from 'node:fs/promises';
import path from 'node:path';
import { didYouMean } from '../../nearest.js';
import { type Problem, UserError } from '../../problem.js';
import { type CsvFile, openCsv } from '../files/csv/csv-file.js';
import { refuseForeign, seenFiles } from '../files/own-file.js';
import { shapeOf } from '../files/shape.js';
import type { FileRecord, Given } from '../files/source.js';
import { readText, type SourceText, YamlFile } from '../files/yaml-file.js';
import { bundleFolder, caseFiles, inspectionFiles, namesIn, partsBelow } from './bundle-folder.js';
import type { InspectionFile } from './inspection-file.js';

/** A bundle whose files were read and hashed; what they say is not yet looked at. */
export interface OpenBundle {
  /** What messages and records call it: the path that was given. */
  name: string;
  source: SourceText;
  cases: CsvFile | undefined;
  answers: CsvFile | undefined;
  files: FileRecord[];
}

/** Where the values of a bundle stand, for messages: in its inspection file, or in the row of a table that it was made of. */
export type Source = Pick<YamlFile, 'file' | 'record' | 'problem'>;

/** A bundle that was read and has the right shape; what it says is not yet checked against an edition. */
export interface Bundle extends Omit<OpenBundle, 'source'> {
  yaml: Source;
  inspection: InspectionFile;
  /** Keys that are not understood and not near one that is; they are passed over, and said. */
  ignored: Problem[];
  /** Whether it is a row of a table of ratings, and what the table's other rows of its service are dated. */
  isListed?: boolean;
  beside?: readonly string[];
}

/** What is wrong with the shape of an inspection file. */
export const checkShape = shapeOf('inspection.schema.json');
const known = [
  'about synthetic service report edition programme inspection_type source certainty samples sample overall standard_ratings judgements professional_discretion',
  'key_questions prompts prose_counts context recommendations findings',
].flatMap((names) => names.split(' '));

/**
 * Opens a bundle: a folder, or an inspection file. `tables` are taken instead of those of the folder.
 * Throws a UserError when a file can't be read, or when one of the two tables is missing.
 */
export async function openBundle(
  given: Given,
  tables: { cases?: Given | undefined; answers?: Given | undefined } = {},
): Promise<OpenBundle> {
  const name = typeof given === 'string' ? given : given.name;
  const found: Record<string, Given | undefined> = {
    'cases.csv': tables.cases,
    'answers.csv': tables.answers,
  };
  const own: string[] = [];
  let source: SourceText;
  let seen = '';
  if (typeof given !== 'string') {
    source = await readText(given);
    if (source.text === '')
      throw new UserError(`${name} is empty: an inspection file (YAML or JSON) was expected.`);
  } else {
    const isFolder = (await stat(given).catch(() => undefined))?.isDirectory();
    // A bundle's inspection file stands for the bundle: its tables are not left behind.
    const folder = isFolder
      ? given
      : inspectionFiles.includes(path.basename(given).toLowerCase())
        ? path.dirname(given)
        : undefined;
    const hasTables = tables.cases !== undefined && tables.answers !== undefined;
    // an inspection file that is named stands for itself, whatever others lie beside it
    const names = folder === undefined ? [] : await namesIn(folder);
    const below = isFolder ? await partsBelow(given, names) : [];
    const besideIt = isFolder ? [...names, ...below] : names.filter((file) => !/^inspection\b/i.test(file));
    const there = folder === undefined ? undefined : bundleFolder(folder, besideIt, { hasTables });
    for (const file of caseFiles) {
      const table = there?.[file];
      if (folder === undefined || table === undefined || found[file] !== undefined) continue;
      found[file] = path.join(folder, table);
      own.push(path.join(folder, table));
    }
    const inspection = isFolder ? path.join(given, there?.inspection ?? 'inspection.yaml') : given;
    if (isFolder) own.push(inspection);
    if (folder !== undefined) for (const file of own) refuseForeign(folder, file);
    seen = seenFiles(own);
    source = await readText(inspection);
  }
  const [there, missing] = found['cases.csv'] ? caseFiles : [...caseFiles].reverse();
  if ((found['cases.csv'] === undefined) !== (found['answers.csv'] === undefined)) {
    throw new UserError(`${name}: there is ${there} without ${missing}: both are needed, or neither.`);
  }
  const cases = found['cases.csv'] === undefined ? undefined : await openCsv(found['cases.csv']);
  const answers = found['answers.csv'] === undefined ? undefined : await openCsv(found['answers.csv']);
  // Each file is whole; together they might be of two states of the folder.
  if (seenFiles(own) !== seen)
    throw new UserError(
      `${name} can't be read: it was changed while it was being read. Try again when nothing writes to it.`,
    );
  const files = [source.record, ...(cases ? [cases.record] : []), ...(answers ? [answers.record] : [])];
  return { name, source, cases, answers, files };
}

/** Reads a bundle. Throws a UserError with every problem of its shape, each with line and column. */
export async function readBundle(given: Given): Promise<Bundle> {
  return toBundle(await openBundle(given));
}

/** Makes a bundle of files that were opened. Throws a UserError like readBundle. */
export function toBundle({ source, ...opened }: OpenBundle): Bundle {
  const yaml = new YamlFile(source);
  const keys =
    yaml.data && typeof yaml.data === 'object' && !Array.isArray(yaml.data) ? Object.keys(yaml.data) : [];
  const strange = keys.filter((key) => !known.includes(key));
  const problems = [
    ...strange
      .filter((key) => didYouMean(key, known))
      .map((key) => yaml.problem([key], `unknown key "${key}"${didYouMean(key, known)}`)),
    ...checkShape(yaml),
  ];
  if (problems.length > 0) throw notLoaded(opened.name, problems);
  return {
    ...opened,
    yaml,
    inspection: yaml.data as InspectionFile,
    ignored: strange.map((key) => yaml.problem([key], `unknown key "${key}" is passed over`)),
  };
}

/** The error that refuses a bundle, with all that is wrong with it. */
export const notLoaded = (name: string, problems: Problem[]): UserError =>
  new UserError(`${name}: ${count(problems.length)}; nothing was loaded.`, undefined, problems);

/** "1 problem", "3 problems". */
export const count = (problems: number): string => `${problems} problem${problems === 1 ? '' : 's'}`;
