import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { exitCode, UserError } from '../problem.js';

/** Why something can't be written, by the system's code for it, in words that say what to do. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'the folder that it would lie in is not there: make it, or correct the path',
  ENOTDIR: 'it, or what it would lie in, is no folder',
  EEXIST: 'it is there, and no folder',
  ENOTEMPTY: 'somebody else has put something there meanwhile',
  EISDIR: 'it is a folder: name a file in it',
  EACCES: 'it may not be written to',
  EPERM: 'it may not be written to',
  EROFS: 'it may not be written to',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'the disk is full',
};

/** Why something can't be written, by the system's code for it. */
export const whyUnwritable = (code: string): string => reasons[code] ?? code;

/** What a lost connection to a server gives, which is no fault of a file. */
const ofNetwork = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/;

/**
 * Does a thing with a file or a folder that the user named. What the system refuses becomes a UserError that says why; any
 * other error stays what it is.
 * @param end what is said after it: a sentence with a blank before it
 */
export async function writing<T>(name: string, work: () => Promise<T>, end = ''): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (error instanceof UserError || syscall === undefined || code === undefined || ofNetwork.test(code))
      throw error;
    throw new UserError(`${name} can't be written: ${whyUnwritable(code)}.${end}`, exitCode.call);
  }
}

/** The same where all is written, or nothing. */
export const writingWhole = <T>(name: string, work: () => Promise<T>): Promise<T> =>
  writing(name, work, ' Nothing was written.');

/** Refuses (UserError) an empty name: for the system it would be the folder that the program runs in. */
export function checkName(name: string, what: 'file' | 'folder'): void {
  if (typeof name !== 'string') throw new RangeError(`What is written to has to be the path of a ${what}.`);
  if (name.trim() === '') throw new UserError(`The ${what} has no name.`, exitCode.call);
}

/**
 * Makes a folder, and those that it lies in, where they are not there; tells whether it was not. Node's own way never ends
 * where a file system refuses a new folder with the code for a missing one, as /proc does.
 */
export async function makeFolder(folder: string, isSecondTry = false): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return false;
    if (code !== 'ENOENT' || isSecondTry) throw error;
    await makeFolder(path.dirname(folder));
    return makeFolder(folder, true);
  }
}
