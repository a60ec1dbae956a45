import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exitCode, UserError } from '../../problem.js';
import { binaries } from './binaries.js';
import { giveTo, type ServerUser, serverUser } from './server-user.js';

/** The superuser and owner of the embedded server's database. */
export const ownerRole = 'yot_ratings_owner';

/** The PostgreSQL cluster of one folder: its files, and the server that runs on them. */
export interface Cluster {
  home: string;
  data: string;
  log: string;
  user: ServerUser;
}

/** What the folder remembers between runs; readable by its owner only. */
export interface Secrets {
  port?: number;
  ownerPassword: string;
  readerPassword: string;
}

const secretsFile = (home: string) => path.join(home, 'secrets.json');

/** Reads what the folder remembers; undefined when there is no (whole) cluster in it. */
export async function readSecrets(home: string): Promise<Secrets | undefined> {
  const text = await readFile(secretsFile(home), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : (JSON.parse(text) as Secrets);
}

/** Writes what the folder is to remember, whole or not at all. */
export async function writeSecrets(home: string, secrets: Secrets): Promise<void> {
  const half = `${secretsFile(home)}.new`;
  await writeFile(half, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(half, secretsFile(home));
}

/** Names the cluster of a folder. */
export async function clusterOf(home: string): Promise<Cluster> {
  return {
    home,
    data: path.join(home, 'data'),
    log: path.join(home, 'server.log'),
    user: await serverUser(),
  };
}

function run(file: string, args: string[], user: ServerUser): Promise<{ code: number; output: string }> {
  // The server's messages are read by this program, and its files must not depend on the caller's locale.
  const env = { ...process.env, LC_ALL: 'C', LANG: 'C' };
  const options = { env, cwd: '/', ...(user && { uid: user.uid, gid: user.gid }) };
  return new Promise((resolve) => {
    execFile(file, args, options, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
      resolve({
        code,
        output: `${stdout}${stderr}${error && code === 1 && !stderr ? error.message : ''}`.trim(),
      });
    });
  });
}

/**
 * Makes a new cluster: UTF-8 whatever the caller's locale, passwords by SCRAM, loopback only. It is made beside
 * its place and then renamed, so that a killed run leaves no half cluster.
 */
export async function initialise(cluster: Cluster): Promise<Secrets> {
  const { initdb } = await binaries();
  const half = path.join(cluster.home, 'data.new');
  const passwordFile = path.join(cluster.home, 'password.new');
  const secrets: Secrets = {
    ownerPassword: randomBytes(18).toString('base64url'),
    readerPassword: randomBytes(18).toString('base64url'),
  };
  await rm(half, { recursive: true, force: true });
  await rm(cluster.data, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  await giveTo(cluster.user, half);
  await writeFile(passwordFile, secrets.ownerPassword, { mode: 0o600 });
  await giveTo(cluster.user, passwordFile);
  const { code, output } = await run(
    initdb,
    [
      `--pgdata=${half}`,
      `--username=${ownerRole}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--set=listen_addresses=127.0.0.1',
      '--set=unix_socket_directories=',
      '--set=timezone=UTC',
    ],
    cluster.user,
  );
  await rm(passwordFile, { force: true });
  if (code !== 0) throw cannotRun(cluster, 'made', output);
  await rename(half, cluster.data);
  await writeSecrets(cluster.home, secrets);
  return secrets;
}

/** Process id and port of the server that runs on the folder, by its lock file; undefined when none does. */
export async function runningServer(cluster: Cluster): Promise<{ pid: number; port: number } | undefined> {
  const lockFile = path.join(cluster.data, 'postmaster.pid');
  const text = await readFile(lockFile, 'utf8').catch(() => '');
  const [pid, , , port] = text.split('\n').map(Number);
  if (!pid || !port) return undefined;
  if (await isServerOf(cluster, pid)) return { pid, port };
  // A killed server's lock file: its process is gone, or the number has been given to another program.
  await rm(lockFile, { force: true });
  return undefined;
}

async function isServerOf(cluster: Cluster, pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return commandLine === undefined || commandLine.includes(cluster.data);
}

/** Starts the server on a port and waits until it answers; returns false when the port is taken. */
export async function start(cluster: Cluster, port: number): Promise<boolean> {
  const { pg_ctl } = await binaries();
  await writeFile(cluster.log, '', { mode: 0o600 });
  await giveTo(cluster.user, cluster.log);
  const { code, output } = await run(
    pg_ctl,
    ['start', '--wait', '--silent', '-D', cluster.data, '-l', cluster.log, '-o', `-p ${port}`],
    cluster.user,
  );
  if (code === 0) return true;
  const log = await readFile(cluster.log, 'utf8').catch(() => '');
  if (log.includes('Address already in use')) return false;
  throw cannotRun(cluster, 'started', log || output);
}

/** Stops the server: connections are cut, everything committed is kept. */
export async function stop(cluster: Cluster): Promise<void> {
  const { pg_ctl } = await binaries();
  await run(pg_ctl, ['stop', '--wait', '--silent', '-m', 'fast', '-D', cluster.data], cluster.user);
}

function cannotRun(cluster: Cluster, what: string, output: string): UserError {
  const reason =
    output.split('\n').findLast((line) => /error|fatal|could not|denied|EACCES|ENOENT/i.test(line)) ??
    output.split('\n').at(-1);
  const asRoot = cluster.user
    ? ` As root, PostgreSQL runs as user ${cluster.user.name}, who must be able to enter this folder and the package's.`
    : '';
  return new UserError(
    `The embedded PostgreSQL could not be ${what} in ${cluster.home}: ${reason?.trim() || 'no reason given'}.${asRoot} ` +
      'Set YOT_RATINGS_HOME to another folder, or DATABASE_URL to a server.',
    exitCode.database,
  );
}
