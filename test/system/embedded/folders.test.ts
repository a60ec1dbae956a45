import { spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { embeddedServer } from '../../../src/database/embedded/server.js';
import { command, commandProcess, program, serverProcess, temporaryFolders } from '../../support/command.js';

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

/** A copy of the whole folder with its secrets changed. */
async function withSecrets(change: (text: string) => string): Promise<string> {
  const home = await folder(whole);
  const secrets = path.join(home, 'secrets.json');
  await writeFile(secrets, change(await readFile(secrets, 'utf8')));
  return home;
}

async function stateOfARun(home: string): Promise<string> {
  const server = await embeddedServer(home);
  await server.release();
  return server.state;
}

const damaged = /secrets\.json is damaged: it has to be JSON with a password for each role\./;

async function linkToNowhere(): Promise<string> {
  const link = path.join(await folder(), 'link');
  await symlink('/no/such/folder', link);
  return link;
}

test.each<[why: string, () => Promise<string>, says: RegExp, call: string]>([
  ['a file has its name', () => file('home'), /can't be used: .* \((EEXIST|ENOTDIR)/, 'ratings'],
  [
    'it is a link to nowhere',
    linkToNowhere,
    /it is a link to a folder that is not there \(ENOENT/,
    'ratings',
  ],
  ['none can be made', async () => '/proc/yot/home', /can't be used: /, 'ratings'],
  [
    'its data are not ours',
    async () => path.resolve(await file('home/data/thesis.txt', 'years of work'), '../..'),
    /\/data is there without secrets\.json, [^\n]+ move the folder away/,
    'ratings',
  ],
  ['its secrets are damaged', () => withSecrets(() => '{"ownerPassw'), damaged, 'db url'],
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

test('a folder with a line break, or of another’s ~, is a wrong call; one that begins with ~/ is in the user’s home', async () => {
  for (const [home, says] of [
    ['/tmp/a\nb', /^YOT_RATINGS_HOME has a line break [^\n]+\n$/],
    [
      '~jo/ratings',
      /^YOT_RATINGS_HOME is "~jo\/ratings": write whose home it is out, or \.\/~jo\/ratings .*\n$/,
    ],
  ] as const) {
    const { code, stderr } = await command(['db', 'down'], at(home));
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
  }
  const { stdout } = await command(['db', 'down'], at('~/no-such-ratings'));
  expect(stdout).toBe(`no server is running in ${path.join(homedir(), 'no-such-ratings')}\n`);
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

    test('is told once that a folder can’t be written', async () => {
      const { code, stderr } = await commandProcess(['db', 'up'], { ...plainUser, ...at(await own(0o555)) });
      expect(code).toBe(3);
      expect(stderr).toMatch(
        /^The folder \S+ can't be used: it may not be written to \(EACCES[^\n]+ Set YOT_RATINGS_HOME [^\n]+\n$/,
      );
    });
  },
);
