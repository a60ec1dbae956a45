import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { sql } from 'kysely';
import lockfile from 'proper-lockfile';
import { exitCode, UserError } from '../../problem.js';
import { connect } from '../connect.js';
import {
  type Cluster,
  clusterOf,
  initialise,
  ownerRole,
  readSecrets,
  runningServer,
  type Secrets,
  start,
  stop,
  writeSecrets,
} from './cluster.js';
import * as lease from './lease.js';

const database = 'yot_ratings';
const firstPort = 54_218;

/** A running embedded server. */
export interface EmbeddedServer {
  /** URL of the owner, who may do everything. */
  url: string;
  readerPassword: string;
  /** What was found or done, for the user: 'made and started', 'started', 'already running (process 123)'. */
  state: string;
  /** Leaves the server; the last of its users stops it. */
  release(): Promise<void>;
}

/**
 * Finds the server of a folder or starts it, making the folder's cluster first where there is none.
 * Throws a UserError when the folder can't be written or the server can't run.
 */
export async function embeddedServer(home: string): Promise<EmbeddedServer> {
  await makeFolder(home);
  const cluster = await clusterOf(home);
  return alone(home, async () => {
    const known = await readSecrets(home);
    const secrets = known ?? (await initialise(cluster));
    const running = await runningServer(cluster);
    if (!running) await lease.clear(home);
    const port = running?.port ?? (await startOnFreePort(cluster, secrets));
    await lease.take(home);
    const url = ownerUrl(secrets, port);
    await createDatabase(ownerUrl(secrets, port, 'postgres'));
    const state = running
      ? `already running (process ${running.pid})`
      : known
        ? 'started'
        : 'made and started';
    return {
      url,
      readerPassword: secrets.readerPassword,
      state,
      release: () => alone(home, () => leave(cluster)),
    };
  });
}

/** The owner's URL of a folder's server when one is running; undefined otherwise. */
export async function runningUrl(home: string): Promise<{ url: string; readerPassword: string } | undefined> {
  const secrets = await readSecrets(home);
  const running = secrets && (await runningServer(await clusterOf(home)));
  return running && { url: ownerUrl(secrets, running.port), readerPassword: secrets.readerPassword };
}

/** Lets a folder's server go on when this process ends, until it is stopped. */
export async function keepServer(home: string): Promise<void> {
  await lease.keep(home);
}

/** Stops a folder's server whoever uses it; false when none was running. */
export async function stopServer(home: string): Promise<boolean> {
  if (!(await readSecrets(home))) return false;
  const cluster = await clusterOf(home);
  return alone(home, async () => {
    const running = await runningServer(cluster);
    if (running) await stop(cluster);
    await lease.clear(home);
    return running !== undefined;
  });
}

async function leave(cluster: Cluster): Promise<void> {
  await lease.giveBack(cluster.home);
  if (!(await lease.isStillUsed(cluster.home))) await stop(cluster);
}

function ownerUrl(secrets: Secrets, port: number, name = database): string {
  return `postgres://${ownerRole}:${secrets.ownerPassword}@127.0.0.1:${port}/${name}`;
}

// The port is kept from run to run, so that a BI tool's connection goes on working.
async function startOnFreePort(cluster: Cluster, secrets: Secrets): Promise<number> {
  const wanted = process.env.YOT_RATINGS_PORT;
  if (wanted !== undefined) {
    const port = Number(wanted);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new UserError(`YOT_RATINGS_PORT is "${wanted}": it has to be a port, 1 to 65535.`, exitCode.call);
    }
    if (!(await isFree(port)) || !(await start(cluster, port))) {
      throw new UserError(
        `Port ${port} (YOT_RATINGS_PORT) is taken by another program. Name a free one, or unset it to have one chosen.`,
        exitCode.database,
      );
    }
    return port;
  }
  for (let port = secrets.port ?? firstPort; ; port = await anyFreePort()) {
    if ((await isFree(port)) && (await start(cluster, port))) {
      if (port !== secrets.port) await writeSecrets(cluster.home, { ...secrets, port });
      return port;
    }
  }
}

function isFree(port: number): Promise<boolean> {
  return listen(port).then(
    () => true,
    () => false,
  );
}

const anyFreePort = () => listen(0);

function listen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, '127.0.0.1', () => {
      const { port: given } = probe.address() as { port: number };
      probe.close(() => resolve(given));
    });
  });
}

async function createDatabase(adminUrl: string): Promise<void> {
  const admin = connect(adminUrl, { max: 1 });
  try {
    const found = await sql`select 1 from pg_database where datname = ${database}`.execute(admin);
    if (found.rows.length === 0) await sql`create database ${sql.id(database)}`.execute(admin);
  } finally {
    await admin.destroy();
  }
}

async function makeFolder(home: string): Promise<void> {
  try {
    await mkdir(home, { recursive: true });
  } catch (error) {
    throw new UserError(
      `The folder ${home} can't be written to (${(error as NodeJS.ErrnoException).code}). ` +
        'Set YOT_RATINGS_HOME to a folder that you may write to, or DATABASE_URL to a server.',
      exitCode.database,
    );
  }
}

/** Does a thing while no other process starts, stops or makes the server of this folder. */
async function alone<T>(home: string, work: () => Promise<T>): Promise<T> {
  const release = await lockfile
    .lock(home, {
      lockfilePath: `${home}/lock`,
      stale: 10_000,
      retries: { retries: 400, factor: 1, minTimeout: 100, maxTimeout: 200 },
    })
    .catch((error: NodeJS.ErrnoException) => {
      throw new UserError(
        error.code === 'ELOCKED'
          ? `Another program has been starting or stopping the server in ${home} for over half a minute. Wait for it, or end it.`
          : `The folder ${home} can't be written to (${error.code ?? error.message}). Set YOT_RATINGS_HOME to a folder that you may write to, or DATABASE_URL to a server.`,
        exitCode.database,
      );
    });
  try {
    return await work();
  } finally {
    await release().catch(() => {});
  }
}
