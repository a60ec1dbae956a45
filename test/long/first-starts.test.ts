import { spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { stopServer } from '../../src/database/embedded/server.js';
import { commandProcess, program, serverProcess, temporaryFolders } from '../support/command.js';
import { withEmptyDatabase } from '../support/database.js';
import { withoutWaiting } from '../support/waiting.js';

// First starts of more kinds: each takes as long as one.

const folder = temporaryFolders();
const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65_534, gid: 65_534 };
/** Whether another user can run this program at all: it may be in a folder of ours. */
const isOpenToAll =
  isRoot && spawnSync(process.execPath, [program, '--version'], { ...nobody, cwd: '/' }).status === 0;
const at = (home: string) => ({ YOT_RATINGS_HOME: home });

test('a database of the user’s own is filled once by two programs that start on it at once', async () => {
  const home = await folder();
  await withEmptyDatabase(async (url) => {
    const start = () => commandProcess(['start', '--once'], { env: { DATABASE_URL: url, ...at(home) } });
    const both = await Promise.all([start(), start()]);
    for (const { code, stderr } of both)
      expect({ code, stderr: withoutWaiting(stderr) }).toEqual({ code: 0, stderr: '' });
    const loaded = both.map(({ stdout }) => Number(stdout.match(/(\d+) inspections? and/)?.[1] ?? 0));
    expect(loaded.reduce((sum, count) => sum + count)).toBe(5);
  });
});

describe.skipIf(!isRoot)('root (only when the tests run as root)', () => {
  test.skipIf(spawnSync('setpriv', ['--version']).error)(
    'runs the server in a folder that only root may enter, too',
    async () => {
      const mine = await mkdtemp(path.join(tmpdir(), 'yot-ratings-root-'));
      try {
        const home = path.join(mine, 'home');
        expect((await stat(mine)).mode & 0o777).toBe(0o700);
        const { code, stdout, stderr } = await commandProcess(['db', 'up'], { env: at(home) });
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(stdout).toContain('made and started');
        const pid = (await serverProcess(home)) as number;
        expect((await stat(`/proc/${pid}`)).uid).not.toBe(0);
        expect((await commandProcess(['db', 'down'], { env: at(home) })).stdout).toBe('stopped\n');
      } finally {
        await stopServer(path.join(mine, 'home'));
        await rm(mine, { recursive: true, force: true });
      }
    },
  );

  test.skipIf(!isOpenToAll)('and a plain user share a folder that the plain user made', async () => {
    const home = path.join(await folder(), 'home');
    await mkdir(home);
    await chown(home, nobody.uid, nobody.gid);
    await chmod(home, 0o755);
    const asNobody = { options: { ...nobody, cwd: '/' } };
    for (const who of [asNobody, {}, asNobody]) {
      const { code, stderr } = await commandProcess(['ratings'], { ...who, env: at(home) });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    }
  });
});
