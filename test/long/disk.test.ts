import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { embeddedServer, stopServer } from '../../src/database/embedded/server.js';
import { openDatabase } from '../../src/database/open.js';
import { load, loadBundled } from '../../src/import/load.js';
import { comingUp } from '../support/coming-up.js';
import { startCommand, temporaryFolders } from '../support/command.js';
import { withConnection } from '../support/connection.js';
import { someOf } from '../support/in-full.js';
import { expectWhole, statesOf, twoStates } from '../support/wholeness.js';
import { notes } from '../system/faults/trials.js';

// A disk that fills up under the server, in the middle of a load. The disk is one in memory, which only root may mount. Where
// nobody may, files that may grow no further stand for it: the server is refused what it writes in the same places, but with
// another error (EFBIG, not ENOSPC), and short files can still be written.

const inspections = 22;
const megabyte = 1024 * 1024;
const _folder = temporaryFolders();
const met = notes();
const isRootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;
let mounted: string | undefined;

afterAll(async () => {
  if (!mounted) return;
  await stopServer(path.join(mounted, 'home')).catch(() => {});
  spawnSync('umount', ['-l', mounted]);
  await rm(mounted, { recursive: true, force: true });
});

test.runIf(isRootOnLinux)(
  'a full disk loses nothing, and the load goes through once there is room (root on Linux)',
  { timeout: 400_000 },
  async ({ skip }) => {
    const at = await mkdtemp(path.join(tmpdir(), 'yot-ratings-disk-'));
    const options = ['-t', 'tmpfs', '-o', 'size=400m,mode=0755'];
    if (spawnSync('mount', [...options, 'tmpfs', at]).status !== 0) return skip('no disk may be mounted');
    mounted = at;
    const ballast = path.join(at, 'ballast');
    await throughFaults(at, someOf([0.1, 1, 3], 1), {
      begin: (left) => {
        const { bavail, bsize } = statfsSync(at);
        writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - left * megabyte)));
      },
      end: () => rmSync(ballast),
      said: /^The database [^\n]*(disk of its server is full|gone away|can't be reached)[^\n]*\n$/,
    });
  },
);

/** Loads while a fault is there, of each size in megabytes, and again once none is. */
async function throughFaults(
  at: string,
  sizes: readonly number[],
  fault: { begin(size: number, url: string): unknown; end(): unknown; said: RegExp },
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
    const done = await withConnection(server.url, (db) => expectWhole(db, before, before));
    expect(done).toBe(0);
  }
  const again = await run(['load', ...bundles.before]);
  expect(again.code, again.stderr).toBe(0);
  expect((await withConnection(server.url, statesOf)).size).toBe(inspections);
  expect((await run(['db', 'check'])).code).toBe(0);
  await server.release();
}
