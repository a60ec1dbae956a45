import { readdir } from 'node:fs/promises';
import { sql } from 'kysely';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import { withoutPassword } from '../../src/database/errors.js';
import { command, temporaryFolders } from '../support/command.js';
import { withEmptyDatabase } from '../support/database.js';
import { freePort } from '../support/port.js';
import { withDatabaseName } from '../support/server.js';
import { withoutWaiting } from '../support/waiting.js';

const folder = temporaryFolders();
let home: string;

const run = (url: string, ...args: string[]) =>
  command(args, { env: { DATABASE_URL: url, YOT_RATINGS_HOME: home } });

beforeAll(async () => {
  home = await folder();
});

describe('a database of the user’s own', () => {
  test('is filled by start, which then ends and leaves the server to its owner; run again it changes nothing', async () => {
    await withEmptyDatabase(async (url) => {
      const first = await run(url, 'start');
      expect(first).toMatchObject({ code: 0, stderr: '' });
      expect(first.stdout.startsWith(`server ${withoutPassword(url)}\n`)).toBe(true);
      expect(first.stdout).toMatch(/5 inspections and 5 files of reference data loaded/);
      expect(first.stdout).toMatch(/^Wigan YOT .* 19\/36 +Good +agrees$/m);
      expect(first.stdout.trimEnd().split('\n').at(-1)).toBe('The server is your own and goes on serving.');

      const again = await run(url, 'start', '--once');
      expect(again).toMatchObject({ code: 0, stderr: '' });
      expect(again.stdout).toContain('nothing to migrate; views up to date; nothing to load');
      const readerUrl = again.stdout.match(/postgres(ql)?:\/\/yot_ratings_reader:\S+/)?.[0] as string;
      expect(await scores(readerUrl)).toEqual([19, 21, 29, 31, 33]);

      expect((await run(url, 'db', 'url')).stdout).toBe(`${url}\n`);
      expect((await run(url, 'db', 'url', '--role', 'reader')).stdout).toBe(`${readerUrl}\n`);
    });
    // Nothing of an embedded server was made beside it.
    expect(await readdir(home)).toEqual([]);
  });

  test('is filled once by two programs that start on it at once', async () => {
    await withEmptyDatabase(async (url) => {
      const both = await Promise.all([run(url, 'start', '--once'), run(url, 'start', '--once')]);
      for (const { code, stderr } of both)
        expect({ code, stderr: withoutWaiting(stderr) }).toEqual({ code: 0, stderr: '' });
      const loaded = both.map(({ stdout }) => Number(stdout.match(/(\d+) inspections and/)?.[1] ?? 0));
      expect(loaded.reduce((sum, count) => sum + count)).toBe(5);
    });
  });

  test('is neither stopped nor, without --yes, reset', async () => {
    await withEmptyDatabase(async (url) => {
      const down = await run(url, 'db', 'down');
      expect({ code: down.code, stdout: down.stdout }).toEqual({ code: 2, stdout: '' });
      expect(down.stderr).toMatch(/^DATABASE_URL names a server of your own, .*\n$/);
      const reset = await run(url, 'db', 'reset');
      expect(reset).toEqual({
        code: 2,
        stdout: '',
        stderr: `This drops everything in ${withoutPassword(url)}. Say --yes if you mean it.\n`,
      });
      const really = await run(url, 'db', 'reset', '--yes');
      expect(really).toEqual({ code: 0, stdout: '10 files loaded anew\n', stderr: '' });
    });
  });
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

async function scores(url: string): Promise<number[]> {
  const reader = connect(url, { max: 1 });
  try {
    const { rows } = await sql<{ score: number }>`
      select score from analytics.overall_rating order by score`.execute(reader);
    return rows.map(({ score }) => score);
  } finally {
    await reader.destroy();
  }
}
