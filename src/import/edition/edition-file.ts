import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Framework } from '../../framework/framework.js';
import { dbPath } from '../../paths.js';
import { exitCode, UserError } from '../../problem.js';
import { unreadable } from '../../unreadable.js';
import { refuse } from '../files/refuse.js';
import { shapeOf } from '../files/shape.js';
import { refuseForeign } from '../files/source.js';
import { readText, type SourceText, YamlFile } from '../files/yaml-file.js';
import { checkEdition } from './check-edition.js';
import type { EditionFile } from './edition-entries.js';
import { editionOfFile } from './edition-of-file.js';

/** The files of an edition, to say where a problem is. */
export interface EditionFiles {
  rules: YamlFile;
  questions: YamlFile;
  /** What became of its questions, or of those before them. */
  crosswalk: YamlFile | undefined;
  /** Key questions that ask the same of two samples. */
  pairs: YamlFile | undefined;
}

const checkRules = shapeOf('edition-rules.schema.json');
const checkQuestions = shapeOf('edition-questions.schema.json');

/** What a folder holds; nothing where it can't be read. */
const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/** Whether a folder holds an edition. */
export const isEditionFolder = async (folder: string): Promise<boolean> =>
  (await namesIn(folder)).includes('rules.yaml');

/** An edition's files, read; what they say is not yet looked at. */
export interface OpenEdition extends Record<'rules' | 'questions', SourceText> {
  folder: string;
  crosswalk: SourceText | undefined;
  pairs: SourceText | undefined;
}

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
  return {
    folder,
    rules: await read('rules.yaml'),
    questions: await read('questions.yaml'),
    crosswalk: there.includes('crosswalk.yaml') ? await read('crosswalk.yaml') : undefined,
    pairs: there.includes('pairs.yaml') ? await read('pairs.yaml') : undefined,
  };
}

/** Makes an edition of files that were opened. Throws a UserError with every problem that is found. */
export function toEdition({ folder, ...sources }: OpenEdition): { edition: Framework } & EditionFiles {
  const [rules, questions] = [new YamlFile(sources.rules), new YamlFile(sources.questions)];
  refuse(`${folder}: the edition is not as it has to be; nothing was loaded.`, [
    ...checkRules(rules),
    ...checkQuestions(questions),
  ]);
  const file = { ...(rules.data as object), ...(questions.data as object) } as EditionFile;
  checkEdition(file, rules, questions);
  const further = (source: SourceText | undefined) => source && new YamlFile(source);
  return {
    edition: editionOfFile(file),
    ...{ rules, questions, crosswalk: further(sources.crosswalk), pairs: further(sources.pairs) },
  };
}

/**
 * The editions that are known: those shipped with the package, and those of further folders (an edition's folder, or a
 * folder of such). One of a further folder takes the place of a shipped one of the same code. Throws a UserError with the
 * problems of a folder that is not as it has to be.
 */
export async function knownEditions(further: string[] = []): Promise<Framework[]> {
  const byCode = new Map<string, Framework>();
  for (const folder of [dbPath('editions'), ...further])
    for (const each of await editionFolders(folder)) {
      const { edition } = toEdition(await openEdition(each));
      byCode.set(edition.code, edition);
    }
  return [...byCode.values()];
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
