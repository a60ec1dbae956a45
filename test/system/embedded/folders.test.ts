import { spawn, spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { embeddedServer } from '../../../src/database/embedded/server.js';
import { homeFolder } from '../../../src/paths.js';
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
const at = (home: string) => ({ env: { YOT_RATINGS_HOME: home } });

/** Whether another user can run this program at all: it may be in a folder of ours. */
const isOpenToAll =
  isRoot && spawnSync(process.execPath, [program, '--version'], { ...nobody, cwd: '/' }).status === 0;
const plainUser = isOpenToAll ? { options: { ...nobody, cwd: '/' } } : {};

/** A folder as a run leaves it, in which nothing is loaded. */
let whole: string;
beforeAll(async () => {
  whole = await folder();
  await (await embeddedServer(whole)).release();
});

/** Makes a folder that belongs to the plain user. */
async function own(mode: number): Promise<string> {
  const home = path.join(await folder(), 'home');
  await mkdir(home);
  if (isRoot) await chown(home, nobody.uid, nobody.gid);
  await chmod(home, mode);
  return home;
}

/** A path below a new folder, with a file of that name. */
async function file(name: string, text = ''): Promise<string> {
  const made = path.join(await folder(), name);
  await mkdir(path.dirname(made), { recursive: true });
  await writeFile(made, text);
  return made;
}

/** A copy of the whole folder with its secrets changed, or taken away. */
async function withSecrets(change: (text: string) => string | undefined): Promise<string> {
  const home = await folder(whole);
  const secrets = path.join(home, 'secrets.json');
  const text = change(await readFile(secrets, 'utf8'));
  await (text === undefined ? rm(secrets) : writeFile(secrets, text));
  return home;
}

async function stateOfARun(home: string): Promise<string> {
  const server = await embeddedServer(home);
  await server.release();
  return server.state;
}

const inPlace = /can't be used: a file is in its place \((EEXIST|ENOTDIR)/;
const withoutSecrets = /\/data is there without secrets\.json, [^\n]+ move the folder away/;
const damaged = /secrets\.json is damaged: it has to be JSON with a password for each role\./;
const cutShort = () => withSecrets(() => '{"ownerPassw');
const thesis = () => file('home/data/thesis.txt', 'years of work');

async function linkToNowhere(): Promise<string> {
  const link = path.join(await folder(), 'link');
  await symlink('/no/such/folder', link);
  return link;
}

test.each<[why: string, () => Promise<string>, says: RegExp, call: string]>([
  ['a file has its name', () => file('home'), inPlace, 'ratings'],
  ['a file has its name', () => file('home'), inPlace, 'db url'],
  ['a file has its name', () => file('home'), inPlace, 'db down'],
  ['it would be below a file', async () => `${await file('file')}/home`, inPlace, 'ratings'],
  [
    'it is a link to nowhere',
    linkToNowhere,
    /it is a link to a folder that is not there \(ENOENT/,
    'ratings',
  ],
  [
    'none can be made',
    async () => '/proc/yot/home',
    /can't be used: (mkdir failed|you may not write|it can only be read)/,
    'ratings',
  ],
  ['its passwords are gone', () => withSecrets(() => undefined), withoutSecrets, 'ratings'],
  ['its data are not ours', async () => path.resolve(await thesis(), '../..'), withoutSecrets, 'ratings'],
  ['its secrets are damaged', cutShort, damaged, 'ratings'],
  ['its secrets are damaged', cutShort, damaged, 'db url'],
  [
    'its password is another',
    () => withSecrets((text) => JSON.stringify({ ...JSON.parse(text), ownerPassword: 'another' })),
    /can't be reached: its password is not the one in secrets\.json/,
    'ratings',
  ],
])(
  'a folder that can’t be used is left as it is, and refused in one line: %s',
  async (_, make, says, call) => {
    const home = await make();
    const left = () => readdir(home).catch(() => []);
    const before = await left();
    const { code, stdout, stderr } = await command(call.split(' '), at(home));
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toMatch(says);
    expect(await left()).toEqual(before);
  },
);

test('a folder whose name has a line break is a wrong call', async () => {
  const { code, stderr } = await command(['ratings'], at('/tmp/a\nb'));
  expect(code).toBe(2);
  expect(stderr).toMatch(/^YOT_RATINGS_HOME has a line break [^\n]+\n$/);
});

test('YOT_RATINGS_HOME that begins with ~/ is in the user’s home, whatever folder it is called from', () => {
  const before = process.env.YOT_RATINGS_HOME;
  for (const [said, meant] of [
    ['~/ratings', path.join(homedir(), 'ratings')],
    ['~', homedir()],
    ['/~/ratings', path.resolve('/~/ratings')],
  ]) {
    process.env.YOT_RATINGS_HOME = said;
    expect(homeFolder()).toBe(meant);
  }
  if (before === undefined) delete process.env.YOT_RATINGS_HOME;
  else process.env.YOT_RATINGS_HOME = before;
});

test('what a killed run left of a half-made cluster is cleared away', async () => {
  const home = path.dirname(await file('secrets.json.new', '{"own'));
  await mkdir(path.join(home, 'half-made-cluster-abc', 'base'), { recursive: true });
  await writeFile(path.join(home, 'half-made-cluster-abc.password'), 'secret');
  expect(await stateOfARun(home)).toBe('made and started');
  expect((await readdir(home)).sort()).toEqual((await readdir(whole)).sort());
});

test('data that were deleted are made anew with the passwords that the folder remembers', async () => {
  const home = await folder(whole);
  const secrets = async () => JSON.parse(await readFile(path.join(home, 'secrets.json'), 'utf8'));
  const { port, ...passwords } = await secrets();
  await rm(path.join(home, 'data'), { recursive: true });
  expect(await stateOfARun(home)).toBe('made and started');
  expect(await secrets()).toMatchObject(passwords);
});

// As a plain user every other test shows that a plain user can.
describe.skipIf(isRoot && !isOpenToAll)(
  'a plain user (as root only where others can read this program)',
  () => {
    test('makes and runs the server in a folder that nobody else may enter', async () => {
      const home = await own(0o700);
      const { code, stdout, stderr } = await commandProcess(['start', '--once'], {
        ...plainUser,
        ...at(home),
      });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^Wigan YOT .* 19\/36/m);
      if (isRoot) expect((await stat(path.join(home, 'data'))).uid).toBe(nobody.uid);
      expect(await serverProcess(home)).toBeUndefined();
    });

    test.each<[string, number]>([
      ['db up', 0o555],
      ['db url', 0o000],
    ])('is told once that a folder can’t be written or read (%s)', async (call, mode) => {
      const home = await own(mode);
      expect(await commandProcess(call.split(' '), { ...plainUser, ...at(home) })).toEqual({
        code: 3,
        stdout: '',
        stderr: expect.stringMatching(
          /^The folder \S+ can't be used: you may not write to it \(EACCES[^\n]+ Set YOT_RATINGS_HOME [^\n]+\n$/,
        ),
      });
    });
  },
);

if (isRoot) {
  testInFull('root lends the server an unprivileged user, also under a strict umask', async () => {
    const home = path.join(await folder(), 'home');
    const call = ['-c', 'umask 077; exec "$0" "$@"', process.execPath, program, 'start', '--once'];
    const env = { PATH: process.env.PATH, YOT_RATINGS_HOME: home };
    const start = running(spawn('sh', call, { env, stdio: ['ignore', 'pipe', 'pipe'] }));
    expect(await start.ended).toMatchObject({ code: 0, stderr: '' });
    expect((await stat(path.join(home, 'data'))).uid).not.toBe(0);
    const modeOf = async (name: string) => (await stat(path.join(home, name))).mode & 0o777;
    expect(await Promise.all(['.', 'data', 'secrets.json'].map(modeOf))).toEqual([0o755, 0o700, 0o600]);
  });

  if (isOpenToAll)
    testInFull('root and a plain user share a folder that the plain user made', async () => {
      const home = await own(0o755);
      for (const who of [plainUser, {}, plainUser]) {
        const { code, stderr } = await commandProcess(['ratings'], { ...who, ...at(home) });
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      }
    });
}
