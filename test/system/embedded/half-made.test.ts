import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { embeddedServer } from '../../../src/database/embedded/server.js';
import { command, serverProcess, temporaryFolders } from '../../support/command.js';

const folder = temporaryFolders();
let whole: string;
let home: string;

beforeAll(async () => {
  whole = await folder();
  await (await embeddedServer(whole)).release();
});

beforeEach(async () => {
  home = await folder(whole);
});

test('what a killed run left of a half-made cluster is cleared away', async () => {
  const fresh = await folder();
  await mkdir(path.join(fresh, 'half-made-cluster-abc', 'base'), { recursive: true });
  await writeFile(path.join(fresh, 'half-made-cluster-abc', 'PG_VERSION'), '18\n');
  await writeFile(path.join(fresh, 'half-made-cluster-abc.password'), 'secret');
  await writeFile(path.join(fresh, 'secrets.json.new'), '{"own');
  expect(await stateOfARun(fresh)).toBe('made and started');
  expect(await left(fresh)).toEqual(['data', 'secrets.json', 'server.log']);
});

test('data whose passwords are lost are set aside, and a new cluster is made', async () => {
  await writeFile(path.join(home, 'data', 'precious'), 'loaded by somebody');
  await rm(path.join(home, 'secrets.json'));
  const state = await stateOfARun(home);
  const [, aside = ''] = (await left(home)).map((name) => path.join(home, name));
  expect(aside).toMatch(/data\.without-password-\d+T\d+$/);
  expect(state).toBe(
    `made and started; data were there without secrets.json, which has their password: they are in ${aside} now`,
  );
  expect(await readFile(path.join(aside, 'precious'), 'utf8')).toBe('loaded by somebody');
  expect(await stateOfARun(home)).toBe('started');
});

test('a server that still runs when its passwords are deleted is not touched until db down', async () => {
  const lost = await embeddedServer(home);
  await rm(path.join(home, 'secrets.json'));
  const { code, stderr } = await command(['ratings'], { env: { YOT_RATINGS_HOME: home } });
  expect(code).toBe(3);
  expect(stderr).toMatch(
    /^A server runs on \S+\/data, but secrets\.json, which has its password, is gone\. [^\n]+\n$/,
  );
  const down = await command(['db', 'down'], { env: { YOT_RATINGS_HOME: home } });
  expect(down).toEqual({ code: 0, stdout: 'stopped\n', stderr: '' });
  await lost.release();
  expect(await stateOfARun(home)).toMatch(/^made and started; data were there/);
});

test('a folder named data that is no database of ours is left alone', async () => {
  const other = await folder();
  await mkdir(path.join(other, 'data'));
  await writeFile(path.join(other, 'data', 'thesis.txt'), 'years of work');
  const { code, stdout, stderr } = await command(['ratings'], { env: { YOT_RATINGS_HOME: other } });
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toBe(
    `${other}/data is in the way: it is not a database of this program. Set YOT_RATINGS_HOME to another folder.\n`,
  );
  expect(await readFile(path.join(other, 'data', 'thesis.txt'), 'utf8')).toBe('years of work');
});

test('a password that is not the server’s is said to be wrong', async () => {
  const file = path.join(home, 'secrets.json');
  const secrets = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...secrets, ownerPassword: 'another' }));
  const { code, stdout, stderr } = await command(['ratings'], { env: { YOT_RATINGS_HOME: home } });
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(
    /^The database \S+ can't be reached: its password is not the one in secrets\.json: [^\n]+\n$/,
  );
  expect(await serverProcess(home)).toBeUndefined();
});

test('data that were deleted are made anew with the passwords that the folder remembers', async () => {
  const before = await readFile(path.join(home, 'secrets.json'), 'utf8');
  await rm(path.join(home, 'data'), { recursive: true });
  expect(await stateOfARun(home)).toBe('made and started');
  const { ownerPassword, readerPassword } = JSON.parse(before);
  const after = JSON.parse(await readFile(path.join(home, 'secrets.json'), 'utf8'));
  expect(after).toMatchObject({ ownerPassword, readerPassword });
});

test.each(['ratings', 'db url'])('%s says where a damaged secrets.json is, and what to do', async (call) => {
  await writeFile(path.join(home, 'secrets.json'), '{"ownerPassw');
  const { code, stdout, stderr } = await command(call.split(' '), { env: { YOT_RATINGS_HOME: home } });
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toBe(
    `${home}/secrets.json is damaged: it has to be JSON. Put it back from a copy; or delete it, then the data ` +
      'beside it are set aside and a new database is made.\n',
  );
});

async function stateOfARun(folder: string): Promise<string> {
  const server = await embeddedServer(folder);
  await server.release();
  return server.state;
}

const left = async (folder: string) => (await readdir(folder)).sort();
