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
import { startCommand } from '../support/command.js';
import { withConnection } from '../support/connection.js';
import { someOf } from '../support/in-full.js';
import { expectWhole, statesOf, twoStates } from '../support/wholeness.js';
import { notes } from '../system/faults/trials.js';

// A disk that fills up under the server, in the middle of a load: one in memory, which only root may mount.

const inspections = 22;
const met = notes();
const isRootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;
let at: string;

afterAll(async () => {
  if (!at) return;
  await stopServer(path.join(at, 'home')).catch(() => {});
  spawnSync('umount', ['-l', at]);
  await rm(at, { recursive: true, force: true });
});

test.runIf(isRootOnLinux)(
  'a full disk loses nothing, and the load goes through once there is room (root on Linux)',
  { timeout: 400_000 },
  async ({ skip }) => {
    at = await mkdtemp(path.join(tmpdir(), 'yot-ratings-disk-'));
    const options = ['-t', 'tmpfs', '-o', 'size=400m,mode=0755'];
    if (spawnSync('mount', [...options, 'tmpfs', at]).status !== 0) return skip('no disk may be mounted');
    const [home, ballast] = [path.join(at, 'home'), path.join(at, 'ballast')];
    mkdirSync(home);
    let server = await embeddedServer(home);
    const { db, close } = await openDatabase(server.url);
    await loadBundled(db);
    const bundles = await twoStates(db, await mkdtemp(path.join(at, 'bundles-')), inspections);
    await load(db, bundles.before.slice(0, 3));
    const before = await statesOf(db);
    await close();
    const run = (...args: string[]) =>
      startCommand(args, { env: { DATABASE_URL: server.url, YOT_RATINGS_HOME: home } }).ended;
    for (const megabytes of someOf([0.1, 1, 3], 1)) {
      const { bavail, bsize } = statfsSync(at);
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - megabytes * 1024 * 1024)));
      const { code, stderr } = await run('load', ...bundles.before);
      rmSync(ballast);
      const said = stderr.replaceAll(/^\d+ of \d+ bundles.*\n/gm, '');
      met.push(`${megabytes} MB: ended with ${code}: ${said.trim().slice(0, 200)}`);
      expect(code, said).toBe(3);
      expect(said).toMatch(
        /^The database [^\n]*(disk of its server is full|gone away|can't be reached)[^\n]*\n$/,
      );
      // It may have gone down: it comes up again with room.
      server = await comingUp(home);
      expect(await withConnection(server.url, (on) => expectWhole(on, before, before))).toBe(0);
    }
    const again = await run('load', ...bundles.before);
    expect(again.code, again.stderr).toBe(0);
    expect((await withConnection(server.url, statesOf)).size).toBe(inspections);
    expect((await run('db', 'check')).code).toBe(0);
    await server.release();
  },
);
