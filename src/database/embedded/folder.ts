import { chmod, realpath } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import { exitCode, UserError } from '../../problem.js';
import { makeFolder } from '../../writing.js';

/** Makes the embedded server's folder where there is none; returns its path without symbolic links. */
export async function makeHome(home: string): Promise<string> {
  const isNew = await makeFolder(home);
  // As root the server runs as another user, who has to be able to enter; what is in it has modes of its own.
  if (isNew && process.getuid?.() === 0) await chmod(home, 0o755);
  return realpath(home);
}

/** The folder's path without symbolic links, so that one folder has one name; as given where there is no such folder. */
export const realFolder = (home: string): Promise<string> => realpath(home).catch(() => home);

/** Does a thing while no other process starts, stops or makes the server of this folder. */
export async function alone<T>(home: string, work: () => Promise<T>): Promise<T> {
  const release = await lock(home);
  try {
    return await work();
  } finally {
    await release().catch(() => {});
  }
}

async function lock(home: string): Promise<() => Promise<void>> {
  const end = Date.now() + 60_000;
  for (;;) {
    try {
      return await lockfile.lock(home, {
        lockfilePath: `${home}/lock`,
        stale: 10_000,
        // After a sleep of the machine another may have it. PostgreSQL has a lock of its own: two never run on one folder.
        onCompromised: () => {},
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
      if (Date.now() > end) {
        throw new UserError(
          `Another program has been starting or stopping the server in ${home} for a minute. Wait for it, or end it.`,
          exitCode.database,
        );
      }
      await pause(50 + 100 * Math.random());
    }
  }
}

const reasons: Record<string, string> = {
  EACCES: 'you may not write to it',
  EPERM: 'you may not write to it',
  EROFS: 'it can only be read',
  ENOSPC: 'the disk is full',
  EEXIST: 'a file is in its place',
  ENOTDIR: 'a file is in its place',
};

/** Does a thing with the files of a folder. Where the system refuses, the UserError names the folder and the reason. */
export async function inFolder<T>(home: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, syscall, path: file } = error as NodeJS.ErrnoException;
    if (!code || !syscall) throw error;
    const isDangling = code === 'ENOENT' && syscall === 'stat';
    const reason = isDangling
      ? 'it is a link to a folder that is not there'
      : (reasons[code] ?? `${syscall} failed`);
    throw new UserError(
      `The folder ${home} can't be used: ${reason} (${code}${file && file !== home ? ` at ${file}` : ''}). ` +
        'Set YOT_RATINGS_HOME to a folder that you may write to, or DATABASE_URL to a server.',
      exitCode.database,
    );
  }
}
