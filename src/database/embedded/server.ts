import { randomInt } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { connect } from '../connect.js';
import { explainDatabaseError } from '../errors.js';
import type { RoleName } from '../role-names.js';
import {
  type Cluster,
  clusterOf,
  initialise,
  ownerRole,
  runningServer,
  settledServer,
  start,
  stop,
} from './cluster.js';
import { alone, forgetUses, inFolder, isInUse, makeHome, noteKept, noteUse, realFolder } from './folder.js';
import { type Secrets, secretsOf, writeSecrets } from './secrets.js';

const database = 'yot_ratings';
const firstPort = 54_218;

/** A running embedded server. */
export interface EmbeddedServer {
  /** URL of the owner, who may do everything. */
  url: string;
  passwords: Record<RoleName, string>;
  /** What was found or done, for the user: 'made and started', 'started', 'already running (process 123)'. */
  state: string;
  /** Leaves the server; the last of its users stops it. */
  release(): Promise<void>;
}

// The servers that this process uses, or is about to.
const inUse = new Set<Promise<EmbeddedServer>>();

/**
 * Finds the server of a folder or starts it, making the folder's cluster first where there is none.
 * Throws a UserError when the folder can't be written or the server can't run.
 */
export function embeddedServer(given: string): Promise<EmbeddedServer> {
  const server = inFolder(given, async () => {
    const home = await makeHome(given);
    return alone(home, async () => findOrStart(await clusterOf(home)));
  });
  inUse.add(server);
  server.catch(() => inUse.delete(server));
  return server;
}

/** Leaves every server that this process uses, whatever is under way on it: for a process that ends. */
export async function leaveServers(): Promise<void> {
  for (const server of inUse) await server.then(({ release }) => release()).catch(() => {});
}

async function findOrStart(cluster: Cluster): Promise<EmbeddedServer> {
  const { home } = cluster;
  const known = await secretsOf(cluster);
  const secrets = known ?? (await initialise(cluster));
  const made = known ? 'started' : 'made and started';
  const running = await settledServer(cluster);
  if (!running) await forgetUses(home);
  const port = running?.port ?? (await startOnFreePort(cluster, secrets));
  const note = await noteUse(home);
  try {
    await createDatabase(ownerUrl(secrets, port, 'postgres'));
  } catch (error) {
    await leave(cluster, note);
    throw error;
  }
  let released: Promise<void> | undefined;
  return {
    url: ownerUrl(secrets, port),
    passwords: passwordsOf(secrets),
    state: running ? `already running (process ${running.pid})` : made,
    release: () => {
      released ??= inFolder(home, () => alone(home, () => leave(cluster, note)));
      return released;
    },
  };
}

/** The owner's URL of a folder's server when one is running; undefined otherwise. */
export function runningUrl(given: string): Promise<Pick<EmbeddedServer, 'url' | 'passwords'> | undefined> {
  return inFolder(given, async () => {
    const cluster = await clusterOf(await realFolder(given));
    const secrets = await secretsOf(cluster);
    const running = secrets && (await runningServer(cluster));
    return running && { url: ownerUrl(secrets, running.port), passwords: passwordsOf(secrets) };
  });
}

/** Lets a folder's server go on when this process ends, until it is stopped. */
export const keepServer = (given: string): Promise<void> =>
  inFolder(given, async () => noteKept(await realFolder(given)));

/** Stops a folder's server whoever uses it; false when none was running. */
export function stopServer(given: string): Promise<boolean> {
  return inFolder(given, async () => {
    const home = await realFolder(given);
    if (!(await stat(home).catch(() => undefined))) return false;
    return alone(home, async () => {
      const cluster = await clusterOf(home);
      const running = await settledServer(cluster);
      if (running) await stop(cluster);
      await forgetUses(home);
      return running !== undefined;
    });
  });
}

async function leave(cluster: Cluster, note: string): Promise<void> {
  await rm(note, { force: true });
  if (await isInUse(cluster.home)) return;
  await stop(cluster);
  await forgetUses(cluster.home);
}

const passwordsOf = (secrets: Secrets) => ({
  loader: secrets.loaderPassword,
  analyst: secrets.analystPassword,
  reader: secrets.readerPassword,
});

const ownerUrl = (secrets: Secrets, port: number, name = database): string =>
  `postgres://${ownerRole}:${secrets.ownerPassword}@127.0.0.1:${port}/${name}`;

// The port is kept from run to run, so that a BI tool's connection goes on working. Another one is below those that systems give to
// whoever connects, so that it is free the next time, too.
async function startOnFreePort(cluster: Cluster, secrets: Secrets): Promise<number> {
  let port = secrets.port ?? firstPort;
  while (!(await start(cluster, port))) port = randomInt(10_000, 20_000);
  if (port !== secrets.port) await writeSecrets(cluster.home, { ...secrets, port });
  return port;
}

/** Makes our database where there is none. A server that has to recover first, because it was killed, is waited for: a minute. */
async function createDatabase(adminUrl: string, patience = 300): Promise<void> {
  const admin = connect(adminUrl, { max: 1 });
  try {
    const found = await sql`select 1 from pg_database where datname = ${database}`.execute(admin);
    if (found.rows.length === 0) await sql`create database ${sql.id(database)}`.execute(admin);
  } catch (error) {
    const isRecovering = (error as { code?: string }).code === '57P03';
    if (!isRecovering || patience === 0) throw explainDatabaseError(error, adminUrl, { isEmbedded: true });
    await pause(200);
    await createDatabase(adminUrl, patience - 1);
  } finally {
    await admin.destroy();
  }
}
