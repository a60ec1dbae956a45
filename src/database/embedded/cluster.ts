import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { exitCode, UserError } from '../../problem.js';
import { exists, wasCalledWith } from './process.js';
import { giveTo, runProgram, type ServerUser, serverUser } from './programs.js';
import { newSecrets, readSecrets, type Secrets, writeSecrets } from './secrets.js';

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

const halfMade = 'half-made-cluster-';

/**
 * Makes a new cluster: UTF-8 whatever the caller's locale, passwords by SCRAM, loopback only. It is made beside
 * its place and then renamed, so that a killed run leaves no half cluster. Passwords that the folder remembers stay, so
 * that connections of BI tools do.
 */
export async function initialise(cluster: Cluster): Promise<Secrets> {
  const { home, user } = cluster;
  await removeHalfMade(home);
  const secrets = (await readSecrets(home)) ?? newSecrets();
  // A folder of its own a run: a killed run's initdb may still be writing to the last one.
  const half = await mkdtemp(path.join(home, halfMade));
  await giveTo(user, half);
  const passwordFile = `${half}.password`;
  await writeFile(passwordFile, secrets.ownerPassword, { mode: 0o600 });
  await giveTo(user, passwordFile);
  const { code, output } = await runProgram(cluster, 'initdb', [
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
    // as the roles have it on any server (core.role_limit): views are joined in the order in which they name tables
    '--set=join_collapse_limit=6',
    '--set=from_collapse_limit=6',
    '--set=timezone=UTC',
  ]);
  await rm(passwordFile, { force: true });
  if (code !== 0) {
    await removeHalfMade(home);
    throw cannotRun(cluster, 'made', output);
  }
  await writeSecrets(home, secrets);
  await rename(half, cluster.data);
  return secrets;
}

/** Removes what killed runs left; what can't be removed yet, the next run will. */
async function removeHalfMade(home: string): Promise<void> {
  for (const name of await readdir(home))
    if (name.startsWith(halfMade))
      await rm(path.join(home, name), { recursive: true, force: true }).catch(() => {});
}

const lockFileOf = ({ data }: Cluster) => path.join(data, 'postmaster.pid');

/** What the server's lock file says; undefined where there is none. */
async function lockOf(cluster: Cluster) {
  const text = await readFile(lockFileOf(cluster), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const isAlive = pid > 0 && exists(pid);
  const isServer = isAlive && (await wasCalledWith(pid, cluster.data)) !== false;
  const isReady = lines[7]?.trim() === 'ready';
  return { pid, port: Number(lines[3]), isReady, isServer, isForeign: !pid || (isAlive && !isServer) };
}

/** The server that runs on the folder, by its lock file; undefined when none does. */
export async function runningServer(cluster: Cluster): Promise<RunningServer | undefined> {
  const lock = await lockOf(cluster);
  return lock?.isServer && lock.port > 0 ? lock : undefined;
}

/** Like runningServer, but a server that is just starting or stopping is waited for. */
export async function settledServer(cluster: Cluster): Promise<RunningServer | undefined> {
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(100)) {
    const running = await runningServer(cluster);
    if (!running || running.isReady) return running;
  }
  throw cannotRun(cluster, 'reached', 'it has been starting or stopping for a minute');
}

/** Starts the server on a port and waits until it answers; returns false when the port is taken. */
export async function start(cluster: Cluster, port: number): Promise<boolean> {
  // Of a killed server, whose number another program has been given since: PostgreSQL would refuse to start. One whose number is nobody's is
  // left to PostgreSQL, which knows by it whether the server's children are gone.
  if ((await lockOf(cluster))?.isForeign) await rm(lockFileOf(cluster), { force: true });
  for (const end = Date.now() + 60_000; ; await pause(200)) {
    await writeFile(cluster.log, '', { mode: 0o600 });
    await giveTo(cluster.user, cluster.log);
    const how = ['-D', cluster.data, '-l', cluster.log, '-o', `-p ${port}`];
    const { code, output } = await runProgram(cluster, 'pg_ctl', ['start', '--wait', '--silent', ...how]);
    // It does not wait for ever, and may have been told to end like ourselves: what counts is the server.
    if (code === 0 || (await settledServer(cluster))) return true;
    const log = await readFile(cluster.log, 'utf8').catch(() => '');
    if (log.includes('Address already in use')) return false;
    // A killed server's children notice and go when the statement that they are at lets them.
    const isLeftOver = /pre-existing shared memory block .* is still in use/.test(log);
    if (!isLeftOver || Date.now() > end) throw cannotRun(cluster, 'started', log || output);
  }
}

/** Stops the server if it runs: connections are cut, everything committed is kept. */
export async function stop(cluster: Cluster): Promise<void> {
  if (!(await runningServer(cluster))) return;
  const how = ['--wait', '--silent', '-m', 'fast', '-D', cluster.data];
  const { code, output } = await runProgram(cluster, 'pg_ctl', ['stop', ...how]);
  if (code !== 0 && (await runningServer(cluster))) throw cannotRun(cluster, 'stopped', output);
}

const orServer = 'or set DATABASE_URL to a server.';

/** What PostgreSQL says when a machine lacks something, and what to do: another folder would be no help. */
const lacking: readonly [RegExp, string][] = [
  [
    /shared memory segment.*No space left/,
    `The memory that programs share (/dev/shm) is too small: give it 64 MB or more (docker run --shm-size=256m), ${orServer}`,
  ],
  [
    /Cannot assign requested address|EADDRNOTAVAIL/,
    `The loopback interface (127.0.0.1) is down: bring it up (ip link set lo up), ${orServer}`,
  ],
  [
    /spawn \S+ EACCES|EACCES.*\/native\/bin\//,
    `The package's programs may not be run: it may lie on a file system that is mounted noexec. Move this program to another one, ${orServer}`,
  ],
  [
    /error while loading shared libraries/,
    `Its package is not whole: let its script run when it is installed (npm rebuild; pnpm approve-builds), ${orServer}`,
  ],
  [
    /pre-existing shared memory block/,
    'It was killed, and a statement of its is still running: wait until that is done, or end what is left of it ("postgres: …" of that folder).',
  ],
];

function cannotRun({ home, user }: Cluster, what: string, output: string): UserError {
  const lines = output.split('\n');
  const reason =
    lines.findLast((line) => /error|fatal|could not|denied|EACCES|ENOENT/i.test(line)) ?? lines.at(-1);
  const asRoot = user
    ? ` As root, PostgreSQL runs as user ${user.name}, who must be able to enter this folder and the package's.`
    : '';
  const advice =
    lacking.find(([said]) => said.test(output))?.[1] ??
    'Set YOT_RATINGS_HOME to another folder, or DATABASE_URL to a server.';
  return new UserError(
    `The embedded PostgreSQL could not be ${what} in ${home}: ${reason?.trim() || 'no reason given'}.${asRoot} ${advice}`,
    exitCode.database,
  );
}
