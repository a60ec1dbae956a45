import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';
import { main } from '../../src/cli/main.js';
import { stopServer } from '../../src/database/embedded/server.js';
import { testDatabase } from './database.js';

/** The built command line, for those that start a process: the npm scripts build before they test. */
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
  /** Resolves once the text was printed; fails when the command ends without it. */
  printed(text: string): Promise<void>;
  /** The same of standard error. */
  said(text: string): Promise<void>;
  ended: Promise<Ended>;
}

export interface Surroundings {
  /** Variables beside those that the tests themselves run with; undefined takes one away. */
  env?: Record<string, string | undefined>;
  options?: SpawnOptions;
  /** What a command inside this process reads from standard input. */
  stdin?: string | Uint8Array;
}

/** The variables of a command: none of this program's but those given, and the reader's password of the tests, as the role belongs to the whole server. */
function environment({ env = {} }: Surroundings): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(YOT_RATINGS_(?!READER)|PG|VITEST)|^(DATABASE_URL|NODE_OPTIONS)$/.test(name),
  );
  return { ...Object.fromEntries(inherited), ...env };
}

/** Starts a command of the built command line, as a process. */
export function startCommand(args: string[], surroundings: Surroundings = {}): Running {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...surroundings.options,
    env: environment(surroundings),
  });
  return running(child);
}

/** Runs a command of the built command line to its end, as a process: for what a process alone can do or show. */
export const commandProcess = (args: string[], surroundings?: Surroundings): Promise<Ended> =>
  startCommand(args, surroundings).ended;

/** Commands wait for each other: they share the variables, the folder and the output of this process. */
let commandsBefore: Promise<unknown> = Promise.resolve();

/** Runs a command to its end inside this process, which takes a tenth of the time of a process of its own. */
export function command(args: string[], surroundings: Surroundings = {}): Promise<Ended> {
  const ended = commandsBefore.then(() => runHere(args, surroundings));
  commandsBefore = ended.catch(() => {});
  return ended;
}

async function runHere(args: string[], surroundings: Surroundings): Promise<Ended> {
  const before = {
    stdin: Object.getOwnPropertyDescriptor(process, 'stdin') as PropertyDescriptor,
    env: process.env,
    folder: process.cwd(),
    stdout: process.stdout.write,
    stderr: process.stderr.write,
  };
  const output = { stdout: '', stderr: '' };
  const { cwd } = surroundings.options ?? {};
  try {
    process.env = environment(surroundings);
    if (cwd !== undefined) process.chdir(cwd.toString());
    const stdin = Readable.from([Buffer.from(surroundings.stdin ?? '')]);
    Object.defineProperty(process, 'stdin', { ...before.stdin, get: () => stdin });
    for (const stream of ['stdout', 'stderr'] as const)
      process[stream].write = (text: string | Uint8Array) => {
        output[stream] += text.toString();
        return true;
      };
    const code = await main(args).catch((error: Error) => {
      // As Node does with what nobody catches.
      output.stderr += `${error.stack}\n`;
      return 1;
    });
    return { code, ...output };
  } finally {
    process.stdout.write = before.stdout;
    process.stderr.write = before.stderr;
    if (cwd !== undefined) process.chdir(before.folder);
    process.env = before.env;
    Object.defineProperty(process, 'stdin', before.stdin);
  }
}

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
  const until = (stream: 'stdout' | 'stderr') => (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => output[stream].includes(text) && resolve();
      look();
      child[stream]?.on('data', look);
      ended.then(
        () => reject(new Error(`ended without printing "${text}": ${JSON.stringify(output)}`)),
        reject,
      );
    });
  return {
    pid: child.pid as number,
    kill: (signal) => child.kill(signal),
    stdout: () => output.stdout,
    printed: until('stdout'),
    said: until('stderr'),
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

/** Folders, and commands that run on a server as on one of the user's own, with one of the folders as their home. */
export function commandsOnServers() {
  const folder = temporaryFolders();
  const at = { home: '' };
  beforeAll(async () => {
    at.home = await folder();
  });
  const run = (url: string, args: readonly string[], { env, ...others }: Surroundings = {}) =>
    command([...args], { env: { DATABASE_URL: url, YOT_RATINGS_HOME: at.home, ...env }, ...others });
  /** Runs a command that has to succeed without a word on standard error; what it prints. */
  const printed = async (...call: Parameters<typeof run>): Promise<string> => {
    const { code, stdout, stderr } = await run(...call);
    expect({ code, stderr }, call[1].join(' ')).toEqual({ code: 0, stderr: '' });
    return stdout;
  };
  /** Runs a command that the database keeps from its work: one line on standard error, which is returned. */
  const refused = async (...call: Parameters<typeof run>): Promise<string> => {
    const { code, stdout, stderr } = await run(...call);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^[^\n]+\n$/);
    return stderr;
  };
  return { folder, at, run, printed, refused };
}

/** A database of the test file's own, folders, and commands that run on that database. */
export function testCommands() {
  const database = testDatabase();
  const { folder, run, printed } = commandsOnServers();
  return {
    database,
    folder,
    run: (
      args: readonly string[],
      { cwd, ...others }: Omit<Surroundings, 'options'> & { cwd?: string } = {},
    ) => run(database.url, args, { ...others, options: cwd === undefined ? {} : { cwd } }),
    /** What a command prints that has to succeed without a word on standard error. */
    printed: (...args: string[]) => printed(database.url, args),
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
