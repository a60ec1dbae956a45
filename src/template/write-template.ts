import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exitCode, UserError } from '../problem.js';
import { checkName, makeFolder, writing } from '../writing.js';
import type { TemplateEdition } from './edition.js';
import { skeleton } from './skeleton.js';
import { answersTable, casesTable, columnsTable } from './tables.js';

const names = ['inspection.yaml', 'cases.csv', 'answers.csv', 'columns.csv'] as const;

/**
 * Writes the files to fill in into a folder, which is made when it is not there. Returns their names. Throws a
 * UserError, and writes nothing, when one of them is there already or the folder can't be written to.
 */
export async function writeTemplate(folder: string, edition: TemplateEdition): Promise<readonly string[]> {
  checkName(folder, 'folder');
  // Somebody may have filled one in.
  const there = await readdir(folder).catch((): string[] => []);
  const taken = names.filter((name) => there.includes(name));
  if (taken.length > 0)
    throw new UserError(
      `${folder} has ${taken.join(', ')} already, and nothing was written: name another folder with --to.`,
      exitCode.call,
    );
  const contents = {
    'inspection.yaml': skeleton(edition),
    'cases.csv': casesTable(edition),
    'answers.csv': answersTable(edition),
    'columns.csv': columnsTable(edition),
  };
  await writing(folder, async () => {
    await makeFolder(folder);
    for (const name of names) await writeFile(path.join(folder, name), contents[name], { flag: 'wx' });
  });
  return names;
}
