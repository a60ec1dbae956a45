import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { exists } from '../../../src/database/embedded/process.js';
import { type EmbeddedServer, embeddedServer } from '../../../src/database/embedded/server.js';
import { serve, serverProcess, startCommand, temporaryFolders } from '../../support/command.js';
import { rowsOf } from '../../support/connection.js';
import { loadedHome } from '../../support/loaded-home.js';
import { until } from '../../support/waiting.js';

const folder = temporaryFolders();
let home: string;
/** Programs whose numbers a killed server's may be by now; the second with this folder's path inside a longer one. */
let others: ChildProcess[];

beforeAll(async () => {
  others = [spawn('sleep', ['600'])];
});
beforeEach(async () => {
  home = await folder(await loadedHome());
});
afterAll(() => {
  for (const other of others) other.kill();
});

/** Kills the server, and waits until it is gone: for a moment it would still take connections. */
async function killServer(): Promise<void> {
  const pid = (await serverProcess(home)) as number;
  process.kill(pid, 'SIGKILL');
  await until(async () => !exists(pid));
}

/** Expects a server to answer, and leaves it. */
async function isWell(server: EmbeddedServer, state = 'started'): Promise<void> {
  expect(server.state).toBe(state);
  expect(await rowsOf(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await server.release();
}

test('a program that was killed leaves its server to the next run, which stops it at its end', async () => {
  const killed = await serve(home);
  killed.kill('SIGKILL');
  await killed.ended;
  const orphan = await serverProcess(home);
  await isWell(await embeddedServer(home), `already running (process ${orphan})`);
  expect(await serverProcess(home)).toBeUndefined();
});

test('a program that was killed while it made the cluster hinders no later run', async () => {
  home = await folder();
  const hasHalf = async () => (await readdir(home)).some((name) => name.startsWith('half-made-cluster'));
  const killed = startCommand(['start'], { env: { YOT_RATINGS_HOME: home } });
  await until(hasHalf);
  killed.kill('SIGKILL');
  await killed.ended;
  // Its lock is believed in for ten seconds: say that they have passed.
  await mkdir(path.join(home, 'lock'), { recursive: true });
  await utimes(path.join(home, 'lock'), new Date(0), new Date(0));
  await isWell(await embeddedServer(home), 'made and started');
  expect(await hasHalf()).toBe(false);
});

describe('a server that was killed', () => {
  // Which of the stopped child and the new server is seen first is up to the machine: a slow one may need another try.
  test('starts again as soon as its last child has ended', { retry: 2 }, async () => {
    const server = await embeddedServer(home);
    const client = connect(server.url, { max: 1 });
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(client);
    const child = rows[0]?.pid as number;
    process.kill(child, 'SIGSTOP');
    await killServer();
    const starting = embeddedServer(home);
    const log = path.join(home, 'server.log');
    await Promise.race([until(async () => (await readFile(log, 'utf8')).includes('still in use')), starting]);
    process.kill(child, 'SIGCONT');
    await isWell(await starting);
    // not waited for: the driver may wait for its cut connection for ever
    client.destroy().catch(() => {});
  });

  test('starts again when its number is another program’s by now, which is left alone, or its lock file is empty', async () => {
    others[1] = spawn('sleep', ['600'], { argv0: `${home}/data2` });
    const locks = others.map(
      ({ pid }) => `${pid}\n${home}/data\n1700000000\n54218\n\n127.0.0.1\n  1  1\nready   \n`,
    );
    for (const lock of [...locks, '']) {
      await writeFile(path.join(home, 'data', 'postmaster.pid'), lock);
      await isWell(await embeddedServer(home));
    }
    expect(others.map(({ exitCode }) => exitCode)).toEqual([null, null]);
  });
});
