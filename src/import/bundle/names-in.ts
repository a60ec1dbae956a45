import { readdir } from 'node:fs/promises';
import { unreadable } from '../../unreadable.js';

/** The names in a folder; none in what is no folder. Throws a UserError when it can't be read. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR' || code === 'ENOENT') return [];
    throw unreadable(folder, error);
  }
}
