import { execFile } from 'node:child_process';
import { chown, readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { exitCode, UserError } from '../../problem.js';

/** Whom the server's programs run as; undefined is the user that we are. */
export type ServerUser = { uid: number; gid: number; name: string } | undefined;

/**
 * PostgreSQL refuses to run as root. Root lends it an unprivileged user: whoever owns the cluster's files (`data`), if
 * there are any; else postgres where there is one, else nobody.
 */
export async function serverUser(data: string): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(data).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `${owner.uid}` };
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

/** A call of a program, and as whom where that is not us. */
export interface CallAs {
  call: string[];
  as?: { uid: number; gid: number };
}

/**
 * How a program is called as the server's user. That user may not be able to enter root's own folders, where this
 * package or its data may be (/root, mktemp -d): then it is lent root's right to pass them, by setpriv.
 */
export async function callAs(user: ServerUser, call: string[], folder: string): Promise<CallAs> {
  if (!user) return { call };
  const as = { uid: user.uid, gid: user.gid };
  const [program = ''] = call;
  if (await succeeds(['sh', '-c', 'test -x "$0" && test -x "$1"', program, folder], as)) return { call, as };
  // no_setuid_fixup: else the right does not hold for access(2), by which PostgreSQL finds its other programs
  const lend =
    `--reuid=${as.uid} --regid=${as.gid} --clear-groups --inh-caps=+dac_override --ambient-caps=+dac_override ` +
    '--securebits=+no_setuid_fixup';
  const setpriv = ['setpriv', ...lend.split(' '), '--'];
  return (await succeeds([...setpriv, 'sh', '-c', 'test -x "$0"', program]))
    ? { call: [...setpriv, ...call] }
    : { call, as };
}

function succeeds([file = '', ...args]: string[], as: CallAs['as'] = undefined): Promise<boolean> {
  return promisify(execFile)(file, args, { cwd: '/', ...as }).then(
    () => true,
    () => false,
  );
}
