import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { refuse } from '../files/refuse.js';
import { shapeOf } from '../files/shape.js';
import { refuseForeign } from '../files/source.js';
import { readText, type SourceText, YamlFile } from '../files/yaml-file.js';
import { checkedEdition } from './check-edition.js';
import type { EditionFile } from './edition-entries.js';

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
/** Whether a folder holds an edition. */
export async function isEditionFolder(folder: string): Promise<boolean> {
  return (await readdir(folder).catch((): string[] => [])).includes('rules.yaml');
}

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
  const there = await readdir(folder).catch((): string[] => []);
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

/** Reads an edition's folder. Throws a UserError with every problem that is found. */
export const readEdition = async (folder: string): Promise<{ edition: EditionFile } & EditionFiles> =>
  toEdition(await openEdition(folder));

/** Makes an edition of files that were opened. Throws a UserError like readEdition. */
export function toEdition({ folder, ...sources }: OpenEdition): { edition: EditionFile } & EditionFiles {
  const [rules, questions] = [new YamlFile(sources.rules), new YamlFile(sources.questions)];
  refuse(`${folder}: the edition is not as it has to be; nothing was loaded.`, [
    ...checkRules(rules),
    ...checkQuestions(questions),
  ]);
  const both = { ...(rules.data as object), ...(questions.data as object) } as EditionFile;
  const further = (source: SourceText | undefined) => source && new YamlFile(source);
  return {
    edition: checkedEdition(both, rules, questions),
    ...{ rules, questions, crosswalk: further(sources.crosswalk), pairs: further(sources.pairs) },
  };
}
