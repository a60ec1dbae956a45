import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { exitCode, UserError } from '../../problem.js';
import { withoutConnections } from '../connection/keywords.js';
import { binaries, type ProgramName } from './binaries.js';
import { exists, wasCalledWith } from './process.js';
import { newSecrets, readSecrets, type Secrets, writeSecrets } from './secrets.js';
import { callAs, giveTo, type ServerUser, serverUser } from './server-user.js';

/** The superuser and owner of the embedded server's database. */
export const ownerRole = 'yot_ratings_owner';

/** The PostgreSQL cluster of one folder: its files, and the server that runs on them. */
export interface Cluster {
  home: string;
  data: string;
  log: string;
  user: ServerUser;
}

/** A server that runs on a cluster. */
export interface RunningServer {
  pid: number;
  port: number;
  /** Whether it is neither starting nor stopping. */
  isReady: boolean;
}

/** Names the cluster of a folder. `home` has no symbolic links: a server is known by its path. */
export async function clusterOf(home: string): Promise<Cluster> {
  const data = path.join(home, 'data');
  return { home, data, log: path.join(home, 'server.log'), user: await serverUser(data) };
}

/** What a whole cluster's folder remembers; undefined when there is no whole cluster in it. */
export async function secretsOf({ home, data }: Cluster): Promise<Secrets | undefined> {
  const secrets = await readSecrets(home);
  const isWhole = await stat(data).catch(() => undefined);
  return isWhole && secrets;
}

async function run(
  cluster: Cluster,
  name: ProgramName,
  args: string[],
): Promise<{ code: number; output: string }> {
  const { [name]: program, env: own } = await binaries(cluster.home);
  // The server's messages are read by this program, and its files must not depend on the caller's locale, nor on where else he connects to.
  const env = { ...withoutConnections(process.env), ...own, LC_ALL: 'C', LANG: 'C' };
  const { call, as } = await callAs(cluster.user, [program, ...args], cluster.home);
  const [file = program, ...rest] = call;
  return new Promise((resolve) => {
    execFile(file, rest, { env, cwd: '/', ...as }, (error, stdout, stderr) => {
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
 * its place and then renamed, so that a killed run leaves no half cluster. Passwords that the folder remembers stay, so
 * that connections of BI tools do; data whose passwords are lost are set aside, not deleted.
 */
export async function initialise(cluster: Cluster): Promise<{ secrets: Secrets; aside: string | undefined }> {
  await removeHalfMade(cluster);
  const aside = await setAside(cluster);
  const secrets = (await readSecrets(cluster.home)) ?? newSecrets();
  // A folder of its own a run: a killed run's initdb may still be writing to the last one.
  const half = await mkdtemp(path.join(cluster.home, halfMade));
  await giveTo(cluster.user, half);
  const passwordFile = `${half}.password`;
  await writeFile(passwordFile, secrets.ownerPassword, { mode: 0o600 });
  await giveTo(cluster.user, passwordFile);
  const { code, output } = await run(cluster, 'initdb', [
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
    // its folder is on memory or SSD, where reading here and there costs hardly more than reading on
    '--set=random_page_cost=1.1',
    // its queries are short, and plans of many views look dearer than they are
    '--set=jit=off',
    '--set=timezone=UTC',
  ]);
  await rm(passwordFile, { force: true });
  if (code !== 0) {
    await removeHalfMade(cluster);
    throw cannotRun(cluster, 'made', output);
  }
  await writeSecrets(cluster.home, secrets);
  await rename(half, cluster.data);
  return { secrets, aside };
}

const halfMade = 'half-made-cluster-';

/** Removes what killed runs left; what can't be removed yet, the next run will. */
async function removeHalfMade({ home }: Cluster): Promise<void> {
  for (const name of await readdir(home)) {
    if (name.startsWith(halfMade))
      await rm(path.join(home, name), { recursive: true, force: true }).catch(() => {});
  }
}

/** Renames data that we have no password for, and returns their new name. What is not ours to move is left alone. */
async function setAside(cluster: Cluster): Promise<string | undefined> {
  const { data } = cluster;
  const names = await readdir(data).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!names) return undefined;
  if (!names.includes('PG_VERSION')) {
    throw new UserError(
      `${data} is in the way: it is not a database of this program. Set YOT_RATINGS_HOME to another folder.`,
      exitCode.database,
    );
  }
  if (names.includes('postmaster.pid') && (await runningServer(cluster))) {
    throw new UserError(
      `A server runs on ${data}, but secrets.json, which has its password, is gone. Put it back; or stop the server with ` +
        'yot-ratings db down, then its data are set aside and a new database is made.',
      exitCode.database,
    );
  }
  const aside = `${data}.without-password-${new Date().toISOString().replaceAll(/[^\dT]/g, '')}`;
  await rename(data, aside);
  return aside;
}

const lockFileOf = ({ data }: Cluster) => path.join(data, 'postmaster.pid');

/** The server that runs on the folder, by its lock file; undefined when none does. */
export async function runningServer(cluster: Cluster): Promise<RunningServer | undefined> {
  const text = await readFile(lockFileOf(cluster), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid || !port || !(await isServerOf(cluster, pid))) return undefined;
  return { pid, port, isReady: lines[7]?.trim() === 'ready' };
}

/** Like runningServer, but a server that is just starting or stopping is waited for. */
export async function settledServer(cluster: Cluster): Promise<RunningServer | undefined> {
  const end = Date.now() + 60_000;
  for (;;) {
    const running = await runningServer(cluster);
    if (!running || running.isReady) return running;
    if (Date.now() > end)
      throw cannotRun(cluster, 'reached', 'it has been starting or stopping for a minute');
    await pause(100);
  }
}

async function isServerOf(cluster: Cluster, pid: number): Promise<boolean> {
  return exists(pid) && (await wasCalledWith(pid, cluster.data)) !== false;
}

/** Starts the server on a port and waits until it answers; returns false when the port is taken. */
export async function start(cluster: Cluster, port: number): Promise<boolean> {
  await removeForeignLock(cluster);
  const end = Date.now() + 60_000;
  for (;;) {
    await writeFile(cluster.log, '', { mode: 0o600 });
    await giveTo(cluster.user, cluster.log);
    const { code, output } = await run(cluster, 'pg_ctl', [
      'start',
      '--wait',
      '--silent',
      '-D',
      cluster.data,
      '-l',
      cluster.log,
      '-o',
      `-p ${port}`,
    ]);
    if (code === 0) return true;
    // It does not wait for ever, and may have been told to end like ourselves: what counts is the server.
    if (await settledServer(cluster)) return true;
    const log = await readFile(cluster.log, 'utf8').catch(() => '');
    if (log.includes('Address already in use')) return false;
    // A killed server's children notice and go when the statement that they are at lets them.
    const isLeftOver = /pre-existing shared memory block .* is still in use/.test(log);
    if (isLeftOver && Date.now() > end)
      throw new UserError(
        `The embedded PostgreSQL in ${cluster.home} was killed, and a statement of its is still running: wait until it is done, or end what is left of it ` +
          '(processes called "postgres: …" of that folder), and run the command again.',
        exitCode.database,
      );
    if (!isLeftOver) throw cannotRun(cluster, 'started', log || output);
    await pause(200);
  }
}

/**
 * Removes a killed server's lock file whose number another program has been given since: PostgreSQL would refuse to
 * start. One whose number is nobody's is left to PostgreSQL, which knows by it whether the server's children are gone.
 */
async function removeForeignLock(cluster: Cluster): Promise<void> {
  const text = await readFile(lockFileOf(cluster), 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const pid = Number(text.split('\n')[0]);
  if (!pid || (exists(pid) && !(await isServerOf(cluster, pid))))
    await rm(lockFileOf(cluster), { force: true });
}

/** Stops the server if it runs: connections are cut, everything committed is kept. */
export async function stop(cluster: Cluster): Promise<void> {
  if (!(await runningServer(cluster))) return;
  const { code, output } = await run(cluster, 'pg_ctl', [
    'stop',
    '--wait',
    '--silent',
    '-m',
    'fast',
    '-D',
    cluster.data,
  ]);
  if (code !== 0 && (await runningServer(cluster))) throw cannotRun(cluster, 'stopped', output);
}

/** What PostgreSQL says when a machine lacks something, and what to do: another folder would be no help. */
const lacking: readonly [RegExp, string][] = [
  [
    /shared memory segment.*No space left/,
    'The memory that programs share (/dev/shm) is too small: give it 64 MB or more (docker run --shm-size=256m), or set DATABASE_URL to a server.',
  ],
  [
    /Cannot assign requested address|EADDRNOTAVAIL/,
    'The loopback interface (127.0.0.1) is down: bring it up (ip link set lo up), or set DATABASE_URL to a server.',
  ],
  [
    /spawn \S+ EACCES|EACCES.*\/native\/bin\//,
    "The package's programs may not be run: it may lie on a file system that is mounted noexec. Move this program to another one, or set DATABASE_URL to a server.",
  ],
  [
    /error while loading shared libraries/,
    'Its package is not whole: let its script run when it is installed (npm rebuild; pnpm approve-builds), or set DATABASE_URL to a server.',
  ],
];

function cannotRun(cluster: Cluster, what: string, output: string): UserError {
  const lines = output.split('\n');
  const reason =
    lines.findLast((line) => /error|fatal|could not|denied|EACCES|ENOENT/i.test(line)) ?? lines.at(-1);
  const asRoot = cluster.user
    ? ` As root, PostgreSQL runs as user ${cluster.user.name}, who must be able to enter this folder and the package's.`
    : '';
  const advice =
    lacking.find(([said]) => said.test(output))?.[1] ??
    'Set YOT_RATINGS_HOME to another folder, or DATABASE_URL to a server.';
  return new UserError(
    `The embedded PostgreSQL could not be ${what} in ${cluster.home}: ${reason?.trim() || 'no reason given'}.${asRoot} ${advice}`,
    exitCode.database,
  );
}
