import { readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { embeddedServer } from '../../../src/database/embedded/server.js';
import { command, commandProcess, serve, serverProcess, temporaryFolders } from '../../support/command.js';
import { rowsOf } from '../../support/connection.js';
import { freePort } from '../../support/port.js';
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

test('two programs that start at once on a fresh folder, without a locale, make one server, and both print the ratings', async () => {
  home = loaded;
  const env = { YOT_RATINGS_HOME: home, LANG: undefined, LC_ALL: undefined, LANGUAGE: undefined };
  const start = () => commandProcess(['start', '--once'], { env });
  const both = await Promise.all([start(), start()]);
  for (const { code, stdout, stderr } of both) {
    expect({ code, stderr: withoutWaiting(stderr) }).toEqual({ code: 0, stderr: '' });
    for (const printed of [
      /^Barnet YOS +2022-02 .* 21\/36 +Good/m,
      /^Essex YOS +2018-10 .* 33\/36 +Outstanding/m,
      /^Hammersmith and Fulham YJS +2022-07-18 .* 31\/36 +Outstanding/m,
      /^Kensington & Chelsea YOS +2020-10-19 .* 29\/36 +Good/m,
      /^Wigan YOT +2021-04-26 .* 19\/36 +Good/m,
      /\d cells compared, 0 differ/,
    ])
      expect(stdout).toMatch(printed);
  }
  // Each file is loaded by one of them; by which is up to the machine.
  const loadedByEach = both.map(({ stdout }) => Number(stdout.match(/(\d+) files? loaded/)?.[1]));
  expect(loadedByEach.reduce((sum, each) => sum + each)).toBe(11);
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
    // UTF-8, on the loopback interface only, passwords by SCRAM; the URL that is printed reads the views and nothing else
    const asked = `select current_setting('server_encoding') as encoding, upper('ŵigan é') as letters,
      current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
      (select string_agg(distinct auth_method, ', ') from pg_hba_file_rules) as log_in`;
    expect(await rowsOf((await runHere('db', 'url')).stdout.trim(), asked)).toEqual([
      {
        ...{ encoding: 'UTF8', letters: 'ŴIGAN É', addresses: '127.0.0.1', sockets: '' },
        log_in: 'scram-sha-256',
      },
    ]);
    const reader = serving.stdout().match(/postgres:\/\/yot_ratings_reader:\S+/)?.[0] as string;
    const scores = `select score from analytics.overall_rating where evidence <> 'ratings only' order by score`;
    expect(await rowsOf(reader, scores)).toEqual([19, 21, 29, 31, 33].map((score) => ({ score })));
    await expect(rowsOf(reader, 'select from core.inspection')).rejects.toMatchObject({ code: '42501' });

    const joined = await run('start', '--once');
    expect(joined).toMatchObject({ code: 0, stderr: '' });
    expect(joined.stdout).toContain(
      `already running (process ${server})\n0 migrations applied, 0 files loaded`,
    );
    const other = `${await folder()}/link`;
    await symlink(home, other);
    const last = await serve(other);
    serving.kill('SIGINT');
    expect(await serving.ended).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\nLeft\. The server goes on for the others that use it\.\n$/),
    });
    expect(await serverProcess(home)).toBe(server);
    last.kill('SIGTERM');
    expect(await last.ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/\nStopped\.\n$/) });
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
    const noServer = `No server is running in ${home}. Start one with npm start, or with yot-ratings db up.\n`;
    expect(await runHere('db', 'url')).toEqual({ code: 3, stdout: '', stderr: noServer });
    const up = `embedded server in ${home}: started; 0 migrations applied, 0 files loaded\n`;
    expect(await run('db', 'up')).toEqual({ code: 0, stdout: up, stderr: '' });
    const server = await serverProcess(home);
    expect((await runHere('ratings')).code).toBe(0);
    expect(await serverProcess(home)).toBe(server);
    // test/system/roles/passwords.test.ts logs in as each role
    expect((await runHere('db', 'url')).stdout).toMatch(
      /^postgres:\/\/yot_ratings_owner:[^@\s]+@127\.0\.0\.1:\d+\/yot_ratings\n$/,
    );
    expect(await run('db', 'down')).toEqual({ code: 0, stdout: 'stopped\n', stderr: '' });
    expect(await serverProcess(home)).toBeUndefined();
  });

  test('its port is remembered; another is chosen and remembered when somebody has it', async () => {
    const portOfARun = async () => {
      const { url, release } = await embeddedServer(home);
      await release();
      return Number(new URL(url).port);
    };
    const remembered = await freePort();
    const file = path.join(home, 'secrets.json');
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), port: remembered }));
    expect(await portOfARun()).toBe(remembered);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(remembered, '127.0.0.1', resolve));
    const chosen = await portOfARun();
    other.close();
    expect(chosen).not.toBe(remembered);
    expect(await portOfARun()).toBe(chosen);
  });

  test('db reset drops what is there and loads the bundled inspections again', async () => {
    const { url, release } = await embeddedServer(home);
    await rowsOf(url, 'delete from core.inspection where true');
    expect(await run('db', 'reset')).toEqual({ code: 0, stdout: '11 files loaded anew\n', stderr: '' });
    const real = `select from analytics.inspection where evidence <> 'ratings only'`;
    expect(await rowsOf(url, real)).toHaveLength(5);
    await release();
  });
});
