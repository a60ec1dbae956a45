import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { destination } from '../export/folder.js';
import { programVersion } from '../version.js';
import { writingWhole } from '../writing.js';
import { connectWork } from './files.js';

/** Writes files into a folder, all of them or none, with one that lists them. */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
  { force }: { force: boolean },
): Promise<void> {
  const into = await destination(folder, { force, work: connectWork });
  try {
    const list = { generator: programVersion, files: Object.keys(files) };
    const all = { ...files, [connectWork.listedIn]: `${JSON.stringify(list, null, 1)}\n` };
    for (const [name, text] of Object.entries(all))
      await writingWhole(folder, () => writeFile(path.join(into.partial, name), text));
    await into.settle(Object.keys(all));
  } catch (error) {
    await into.discard();
    throw error;
  }
}
