import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { exists as processExists } from '../database/embedded/process.js';

/**
 * Takes away what runs of this program have left in a folder that were killed: files and folders in whose name, as a pattern finds
 * it, stands the number of a process that is no more.
 */
export async function clearLeftovers(folder: string, pattern: RegExp): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = Number(pattern.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid)) continue;
    const left = path.join(folder, name);
    // In a container every program may have the same number.
    const isLeft =
      pid === process.pid ? (await stat(left)).mtimeMs < performance.timeOrigin : !processExists(pid);
    if (isLeft) await rm(left, { recursive: true, force: true });
  }
}

/** A text as a pattern takes it for itself. */
export const literally = (text: string): string => text.replaceAll(/[^\w\s]/g, '\\$&');
