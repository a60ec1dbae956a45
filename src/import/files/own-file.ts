import { lstatSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../problem.js';
import { unreadable } from '../../unreadable.js';
import { kindOf } from './source.js';

/**
 * Refuses (UserError) what stands under the name of a folder's file and is none: a pipe or a device, which may never end, or
 * a link that leads out of the folder. Bundles come from others: they say what they hold, not what else is to be read. A
 * file that is not there is left to its reader to refuse.
 */
export function refuseForeign(folder: string, file: string): void {
  try {
    const found = lstatSync(file, { throwIfNoEntry: false });
    if (!found || found.isFile()) return;
    if (found.isSymbolicLink()) {
      const leadsTo = realpathSync(file);
      if (!leadsTo.startsWith(path.join(realpathSync(folder), path.sep)))
        throw new UserError(
          `${file} can't be read: it is a link that leads out of its folder. Copy the file there.`,
        );
    }
    const kind = kindOf(statSync(file));
    if (kind) throw new UserError(`${file} can't be read: it is ${kind}, not a file.`);
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** What tells whether files are still those that were found: asked before they are read, and after. */
export function seenFiles(files: readonly string[]): string {
  return files
    .map((file) => {
      const found = statSync(file, { bigint: true, throwIfNoEntry: false });
      return found ? `${found.ino} ${found.size} ${found.mtimeNs}` : '';
    })
    .join();
}
