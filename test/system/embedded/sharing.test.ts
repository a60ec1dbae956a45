import { symlink } from 'node:fs/promises';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { embeddedServer } from '../../../src/database/embedded/server.js';
import { command, commandProcess, serve, serverProcess, temporaryFolders } from '../../support/command.js';
import { rowsOf } from '../../support/connection.js';
import { withoutWaiting } from '../../support/waiting.js';

const folder = temporaryFolders();
let loaded: string;
let home: string;

const run = (...args: string[]) => commandProcess(args, { env: { YOT_RATINGS_HOME: home } });
/** What needs no process of its own. */
const runHere = (...args: string[]) => command(args, { env: { YOT_RATINGS_HOME: home } });
const userOf = async (url: string) => (await rowsOf(url, 'select current_user::text as name'))[0];

beforeAll(async () => {
  loaded = await folder();
});

test('two programs that start at once on a fresh folder make one server, and both print the ratings', async () => {
  home = loaded;
  const both = await Promise.all([run('start', '--once'), run('start', '--once')]);
  for (const { code, stdout, stderr } of both) {
    expect({ code, stderr: withoutWaiting(stderr) }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Wigan YOT .* 19\/36/m);
  }
  // Each inspection is loaded by one of them; by which is up to the machine.
  const loadedByEach = both.map(({ stdout }) => Number(stdout.match(/(\d+) inspections? and/)?.[1] ?? 0));
  expect(loadedByEach.reduce((sum, each) => sum + each)).toBe(5);
  expect(both.filter(({ stdout }) => stdout.includes(': made and started'))).toHaveLength(1);
  expect(await serverProcess(home)).toBeUndefined();
});

describe('on a folder with everything loaded', () => {
  beforeEach(async () => {
    home = await folder(loaded);
  });

  test('the last to leave stops the server, whoever started it, and by whatever path to the folder', async () => {
    const serving = await serve(home);
    const server = await serverProcess(home);
    const joined = await run('start', '--once');
    expect(joined.code).toBe(0);
    expect(joined.stdout).toContain(`already running (process ${server})`);
    expect(await serverProcess(home)).toBe(server);

    const other = `${await folder()}/link`;
    await symlink(home, other);
    const last = await serve(other);
    serving.kill('SIGINT');
    expect(await serving.ended).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\nLeft\. The server goes on for the others that use it\.\n$/),
    });
    expect(await serverProcess(home)).toBe(server);
    last.kill('SIGINT');
    expect((await last.ended).stdout).toMatch(/\nStopped\.\n$/);
    expect(await serverProcess(home)).toBeUndefined();
  });

  test('a program that uses the server twice keeps it until it has left twice', async () => {
    const first = await embeddedServer(home);
    const second = await embeddedServer(home);
    await first.release();
    expect(await userOf(second.url)).toEqual({ name: 'yot_ratings_owner' });
    await second.release();
    expect(await serverProcess(home)).toBeUndefined();
  });

  test('db up keeps the server for later commands, until db down; db url names it', async () => {
    expect(await runHere('db', 'url')).toEqual({
      code: 3,
      stdout: '',
      stderr: `No server is running in ${home}. Start one with npm start, or with yot-ratings db up.\n`,
    });
    expect(await run('db', 'up')).toEqual({
      code: 0,
      stdout: `embedded server in ${home}: started; 0 migrations applied, 0 files loaded\n`,
      stderr: '',
    });
    const server = await serverProcess(home);
    expect((await runHere('ratings')).code).toBe(0);
    expect(await serverProcess(home)).toBe(server);
    for (const role of ['owner', 'reader']) {
      const { stdout } = await runHere('db', 'url', '--role', role);
      expect(stdout).toMatch(
        new RegExp(`^postgres://yot_ratings_${role}:[^@\\s]+@127\\.0\\.0\\.1:\\d+/yot_ratings\n$`),
      );
      expect(await userOf(stdout.trim())).toEqual({ name: `yot_ratings_${role}` });
    }
    expect(await run('db', 'down')).toEqual({ code: 0, stdout: 'stopped\n', stderr: '' });
    expect(await serverProcess(home)).toBeUndefined();
    expect(await runHere('db', 'down')).toMatchObject({
      code: 0,
      stdout: `no server is running in ${home}\n`,
    });
  });

  test('db reset drops what is there and loads the bundled inspections again', async () => {
    const { url, release } = await embeddedServer(home);
    await rowsOf(url, 'delete from core.inspection where true');
    await rowsOf(url, 'create view analytics.of_mine as select 1 as one');
    expect(await run('db', 'reset')).toEqual({ code: 0, stdout: '12 files loaded anew\n', stderr: '' });
    const real = `select from analytics.inspection where evidence <> 'ratings only'`;
    expect(await rowsOf(url, real)).toHaveLength(5);
    await expect(rowsOf(url, 'select * from analytics.of_mine')).rejects.toThrow('does not exist');
    const reader = (await runHere('db', 'url', '--role', 'reader')).stdout.trim();
    expect(await userOf(reader)).toEqual({ name: 'yot_ratings_reader' });
    await release();
  });
});
