import { chown, readFile } from 'node:fs/promises';
import { exitCode, UserError } from '../../problem.js';

/** Whom the server's programs run as; undefined is the user that we are. */
export type ServerUser = { uid: number; gid: number; name: string } | undefined;

/**
 * PostgreSQL refuses to run as root. Root lends it an unprivileged user: postgres where there is one, else nobody.
 */
export async function serverUser(): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return undefined;
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = passwd.match(new RegExp(`^(${name}):[^:]*:(\\d+):(\\d+):`, 'm')) ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid), name };
  }
  throw new UserError(
    'PostgreSQL does not run as root, and this machine has neither a user postgres nor a user nobody. ' +
      'Run as a plain user, or set DATABASE_URL.',
    exitCode.database,
  );
}

/** Makes a file or folder the server's. */
export async function giveTo(user: ServerUser, path: string): Promise<void> {
  if (user) await chown(path, user.uid, user.gid);
}
