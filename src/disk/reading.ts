import { readdirSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../problem.js';
import { didYouMean } from '../words/nearest.js';

/** An error of the file system as one that says what to do about a file; others as they are. */
export function unreadable(file: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof UserError || typeof code !== 'string') return error;
  return new UserError(`${file || 'A file without a name'} can't be read: ${whyUnreadable(file, code)}.`);
}

const notAllowed =
  'you may not read it: have its rights changed, or those of the folders above it (chmod), or name a copy of it';

/** Why something that is there can't be read, by the system's code for it, and what to do. */
const reasons: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder: name a file in it',
  EACCES: notAllowed,
  EPERM: notAllowed,
  ELOOP: 'it is a link that leads round in a circle: put the file there',
  ENAMETOOLONG: 'the path is too long: correct it',
  ENXIO: 'it is a socket or a device, not a file',
  EIO: 'the disk fails to read it: look at the disk, or name a copy of the file',
};

/** Why a file can't be read, by the system's code for it, and what to do. */
export function whyUnreadable(file: string, code: string): string {
  if (code !== 'ENOENT' && code !== 'ENOTDIR') return reasons[code] ?? code;
  const from = path.isAbsolute(file) ? '' : `, which begins in ${process.cwd()},`;
  return `there is no such file${nearest(file)}: correct the path${from} or put the file there`;
}

/** What else is in the file's folder and near to its name. */
function nearest(file: string): string {
  try {
    const name = path.basename(file);
    // A link that leads nowhere is there itself.
    const others = readdirSync(path.dirname(file)).filter((other) => other !== name);
    return didYouMean(name, others);
  } catch {
    return '';
  }
}
