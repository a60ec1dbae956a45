import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { stopServer } from '../../src/database/embedded/server.js';

/** The built command line: npm test builds before it tests. */
export const program = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));

/** How a command ended, and what it printed. `code` is null when a signal ended it. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A command that runs. */
export interface Running {
  pid: number;
  kill(signal: NodeJS.Signals): void;
  /** What it has printed so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves once the text was printed; fails when the command ends without it. */
  printed(text: string): Promise<void>;
  ended: Promise<Ended>;
}

export interface Surroundings {
  /** Variables beside those that the tests themselves run with; undefined takes one away. */
  env?: Record<string, string | undefined>;
  options?: SpawnOptions;
}

/**
 * Starts a command of the built command line, with no variable of this program's but those given, and the reader's
 * password of the tests: the role belongs to the whole server.
 */
export function startCommand(args: string[], { env = {}, options = {} }: Surroundings = {}): Running {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(YOT_RATINGS_(?!READER)|PG|VITEST)|^(DATABASE_URL|NODE_OPTIONS)$/.test(name),
  );
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
    env: { ...Object.fromEntries(inherited), ...env },
  });
  return running(child);
}

/** Runs a command of the built command line to its end. */
export const command = (args: string[], surroundings?: Surroundings): Promise<Ended> =>
  startCommand(args, surroundings).ended;

const unended = new Set<ChildProcess>();

/** Watches a process that was spawned with pipes for its output. */
export function running(child: ChildProcess): Running {
  unended.add(child);
  child.once('close', () => unended.delete(child));
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
  });
  const printed = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => output.stdout.includes(text) && resolve();
      look();
      child.stdout?.on('data', look);
      ended.then(
        () => reject(new Error(`ended without printing "${text}": ${JSON.stringify(output)}`)),
        reject,
      );
    });
  return {
    pid: child.pid as number,
    kill: (signal) => child.kill(signal),
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    printed,
    ended,
  };
}

/** Starts `start` on a folder and waits until it serves. */
export async function serve(home: string, surroundings: Surroundings = {}): Promise<Running> {
  const { env, options } = surroundings;
  const started = startCommand(['start'], {
    env: { YOT_RATINGS_HOME: home, ...env },
    ...(options && { options }),
  });
  await started.printed('Serving until Ctrl-C.');
  return started;
}

/**
 * Makes folders for embedded servers; after the file's tests commands that still run are ended, which only those of a
 * failed test do, the folders' servers are stopped, and the folders are removed.
 */
export function temporaryFolders(): (from?: string) => Promise<string> {
  const made: string[] = [];
  afterAll(async () => {
    for (const child of unended) child.kill('SIGKILL');
    for (const folder of made) {
      await stopServer(folder).catch(() => {});
      await rm(folder, { recursive: true, force: true });
    }
  });
  return async (from) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-folder-'));
    made.push(folder);
    // As root the server runs as another user, who has to be able to enter.
    await chmod(folder, 0o755);
    if (from) await copyWithOwners(from, folder);
    return folder;
  };
}

/** Copies a folder whose server does not run. */
async function copyWithOwners(from: string, to: string): Promise<void> {
  // Node's own copy does not keep owners, and the server insists on them.
  if (process.getuid?.() !== 0) return cp(from, to, { recursive: true, mode: 0, preserveTimestamps: true });
  const { code, stderr } = await running(spawn('cp', ['-a', `${from}/.`, to])).ended;
  if (code !== 0) throw new Error(stderr);
}

/** The process of a folder's server, by its lock file; undefined when none has one. */
export async function serverProcess(home: string): Promise<number | undefined> {
  const lock = await readFile(path.join(home, 'data', 'postmaster.pid'), 'utf8').catch(() => undefined);
  return lock === undefined ? undefined : Number(lock.split('\n')[0]);
}
