import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { embeddedServer } from '../../../src/database/embedded/server.js';
import {
  program,
  running,
  serve,
  serverProcess,
  startCommand,
  temporaryFolders,
} from '../../support/command.js';
import { loadedHome } from '../../support/loaded-home.js';
import { until, waitsForLock } from '../../support/waiting.js';

const folder = temporaryFolders();
let home: string;

beforeEach(async () => {
  home = await folder(await loadedHome());
});

const goneAway = { code: 3, stderr: expect.stringMatching(/^The database has gone away: [^\n]+\n$/) };
const interrupted = (code: number) => ({ code, stdout: '', stderr: '' });
const killServer = async () => void process.kill((await serverProcess(home)) as number, 'SIGKILL');
const noServer = async () => expect(await serverProcess(home)).toBeUndefined();
const start = (command: string, options = {}) =>
  startCommand([command], { env: { YOT_RATINGS_HOME: home }, options });

describe('a serving start', () => {
  test('ends well when its whole process group is told to end, as a terminal does, and told twice, as npm does', async () => {
    const serving = await serve(home, { options: { detached: true } });
    process.kill(-serving.pid, 'SIGINT');
    // Sent at once the two would be one.
    await pause(20);
    // It may have ended by then.
    serving.kill('SIGINT');
    const { code, stdout, stderr } = await serving.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/\nStopped\.\n$/);
    await noServer();
  });

  test('notices that its server was killed', async () => {
    const serving = await serve(home);
    await killServer();
    expect(await serving.ended).toMatchObject(goneAway);
  });
});

describe('a command that is interrupted leaves no server, no lock and no half cluster', () => {
  const isClean = async () => {
    await noServer();
    expect((await readdir(home)).filter((name) => name !== 'libraries').sort()).toEqual([
      'data',
      'secrets.json',
      'server.log',
    ]);
  };

  test('while the cluster is made', async () => {
    home = await folder();
    const started = start('start');
    await until(async () => (await readdir(home)).some((name) => name.startsWith('half-made-cluster')));
    started.kill('SIGINT');
    expect(await started.ended).toEqual(interrupted(130));
    await isClean();
  });

  test('while the server starts, though its helpers are told to end, too', async () => {
    const started = start('ratings', { detached: true });
    await until(async () => (await serverProcess(home)) !== undefined);
    process.kill(-started.pid, 'SIGTERM');
    expect(await started.ended).toEqual(interrupted(143));
    await isClean();
  });
});

test('a command in the middle of a query ends at once on Ctrl-C', async () => {
  const server = await embeddedServer(home);
  const blocker = connect(server.url, { max: 2 });
  await blocker.transaction().execute(async (held) => {
    // the table that the command is about to read
    await sql`lock table core.inspection`.execute(held);
    const stuck = start('ratings');
    await waitsForLock(blocker, stuck.ended);
    stuck.kill('SIGINT');
    expect(await stuck.ended).toEqual(interrupted(130));
  });
  await blocker.destroy();
  await server.release();
});

describe('output that nobody reads', () => {
  const inShell = (line: string) => {
    const env = { PATH: process.env.PATH, YOT_RATINGS_HOME: home };
    const call = ['-c', line, process.execPath, program];
    return running(spawn('sh', call, { env, stdio: ['ignore', 'pipe', 'pipe'] })).ended;
  };

  test('start | head -1 prints a line, ends quietly and leaves no server', async () => {
    const { stdout, stderr } = await inShell('{ "$0" "$@" start; echo "exit $?" >&2; } | head -1');
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stderr).toBe('exit 0\n');
    await noServer();
  });

  test.runIf(existsSync('/dev/full'))('of a full disk: one complaint, and no server is left', async () => {
    const { stderr } = await inShell('"$0" "$@" start > /dev/full; echo "exit $?" >&2');
    expect(stderr).toBe("The output can't be written (ENOSPC).\nexit 2\n");
    await noServer();
  });
});
