import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import { embeddedServer, stopServer } from '../../src/database/embedded/server.js';
import { openDatabase } from '../../src/database/open.js';
import type { DB } from '../../src/database/schema.js';
import { load, loadBundled } from '../../src/import/load.js';
import { comingUp } from '../support/coming-up.js';
import { serverProcess, startCommand, temporaryFolders } from '../support/command.js';
import { someOf } from '../support/in-full.js';
import { expectWhole, statesOf, twoStates } from '../support/wholeness.js';

// A disk that fills up under the server, in the middle of a load. The disk is one in memory, which only root may mount. Where
// nobody may, files that may grow no further stand for it: the server is refused what it writes in the same places, but with
// another error (EFBIG, not ENOSPC), and short files can still be written.

const inspections = 22;
const megabyte = 1024 * 1024;
const folder = temporaryFolders();
const mounted: string[] = [];
const met: string[] = [];

/** A disk of its own; undefined where none may be mounted. */
async function disk(megabytes: number): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const at = await mkdtemp(path.join(tmpdir(), 'yot-ratings-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', at]);
  if (status !== 0) return undefined;
  mounted.push(at);
  return at;
}

afterAll(async () => {
  console.log(met.join('\n'));
  for (const at of mounted) {
    await stopServer(path.join(at, 'home')).catch(() => {});
    spawnSync('umount', ['-l', at]);
    await rm(at, { recursive: true, force: true });
  }
});

test('a full disk loses nothing, and the load goes through once there is room', { timeout: 400_000 }, async ({
  skip,
}) => {
  const at = await disk(400);
  if (!at) return skip('a disk of its own can be mounted only by root, on Linux');
  const ballast = path.join(at, 'ballast');
  await throughFaults(at, someOf([0.1, 1, 3], 1), {
    begin: (left) => {
      const { bavail, bsize } = statfsSync(at);
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - left * megabyte)));
    },
    end: () => rmSync(ballast),
    said: /^The database [^\n]*(disk of its server is full|gone away|can't be reached)[^\n]*\n$/,
  });
});

test('files that may grow no further lose nothing, and the load goes through once they may', {
  timeout: 400_000,
}, async ({ skip }) => {
  // Not even root may everywhere do so to the process of another user, as which the server runs then.
  const limit = (pid: number, bytes: number | string) => {
    const { uid, gid } = statSync(`/proc/${pid}`);
    return spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`], { uid, gid }).status === 0;
  };
  if (process.platform !== 'linux' || !limit(process.pid, 'unlimited'))
    return skip('limits of a running process need prlimit, of Linux');
  const at = await folder();
  const home = path.join(at, 'home');
  const server = async () => (await serverProcess(home)) as number;
  await throughFaults(at, someOf([0, 1, 4], 1), {
    begin: async (most, url) => {
      // A new file of the log, and a megabyte of room in it: in a file that is longer than the limit already nothing could be
      // committed, whatever it is, and nothing would be halfway.
      await withConnection(url, async (db) => {
        await sql`select pg_switch_wal()`.execute(db);
        await sql`select pg_logical_emit_message(false, '', repeat('x', ${Math.max(0, most - 1) * megabyte}))`.execute(
          db,
        );
      });
      // Sessions that begin from now on have the limit of the server.
      expect(limit(await server(), most * megabyte)).toBe(true);
    },
    end: async () => {
      const pid = await serverProcess(home);
      if (pid !== undefined) limit(pid, 'unlimited');
    },
    said: /^The database [^\n]*(File too large|gone away|can't be reached)[^\n]*\n$/,
  });
});

async function withConnection(url: string, work: (db: Kysely<DB>) => Promise<unknown>): Promise<void> {
  const db = connect(url, { max: 1 });
  try {
    await work(db);
  } finally {
    await db.destroy();
  }
}

/** Loads while a fault is there, of each size in megabytes, and again once none is. */
async function throughFaults(
  at: string,
  sizes: readonly number[],
  fault: {
    begin(size: number, url: string): void | Promise<void>;
    end(): void | Promise<void>;
    said: RegExp;
  },
): Promise<void> {
  const home = path.join(at, 'home');
  mkdirSync(home);
  let server = await embeddedServer(home);
  const opened = await openDatabase(server.url);
  await loadBundled(opened.db);
  const bundles = await twoStates(opened.db, await mkdtemp(path.join(at, 'bundles-')), inspections);
  await load(opened.db, bundles.before.slice(0, 3));
  const before = await statesOf(opened.db);
  await opened.close();
  const run = (args: string[]) =>
    startCommand(args, { env: { DATABASE_URL: server.url, YOT_RATINGS_HOME: home } }).ended;
  for (const size of sizes) {
    await fault.begin(size, server.url);
    const { code, stderr } = await run(['load', ...bundles.before]);
    await fault.end();
    const said = stderr.replaceAll(/^\d+ of \d+ bundles.*\n/gm, '');
    met.push(`${size} MB: ended with ${code}: ${said.trim().slice(0, 200)}`);
    expect(code, said).toBe(3);
    expect(said).toMatch(fault.said);
    // It may have gone down: it comes up again with room.
    server = await comingUp(home);
    await withConnection(server.url, async (db) => {
      expect(await expectWhole(db, before, before)).toBe(0);
    });
  }
  const again = await run(['load', ...bundles.before]);
  expect(again.code, again.stderr).toBe(0);
  await withConnection(server.url, async (db) => expect((await statesOf(db)).size).toBe(inspections));
  expect((await run(['db', 'check'])).code).toBe(0);
  await server.release();
}
