import { readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { withoutPassword } from '../../src/database/errors.js';
import { command, temporaryFolders } from '../support/command.js';
import { freePort } from '../support/port.js';
import { withDatabaseName } from '../support/server.js';

const folder = temporaryFolders();
let home: string;

const run = (url: string, ...args: string[]) =>
  command(args, { env: { DATABASE_URL: url, YOT_RATINGS_HOME: home } });

beforeAll(async () => {
  home = await folder();
});

describe('a database that can’t be reached ends with 3 and one message, without the password', () => {
  const refused = async (url: string, because: RegExp) => {
    const env = { DATABASE_URL: url, YOT_RATINGS_HOME: home, YOT_RATINGS_READER_PASSWORD: undefined };
    const { code, stdout, stderr } = await command(['ratings'], { env });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^The database postgres(ql)?:\/\/\S+ can't be reached: [^\n]+\.\n$/);
    expect(stderr).toMatch(because);
    expect(stderr).not.toContain('geheim');
  };
  const changed = (change: (url: URL) => void) => {
    const url = new URL(inject('adminUrl'));
    change(url);
    return url.href;
  };

  test('nothing listens there', async () => {
    await refused(`postgres://me:geheim@127.0.0.1:${await freePort()}/mine`, /nothing listens there/);
  });

  test('the password is wrong', async () => {
    const url = changed((wrong) => {
      wrong.password = 'geheim';
    });
    await refused(url, /the password is wrong/);
  });

  test('there is no such database', async () => {
    await refused(withDatabaseName(inject('adminUrl'), 'no_such_database'), /there is no such database/);
  });

  test('there is no such host', async () => {
    await refused('postgres://me:ge@geheim@no-such-host.invalid/mine', /host/);
  });

  test('and leaves nothing behind in the folder', async () => {
    expect(await readdir(home)).toEqual([]);
  });
});

describe('a DATABASE_URL that is none is a wrong call', () => {
  const isRefused = async (url: string, call: string) => {
    const { code, stdout, stderr } = await run(url, ...call.split(' '));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^DATABASE_URL is not a database URL: [^\n]+\n$/);
    expect(stderr).not.toContain('geheim');
  };

  test.each([
    'geheim',
    'mysql://me:geheim@127.0.0.1/mine',
    'postgres://me:geh/eim@127.0.0.1/mine',
    'postgres://me:geheim%zz@127.0.0.1/mine',
    'postgres:///mine?password=geheim',
  ])('%s', (url) => isRefused(url, 'ratings'));

  test.each(['db url --role reader', 'db reset --yes'])('to %s too', (call) => isRefused('geheim', call));
});

test.each([
  ['postgres://me:geheim@host:1/mine', 'postgres://me@host:1/mine'],
  ['postgres://me:ge@he/im@host/mine', 'postgres://me@host/mine'],
  [
    'postgres://me@host/mine?password=geheim&sslmode=disable',
    'postgres://me@host/mine?password=***&sslmode=disable',
  ],
  ['postgres://host/mine', 'postgres://host/mine'],
])('messages show %s without its password', (url, shown) => {
  expect(withoutPassword(url)).toBe(shown);
});
