import { type Problem, UserError } from '../../problem.js';
import { didYouMean } from '../../words/nearest.js';
import { plural } from '../../words/plural.js';
import { type CsvFile, openCsv } from '../files/csv/csv-file.js';
import { keysOfSchema, shapeOf } from '../files/shape.js';
import { type FileRecord, type Given, nameOf, refuseForeign, seenFiles } from '../files/source.js';
import { readText, type SourceText, YamlFile } from '../files/yaml-file.js';
import { type BundleFiles, bundleFiles } from './bundle-folder.js';
import type { InspectionFile } from './inspection-file.js';

/** A bundle whose files were read and hashed. */
export interface OpenBundle {
  /** What messages and records call it: the path that was given. */
  name: string;
  /** What its content is told by. */
  files: FileRecord[];
  /** Looks at what they say. Throws a UserError with every problem of their shape, each with line and column. */
  read: () => Bundle;
}

/** A bundle that was read and has the right shape; what it says is not yet checked against an edition. */
export interface Bundle extends Omit<OpenBundle, 'read'> {
  cases: CsvFile | undefined;
  answers: CsvFile | undefined;
  /** Where its values stand, for messages: in its inspection file, or in the row of a table that it was made of. */
  yaml: Pick<YamlFile, 'file' | 'record' | 'problem'>;
  inspection: InspectionFile;
  /** Keys that are not understood and not near one that is; they are passed over, and said. */
  ignored: Problem[];
  /** Whether it is a row of a table of ratings; and what of the row can't be read. */
  isListed?: boolean;
  faults?: Problem[];
}

const schema = 'inspection.schema.json';
const check = shapeOf(schema);

/**
 * Opens a bundle: a folder, or an inspection file. `tables` are taken instead of those of the folder.
 * Throws a UserError when a file can't be read, or when one of the two tables is missing.
 */
export async function openBundle(
  given: Given,
  tables: { cases?: Given | undefined; answers?: Given | undefined } = {},
): Promise<OpenBundle> {
  const name = nameOf(given);
  const hasTables = tables.cases !== undefined && tables.answers !== undefined;
  const own: Partial<BundleFiles> = typeof given === 'string' ? await bundleFiles(given, hasTables) : {};
  const { folder, inspection, ...inFolder } = own;
  const casesFrom = tables.cases ?? inFolder['cases.csv'];
  const answersFrom = tables.answers ?? inFolder['answers.csv'];
  // What is named by itself may be a link or a pipe: it is no file of the bundle's folder.
  const ofFolder = [inspection === given ? undefined : inspection, ...Object.values(inFolder)];
  const paths = folder === undefined ? [] : ofFolder.filter((file) => file !== undefined);
  for (const file of paths) refuseForeign(folder as string, file);
  const seen = seenFiles(paths);
  const source = await readText(inspection ?? given);
  if (source.text === '' && inspection === undefined)
    throw new UserError(`${name} is empty: an inspection file (YAML or JSON) was expected.`);
  if ((casesFrom === undefined) !== (answersFrom === undefined)) {
    const both = ['cases.csv', 'answers.csv'];
    const [there, missing] = casesFrom === undefined ? both.reverse() : both;
    throw new UserError(`${name}: there is ${there} without ${missing}: both are needed, or neither.`);
  }
  const cases = casesFrom === undefined ? undefined : await openCsv(casesFrom);
  const answers = answersFrom === undefined ? undefined : await openCsv(answersFrom);
  // Each file is whole; together they might be of two states of the folder.
  if (seenFiles(paths) !== seen)
    throw new UserError(
      `${name} can't be read: it was changed while it was being read. Try again when nothing writes to it.`,
    );
  const files = [source.record, ...[cases, answers].flatMap((csv) => csv?.record ?? [])];
  return { name, files, read: () => toBundle(source, { name, cases, answers, files }) };
}

/** Reads a bundle. Throws a UserError like openBundle, and like its read. */
export const readBundle = async (given: Given): Promise<Bundle> => (await openBundle(given)).read();

function toBundle(source: SourceText, opened: Pick<Bundle, 'name' | 'cases' | 'answers' | 'files'>): Bundle {
  const yaml = new YamlFile(source);
  const known = keysOfSchema(schema);
  const isMap = typeof yaml.data === 'object' && !Array.isArray(yaml.data);
  const strange = Object.keys((isMap && yaml.data) || {}).filter((key) => !known.includes(key));
  const said = (keys: string[], what: (key: string) => string) =>
    keys.map((key) => yaml.problem([key], `unknown key "${key}"${what(key)}`));
  const isNear = (key: string) => didYouMean(key, known) !== '';
  const problems = [...said(strange.filter(isNear), (key) => didYouMean(key, known)), ...check(yaml)];
  if (problems.length > 0) throw notLoaded(opened.name, problems);
  const ignored = said(strange, () => ' is passed over');
  return { ...opened, yaml, inspection: yaml.data as InspectionFile, ignored };
}

/** The error that refuses a bundle, with all that is wrong with it. */
export const notLoaded = (name: string, problems: Problem[]): UserError =>
  new UserError(`${name}: ${plural(problems.length, 'problem')}; nothing was loaded.`, undefined, problems);
