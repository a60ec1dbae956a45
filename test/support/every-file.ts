import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Every file of a folder, by its name, as text. */
export async function everyFile(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [name, await readFile(path.join(folder, name), 'latin1')] as const),
    ),
  );
}
