import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { type EmbeddedServer, embeddedServer } from '../../../src/database/embedded/server.js';
import type { DB } from '../../../src/database/schema.js';
import {
  commandProcess,
  program,
  type Running,
  running,
  serve,
  serverProcess,
  startCommand,
  temporaryFolders,
} from '../../support/command.js';
import { someOf, testInFull } from '../../support/in-full.js';
import { loadedHome } from '../../support/loaded-home.js';

const folder = temporaryFolders();
let home: string;

beforeEach(async () => {
  home = await folder(await loadedHome());
});

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
    expect(await serverProcess(home)).toBeUndefined();
  });

  testInFull('ends well by SIGTERM', async () => {
    const serving = await serve(home);
    serving.kill('SIGTERM');
    expect(await serving.ended).toMatchObject({ code: 0, stderr: '' });
    expect(await serverProcess(home)).toBeUndefined();
  });

  test.each(someOf(['killed', 'stopped'], 1))(
    'notices that its server was %s: one message, exit code 3',
    async (how) => {
      const serving = await serve(home);
      if (how === 'killed') process.kill((await serverProcess(home)) as number, 'SIGKILL');
      else {
        const down = await commandProcess(['db', 'down'], { env: { YOT_RATINGS_HOME: home } });
        expect(down.stdout).toBe('stopped\n');
      }
      const { code, stderr } = await serving.ended;
      expect(code).toBe(3);
      expect(stderr).toMatch(goneAway);
    },
  );
});

describe('a command that is interrupted in the middle', () => {
  test('while the cluster is made leaves no server, no lock and no half cluster', async () => {
    const fresh = await folder();
    const started = startCommand(['start'], { env: { YOT_RATINGS_HOME: fresh } });
    await until(async () => (await readdir(fresh)).some((name) => name.startsWith('half-made-cluster')));
    started.kill('SIGINT');
    expect(await started.ended).toEqual({ code: 130, stdout: '', stderr: '' });
    expect(await serverProcess(fresh)).toBeUndefined();
    expect((await readdir(fresh)).sort()).toEqual(['data', 'secrets.json', 'server.log']);
  });

  test('while the server starts leaves no server, though its helpers are told to end, too', async () => {
    const started = startCommand(['ratings'], {
      env: { YOT_RATINGS_HOME: home },
      options: { detached: true },
    });
    await until(async () => (await serverProcess(home)) !== undefined);
    process.kill(-started.pid, 'SIGTERM');
    expect(await started.ended).toEqual({ code: 143, stdout: '', stderr: '' });
    expect(await serverProcess(home)).toBeUndefined();
    expect((await readdir(home)).sort()).toEqual(['data', 'secrets.json', 'server.log']);
  });
});

describe('a command in the middle of a query', () => {
  let server: EmbeddedServer;
  let stuck: Running;
  let release: () => void;
  let holding: Promise<unknown>;
  let blocker: Kysely<DB>;

  // Somebody holds the table that the command is about to read.
  beforeEach(async () => {
    server = await embeddedServer(home);
    blocker = connect(server.url, { max: 2 });
    const locked = new Promise<void>((isLocked) => {
      holding = blocker.transaction().execute(async (transaction) => {
        await sql`lock table core.inspection`.execute(transaction);
        isLocked();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      });
      holding.catch(() => {});
    });
    await locked;
    stuck = startCommand(['ratings'], { env: { YOT_RATINGS_HOME: home } });
    await until(async () => {
      const { rows } = await sql`select 1 from pg_locks where not granted`.execute(blocker);
      return rows.length > 0;
    });
  });

  afterEach(async () => {
    release();
    await holding.catch(() => {});
    await blocker.destroy();
    await server.release();
  });

  test('ends at once on Ctrl-C', async () => {
    stuck.kill('SIGINT');
    expect(await stuck.ended).toEqual({ code: 130, stdout: '', stderr: '' });
  });

  test('says that the server has gone when it is killed', async () => {
    process.kill((await serverProcess(home)) as number, 'SIGKILL');
    const { code, stderr } = await stuck.ended;
    expect(code).toBe(3);
    expect(stderr).toMatch(goneAway);
  });
});

describe('output that nobody reads', () => {
  test.each(someOf(['start', 'reconcile'], 1))(
    '%s | head -1 prints a line, ends quietly and leaves no server',
    async (call) => {
      const { stdout, stderr } = await inShell(`{ "$0" "$@" ${call}; echo "exit $?" >&2; } | head -1`);
      expect(stdout.split('\n')).toHaveLength(2);
      expect(stderr).toBe('exit 0\n');
      expect(await serverProcess(home)).toBeUndefined();
    },
  );

  test.runIf(existsSync('/dev/full'))(
    'a full disk is complained of once, and no server is left',
    async () => {
      const { stderr } = await inShell('"$0" "$@" start > /dev/full; echo "exit $?" >&2');
      expect(stderr).toBe("The output can't be written (ENOSPC).\nexit 2\n");
      expect(await serverProcess(home)).toBeUndefined();
    },
  );
});

const goneAway = /^The database has gone away: [^\n]+\n$/;

function inShell(line: string) {
  const env = { PATH: process.env.PATH, YOT_RATINGS_HOME: home };
  return running(
    spawn('sh', ['-c', line, process.execPath, program], { env, stdio: ['ignore', 'pipe', 'pipe'] }),
  ).ended;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(5);
}
