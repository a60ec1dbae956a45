import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exitCode, UserError } from '../problem.js';
import { unwritable } from '../unwritable.js';
import type { TemplateEdition } from './edition.js';
import { skeleton } from './skeleton.js';
import { type AnswersForm, answersTable, casesTable, columnsTable } from './tables.js';

const names = ['inspection.yaml', 'cases.csv', 'answers.csv', 'columns.csv'] as const;

/**
 * Writes the files to fill in into a folder, which is made when it is not there. Returns their names. Throws a
 * UserError, and writes nothing, when one of them is there already or the folder can't be written to.
 */
export async function writeTemplate(
  folder: string,
  edition: TemplateEdition,
  form: AnswersForm,
): Promise<readonly string[]> {
  await refuseTaken(folder);
  const contents = {
    'inspection.yaml': skeleton(edition),
    'cases.csv': casesTable(edition),
    'answers.csv': answersTable(edition, form),
    'columns.csv': columnsTable(edition, form),
  };
  try {
    await mkdir(folder, { recursive: true });
    for (const name of names) await writeFile(path.join(folder, name), contents[name], { flag: 'wx' });
  } catch (error) {
    throw notWritable(folder, error);
  }
  return names;
}

/** Throws a UserError when the folder has one of the files: somebody may have filled it in. */
async function refuseTaken(folder: string): Promise<void> {
  const taken: string[] = [];
  for (const name of names) {
    const isThere = await access(path.join(folder, name)).then(
      () => true,
      () => false,
    );
    if (isThere) taken.push(name);
  }
  if (taken.length > 0)
    throw new UserError(
      `${folder} has ${taken.join(', ')} already, and nothing was written: name another folder with --to.`,
      exitCode.call,
    );
}

function notWritable(folder: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string') return error;
  const why: Record<string, string> = {
    ...unwritable,
    EEXIST: 'it is there, and no folder',
  };
  return new UserError(`${folder} can't be written: ${why[code] ?? code}.`, exitCode.call);
}
