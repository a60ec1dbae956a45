import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { dbPath } from '../../disk/paths.js';
import { unreadable } from '../../disk/reading.js';
import { type EditionDocument, type Framework, frameworkOf } from '../../framework/framework.js';
import { exitCode, UserError } from '../../problem.js';
import { type Claims, claimsOn } from '../files/claims.js';
import { refuse } from '../files/refuse.js';
import { shapeOf } from '../files/shape.js';
import { refuseForeign } from '../files/source.js';
import { readText, type SourceText, YamlFile } from '../files/yaml-file.js';
import { type QuestionsFile, readQuestions } from './questions-file.js';
import { type RulesFile, readRules } from './rules-file.js';

/** What of an edition's files has been read: rules and questions, what became of its questions or of those before, and its pairs. */
type Files<File> = Record<'rules' | 'questions', File> & Partial<Record<'crosswalk' | 'pairs', File>>;

/** The files of an edition, to say where a problem is. */
export type EditionFiles = Files<YamlFile>;

/** An edition's files, read; what they say is not yet looked at. */
export interface OpenEdition {
  folder: string;
  sources: Files<SourceText>;
}

const checkRules = shapeOf('edition-rules.schema.json');
const checkQuestions = shapeOf('edition-questions.schema.json');

/** What a folder holds; nothing where it can't be read. */
const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/** Whether a folder holds an edition. */
export const isEditionFolder = async (folder: string): Promise<boolean> =>
  (await namesIn(folder)).includes('rules.yaml');

/**
 * Opens an edition's folder: rules.yaml and questions.yaml, and where they are there, crosswalk.yaml and pairs.yaml. Throws a UserError
 * when one can't be read.
 */
export async function openEdition(folder: string): Promise<OpenEdition> {
  const there = await namesIn(folder);
  const read = (name: string): Promise<SourceText> => {
    const file = path.join(folder, name);
    refuseForeign(folder, file);
    return readText(file);
  };
  const sources: Files<SourceText> = {
    rules: await read('rules.yaml'),
    questions: await read('questions.yaml'),
  };
  for (const name of ['crosswalk', 'pairs'] as const)
    if (there.includes(`${name}.yaml`)) sources[name] = await read(`${name}.yaml`);
  return { folder, sources };
}

/** Makes an edition of files that were opened. Throws a UserError with every problem that is found. */
export function toEdition({ folder, sources }: OpenEdition): { edition: EditionDocument } & EditionFiles {
  const opened = Object.entries(sources).map(([name, source]) => [name, new YamlFile(source)]);
  const files: EditionFiles = Object.fromEntries(opened);
  const { rules, questions } = files;
  refuse(`${folder}: the edition is not as it has to be; nothing was loaded.`, [
    ...checkRules(rules),
    ...checkQuestions(questions),
  ]);
  const claims = { rules: claimsOn(rules), questions: claimsOn(questions) };
  const edition = documentOf(rules.data as RulesFile, questions.data as QuestionsFile, claims);
  const problems = [...claims.rules.problems(), ...claims.questions.problems()];
  refuse(`Edition ${edition.code} contradicts itself; nothing was loaded.`, problems);
  return { edition, ...files };
}

/** The edition that its files say. What their schemas can't say of them is claimed. */
export function documentOf(rules: RulesFile, file: QuestionsFile, claims: Files<Claims>): EditionDocument {
  const isRated = rules.rules.some(({ bands }) => bands);
  const asked = readQuestions(file, claims.questions, isRated);
  const codes = asked.standards.map(({ code }) => code);
  return { ...readRules(rules, claims.rules, codes), ...asked };
}

/**
 * The editions that are known: those shipped with the package, and those of further folders (an edition's folder, or a
 * folder of such). One of a further folder takes the place of a shipped one of the same code. Throws a UserError with the
 * problems of a folder that is not as it has to be.
 */
export async function knownEditions(further: string[] = []): Promise<Framework[]> {
  shipped ??= editionsIn(dbPath('editions'));
  const all = [...(await shipped)];
  for (const folder of further) all.push(...(await editionsIn(folder)));
  return [...new Map(all.map((edition) => [edition.code, edition])).values()];
}

/** Those of the package, read once: a folder of reports asks for them again and again. */
let shipped: Promise<Framework[]> | undefined;

async function editionsIn(folder: string): Promise<Framework[]> {
  const editions: Framework[] = [];
  for (const each of await editionFolders(folder))
    editions.push(frameworkOf(toEdition(await openEdition(each)).edition));
  return editions;
}

async function editionFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR')
      throw new UserError(
        `${folder} is no folder: name an edition's folder (rules.yaml and questions.yaml) with --editions.`,
        exitCode.call,
      );
    throw unreadable(folder, error);
  });
  if (entries.some(({ name }) => name === 'rules.yaml')) return [folder];
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isDirectory()).sort((a, b) => (a.name < b.name ? -1 : 1)))
    if (await isEditionFolder(path.join(folder, entry.name))) found.push(path.join(folder, entry.name));
  // An edition's own reader says what is missing of a folder that holds none.
  return found.length > 0 ? found : [folder];
}
