import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { embeddedServer } from '../../../src/database/embedded/server.js';
import {
  commandProcess,
  serve,
  serverProcess,
  startCommand,
  temporaryFolders,
} from '../../support/command.js';
import { testInFull } from '../../support/in-full.js';
import { loadedHome } from '../../support/loaded-home.js';

const folder = temporaryFolders();
let bystander: ChildProcess;
let home: string;

beforeAll(() => {
  bystander = spawn('sleep', ['600']);
});

beforeEach(async () => {
  home = await folder(await loadedHome());
});

afterAll(() => void bystander.kill());

describe('a program that was killed', () => {
  test('leaves its server to the next run, which stops it at its end', async () => {
    const killed = await serve(home);
    killed.kill('SIGKILL');
    await killed.ended;
    const orphan = await serverProcess(home);
    const next = await commandProcess(['start', '--once'], { env: { YOT_RATINGS_HOME: home } });
    expect(next).toMatchObject({ code: 0, stderr: '' });
    expect(next.stdout).toContain(`already running (process ${orphan})`);
    expect(await serverProcess(home)).toBeUndefined();
  });

  test('is not waited for when its number is another program’s by now', async () => {
    const server = await embeddedServer(home);
    await writeFile(path.join(home, 'in-use-by', `${bystander.pid}-1`), 'began at another time');
    await server.release();
    expect(await serverProcess(home)).toBeUndefined();
  });

  test.runIf(existsSync('/proc/self/stat'))('is not waited for when it is a zombie', async () => {
    // The inner sleep has ended; the outer, its parent now, never asks how.
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 600']);
    const [zombie] = (await once(parent.stdout, 'data')) as [Buffer];
    try {
      await until(async () => (await readFile(`/proc/${Number(zombie)}/stat`, 'utf8')).includes(' Z '));
      const server = await embeddedServer(home);
      await writeFile(path.join(home, 'in-use-by', `${Number(zombie)}-1`), '');
      await server.release();
      expect(await serverProcess(home)).toBeUndefined();
    } finally {
      parent.kill();
    }
  });

  test('while it made the cluster hinders no later run', async () => {
    const fresh = await folder();
    const killed = startCommand(['start'], { env: { YOT_RATINGS_HOME: fresh } });
    await until(async () => (await readdir(fresh)).some((name) => name.startsWith('half-made-cluster')));
    killed.kill('SIGKILL');
    await killed.ended;
    // Its lock is believed in for ten seconds: say that they have passed.
    const lock = path.join(fresh, 'lock');
    await mkdir(lock, { recursive: true });
    await utimes(lock, new Date(0), new Date(0));
    const server = await embeddedServer(fresh);
    expect(server.state).toBe('made and started');
    expect(await answer(server.url)).toBe(1);
    await server.release();
    expect((await readdir(fresh)).filter((name) => name.startsWith('half-made-cluster'))).toEqual([]);
  });
});

describe('a server that was killed', () => {
  testInFull('together with its program starts again with everything that was loaded', async () => {
    const killed = await serve(home);
    killed.kill('SIGKILL');
    await killServer();
    await killed.ended;
    const next = await commandProcess(['start', '--once'], { env: { YOT_RATINGS_HOME: home } });
    expect(next).toMatchObject({ code: 0, stderr: '' });
    expect(next.stdout).toContain(`embedded server in ${home}: started\n`);
    expect(next.stdout).toContain('nothing to load');
    expect(next.stdout).toMatch(/^Wigan YOT .* 19\/36/m);
  });

  // Which of the stopped child and the new server is seen first is up to the machine: a slow one may need another try.
  test('starts again as soon as its last child has ended', { retry: 2 }, async () => {
    const server = await embeddedServer(home);
    const client = connect(server.url, { max: 1 });
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(client);
    const child = rows[0]?.pid as number;
    process.kill(child, 'SIGSTOP');
    await killServer();
    const starting = embeddedServer(home);
    await Promise.race([
      until(async () => (await readFile(path.join(home, 'server.log'), 'utf8')).includes('still in use')),
      starting,
    ]);
    process.kill(child, 'SIGCONT');
    const next = await starting;
    expect(next.state).toBe('started');
    expect(await answer(next.url)).toBe(1);
    // not waited for: the driver may wait for its cut connection for ever
    client.destroy().catch(() => {});
    await next.release();
  });

  test('starts again when its number is another program’s by now, which is left alone', async () => {
    await writeLockFile(`${bystander.pid}\n${home}/data\n1700000000\n54218\n\n127.0.0.1\n  1  1\nready   \n`);
    const server = await embeddedServer(home);
    expect(server.state).toBe('started');
    expect(await answer(server.url)).toBe(1);
    await server.release();
    expect(bystander.exitCode).toBeNull();
  });

  test('starts again when its lock file is empty', async () => {
    await writeLockFile('');
    const server = await embeddedServer(home);
    expect(await answer(server.url)).toBe(1);
    await server.release();
  });

  test('is not the one of a folder whose name begins with this one’s', async () => {
    // A command line that has this folder's path inside a longer one.
    const neighbour = spawn('sleep', ['600'], { argv0: `${home}/data2` });
    await writeLockFile(`${neighbour.pid}\n${home}/data\n1700000000\n54218\n\n127.0.0.1\n  1  1\nready   \n`);
    const server = await embeddedServer(home);
    expect(server.state).toBe('started');
    await server.release();
    neighbour.kill();
  });

  test('one that was killed and still takes connections is not taken for running', async () => {
    const before = await embeddedServer(home);
    const pid = (await serverProcess(home)) as number;
    // As a killed one on a busy machine: its port is open still, and nobody answers there.
    process.kill(pid, 'SIGSTOP');
    const after = embeddedServer(home);
    await pause(1500);
    process.kill(pid, 'SIGKILL');
    const { state, url, release } = await after;
    expect(state).toBe('started');
    expect(await answer(url)).toBe(1);
    await release();
    await before.release();
  });
});

async function killServer(): Promise<void> {
  process.kill((await serverProcess(home)) as number, 'SIGKILL');
}

const writeLockFile = (text: string) => writeFile(path.join(home, 'data', 'postmaster.pid'), text);

async function answer(url: string): Promise<number | undefined> {
  const db = connect(url, { max: 1 });
  try {
    const { rows } = await sql<{ one: number }>`select 1 as one`.execute(db);
    return rows[0]?.one;
  } finally {
    await db.destroy();
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(10);
}
