import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Connection } from '../database/connect.js';
import { checkName, makeFolder, writing } from '../disk/writing.js';
import { editionNamed, isAskedOn } from '../framework/framework.js';
import { readFrameworks } from '../framework/read-frameworks.js';
import { exitCode, UserError } from '../problem.js';
import { skeleton } from './skeleton.js';
import { type TemplateEdition, tables } from './tables.js';

/**
 * Reads an edition, with the questions that it asks in fieldwork that begins on a day (ISO). Throws a UserError when
 * there is no such edition.
 */
export async function readEdition(db: Connection, edition: string, day: string): Promise<TemplateEdition> {
  const framework = editionNamed(await readFrameworks(db), edition);
  const asked = [...framework.questions.values()].filter((one) => one.sample !== null && isAskedOn(one, day));
  return { ...framework, asked };
}

/**
 * Writes the files to fill in into a folder, which is made when it is not there. Returns their names. Throws a
 * UserError, and writes nothing, when one of them is there already or the folder can't be written to.
 */
export async function writeTemplate(folder: string, edition: TemplateEdition): Promise<readonly string[]> {
  checkName(folder, 'folder');
  const files = { 'inspection.yaml': skeleton(edition), ...tables(edition) };
  const names = Object.keys(files);
  // Somebody may have filled one in, in whatever letter case; and beside an inspection.json no other inspection file is taken.
  const there = await readdir(folder).catch((): string[] => []);
  const taken = there.filter((name) => [...names, 'inspection.json'].includes(name.toLowerCase())).sort();
  if (taken.length > 0)
    throw new UserError(
      `${folder} has ${taken.join(', ')} already, and nothing was written: name another folder with --to.`,
      exitCode.call,
    );
  await writing(folder, async () => {
    await makeFolder(folder);
    for (const [name, text] of Object.entries(files))
      await writeFile(path.join(folder, name), text, { flag: 'wx' });
  });
  return names;
}
