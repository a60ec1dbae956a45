import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { binaries } from '../../../src/database/embedded/binaries.js';
import { stopServer } from '../../../src/database/embedded/server.js';
import { callAs, giveTo, serverUser } from '../../../src/database/embedded/server-user.js';
import {
  command,
  commandProcess,
  program,
  running,
  serverProcess,
  temporaryFolders,
} from '../../support/command.js';
import { testInFull } from '../../support/in-full.js';

const folder = temporaryFolders();
const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65_534, gid: 65_534 };

/** Whether another user can run this program at all: it may be in a folder of ours. */
const isOpenToAll =
  isRoot && spawnSync(process.execPath, [program, '--version'], { ...nobody, cwd: '/' }).status === 0;
const plainUser = isOpenToAll ? { options: { ...nobody, cwd: '/' } } : {};
// As a plain user every other test shows that a plain user can.
const whenRoot = describe.skipIf(!isRoot);
const asPlainUser = describe.skipIf(isRoot && !isOpenToAll);

asPlainUser('a plain user (when the tests run as root, only where others can read this program)', () => {
  test('makes and runs the server in a folder that nobody else may enter', async () => {
    const home = await own(path.join(await folder(), 'home'), 0o700);
    const { code, stdout, stderr } = await commandProcess(['start', '--once'], {
      ...plainUser,
      env: at(home),
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Wigan YOT .* 19\/36/m);
    if (isRoot) expect((await stat(path.join(home, 'data'))).uid).toBe(nobody.uid);
    expect(await serverProcess(home)).toBeUndefined();
  });

  test.each(['start --once', 'ratings', 'db up'])(
    'is told once that a folder can’t be written to (%s)',
    async (call) => {
      const home = await own(path.join(await folder(), 'home'), 0o555);
      const { code, stdout, stderr } = await commandProcess(call.split(' '), { ...plainUser, env: at(home) });
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toMatch(cannotUse(home, 'you may not write to it \\(EACCES'));
    },
  );

  test.each(['url', 'down'])('is told once that a folder may not be read (db %s)', async (what) => {
    const home = await own(path.join(await folder(), 'home'), 0o000);
    const { code, stdout, stderr } = await commandProcess(['db', what], { ...plainUser, env: at(home) });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(cannotUse(home, 'you may not write to it \\(EACCES'));
  });
});

describe('a folder that can’t be', () => {
  test.each(['ratings', 'start --once', 'db url', 'db down'])(
    'because a file has its name (%s)',
    async (call) => {
      const file = path.join(await folder(), 'file');
      await writeFile(file, '');
      const { code, stdout, stderr } = await command(call.split(' '), { env: at(file) });
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toMatch(cannotUse(file, 'a file is in its place \\((EEXIST|ENOTDIR)'));
    },
  );

  test('because it would be below a file', async () => {
    const file = path.join(await folder(), 'file');
    await writeFile(file, '');
    const { code, stderr } = await command(['ratings'], { env: at(`${file}/home`) });
    expect(code).toBe(3);
    expect(stderr).toMatch(cannotUse(`${file}/home`, 'a file is in its place \\(ENOTDIR'));
  });
});

test.runIf(existsSync('/proc/self'))(
  'a folder below /proc, where none can be made, is refused at once',
  async () => {
    const { code, stderr } = await command(['ratings'], { env: at('/proc/yot-ratings/home') });
    expect(code).toBe(3);
    expect(stderr).toMatch(cannotUse('/proc/yot-ratings/home', 'mkdir failed \\(ENOENT'));
  },
);

whenRoot('root (only when the tests run as root)', () => {
  testInFull('lends the server an unprivileged user, also under a strict umask', async () => {
    const home = path.join(await folder(), 'home');
    const start = running(
      spawn('sh', ['-c', 'umask 077; exec "$0" "$@"', process.execPath, program, 'start', '--once'], {
        env: { PATH: process.env.PATH, ...at(home) },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
    expect(await start.ended).toMatchObject({ code: 0, stderr: '' });
    expect((await stat(path.join(home, 'data'))).uid).not.toBe(0);
    const mode = async (file: string) => (await stat(path.join(home, file))).mode & 0o777;
    expect(await mode('.')).toBe(0o755);
    expect(await mode('data')).toBe(0o700);
    expect(await mode('secrets.json')).toBe(0o600);
    expect(await serverProcess(home)).toBeUndefined();
  });

  if (!spawnSync('setpriv', ['--version']).error)
    testInFull('runs the server in a folder that only root may enter, too', async () => {
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
    });

  if (isOpenToAll)
    testInFull('and a plain user share a folder that the plain user made', async () => {
      const home = await own(path.join(await folder(), 'home'), 0o755);
      for (const who of [plainUser, {}, plainUser]) {
        const { code, stderr } = await commandProcess(['ratings'], { ...who, env: at(home) });
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      }
    });

  test.skipIf(spawnSync('setpriv', ['--version']).error)(
    'runs PostgreSQL’s programs from a folder that only root may enter, too',
    async () => {
      const mine = await mkdtemp(path.join(tmpdir(), 'yot-ratings-root-'));
      try {
        const programs = path.dirname((await binaries(mine)).initdb);
        // Its libraries are beside it.
        await cp(path.dirname(programs), path.join(mine, 'native'), {
          recursive: true,
          verbatimSymlinks: true,
        });
        const data = path.join(mine, 'data');
        const user = await serverUser(data);
        await mkdir(data);
        await giveTo(user, data);
        // initdb looks for postgres beside itself, and runs it.
        const initdb = [
          path.join(mine, 'native', 'bin', 'initdb'),
          `--pgdata=${data}`,
          '--no-sync',
          '--auth=trust',
        ];
        const { call, as } = await callAs(user, initdb, mine);
        const [file = '', ...args] = call;
        const { code, stderr } = await running(spawn(file, args, { cwd: '/', ...as })).ended;
        expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('could not') });
        expect((await stat(path.join(data, 'PG_VERSION'))).uid).toBe(user?.uid);
      } finally {
        await rm(mine, { recursive: true, force: true });
      }
    },
  );
});

const at = (home: string) => ({ YOT_RATINGS_HOME: home });

/** Makes a folder that belongs to the plain user. */
async function own(home: string, mode: number): Promise<string> {
  await mkdir(home);
  if (isRoot) await chown(home, nobody.uid, nobody.gid);
  await chmod(home, mode);
  return home;
}

const advice = 'Set YOT_RATINGS_HOME to a folder that you may write to, or DATABASE_URL to a server.';

/** The one message, with a reason and the system's code. */
const cannotUse = (home: string, why: string) =>
  new RegExp(`^The folder ${home} can't be used: ${why}( at [^)\n]+)?\\)\\. ${advice}\n$`);
