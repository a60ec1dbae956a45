import { chmod, mkdir, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import lockfile from 'proper-lockfile';
import { makeFolder, whyUnwritable } from '../../disk/writing.js';
import { exitCode, UserError } from '../../problem.js';
import { exists } from './process.js';

/** Makes the embedded server's folder where there is none; returns its path without symbolic links. */
export async function makeHome(home: string): Promise<string> {
  const isNew = await makeFolder(home);
  // As root the server runs as another user, who has to be able to enter; what is in it has modes of its own.
  if (isNew && process.getuid?.() === 0) await chmod(home, 0o755);
  return realpath(home);
}

/** The folder's path without symbolic links, so that one folder has one name; as given where there is no such folder. */
export const realFolder = (home: string): Promise<string> => realpath(home).catch(() => home);

/** Does a thing while no other process starts, stops or makes the server of this folder: for a minute it is waited for. */
export async function alone<T>(home: string, work: () => Promise<T>): Promise<T> {
  const release = await lockfile
    .lock(home, {
      lockfilePath: `${home}/lock`,
      stale: 10_000,
      retries: { retries: 600, factor: 1, minTimeout: 50, maxTimeout: 150, randomize: true },
      // After a sleep of the machine another may have it. PostgreSQL has a lock of its own: two never run on one folder.
      onCompromised: () => {},
    })
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ELOCKED') throw error;
      throw new UserError(
        `Another program has been starting or stopping the server in ${home} for a minute. Wait for it, or end it.`,
        exitCode.database,
      );
    });
  try {
    return await work();
  } finally {
    await release().catch(() => {});
  }
}

/** Does a thing with the files of a folder. Where the system refuses, the UserError names the folder and the reason. */
export async function inFolder<T>(home: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, syscall, path: file } = error as NodeJS.ErrnoException;
    if (!code || !syscall) throw error;
    const isDangling = code === 'ENOENT' && syscall === 'stat';
    const reason = isDangling ? 'it is a link to a folder that is not there' : whyUnwritable(code);
    throw new UserError(
      `The folder ${home} can't be used: ${reason} (${code}${file && file !== home ? ` at ${file}` : ''}). ` +
        'Set YOT_RATINGS_HOME to a folder that you may write to, or DATABASE_URL to a server.',
      exitCode.database,
    );
  }
}

// Who uses the server of a folder: a file a use, named by the process's number. The last to leave stops the server, so that programs
// can come and go in any order, and one that was killed is not waited for.
const usesOf = (home: string) => path.join(home, 'in-use-by');
const kept = 'kept';
let uses = 0;

/** Notes that this process uses the server; returns the note, a file that is taken away when it does no more. */
export async function noteUse(home: string): Promise<string> {
  const note = path.join(usesOf(home), `${process.pid}-${++uses}`);
  await mkdir(usesOf(home), { recursive: true });
  await writeFile(note, '');
  return note;
}

/** Notes that the server is to go on when nobody uses it, until it is stopped. */
export const noteKept = (home: string): Promise<void> => writeFile(path.join(usesOf(home), kept), '');

/** Takes all notes away: for a server that has just been started or stopped. */
export const forgetUses = (home: string): Promise<void> => rm(usesOf(home), { recursive: true, force: true });

/** Whether a living process uses the server, or it is to be kept. */
export async function isInUse(home: string): Promise<boolean> {
  const names = await readdir(usesOf(home)).catch((): string[] => []);
  return names.some((name) => name === kept || exists(Number.parseInt(name, 10)));
}
