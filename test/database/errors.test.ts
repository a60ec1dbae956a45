import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { explainDatabaseError } from '../../src/database/errors.js';
import { testCommands } from '../support/command.js';
import { refusalOf } from '../support/connection.js';

const { database, run } = testCommands();
const url = 'postgres://me:geheim@host/mine';

/** What is said of what the server answers. */
const explained = (work: Promise<unknown>) =>
  refusalOf(
    work.catch((error: unknown) => {
      throw explainDatabaseError(error, url);
    }),
  );

const raise = (code: string, message: string) =>
  sql.raw(`do $$ begin raise exception using errcode = '${code}', message = '${message}'; end $$`);

describe('what the server refuses is one line that says what to do', () => {
  test.each([
    ['53100', 3, /the disk of its server is full: make room/],
    ['42501', 3, /this user may not do that: the analyst's URL reads/],
    ['55P03', 3, /others hold what is needed: run the command again/],
    ['40P01', 3, /collided .*: run the command again/],
    ['23514', 1, /breaks a rule of it; nothing was written/],
    ['P0XYZ', 3, /can't be used: the server says: two lines \(SQLSTATE/],
  ])('%s', async (code, exit, says) => {
    const error = await explained(raise(code, 'two\n lines.').execute(database.db));
    expect(error.message).toMatch(says);
    expect(error.message).toMatch(/^The database postgres:\/\/me@host\/mine can't be used: /);
    expect(error.message).toMatch(new RegExp(`he server says: two lines \\(SQLSTATE ${code}\\)\\.$`));
    expect(error).toMatchObject({ exit, cause: { code } });
  });

  test.each([
    ['53300', /can't be reached: the server has no connection left: close others\.$/],
    ['57P01', /can't be reached: the server was stopped\.$/],
    ['08006', /can't be reached: gone\.$/],
  ])('%s is about the connection', async (code, says) => {
    const { message, exit } = await explained(raise(code, 'gone').execute(database.db));
    expect(message).toMatch(says);
    expect(exit).toBe(3);
  });

  test('errors that no server gave are left as they are', () => {
    for (const error of [Object.assign(new Error('no such file'), { code: 'ENOENT' }), new TypeError('slip')])
      expect(explainDatabaseError(error, url)).toBe(error);
  });
});

test.each(['statement_timeout=soon', 'max_connections=5', 'no_such_setting=1'])(
  'of a setting that the server refuses, %s, it is said where it comes from',
  async (setting) => {
    const { code, stderr } = await run(['ratings'], { env: { DATABASE_URL: `${database.url}?${setting}` } });
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^[^\n]+ can't be used: a setting can't be had as DATABASE_URL or PGOPTIONS [^\n]+\n$/,
    );
  },
);

test('with YOT_RATINGS_DEBUG=1 the stack follows the one line', async () => {
  const env = { DATABASE_URL: `${database.url}?no_such_setting=1` };
  const [plain, debugged] = [
    await run(['ratings'], { env }),
    await run(['ratings'], { env: { ...env, YOT_RATINGS_DEBUG: '1' } }),
  ];
  expect(debugged.stderr.startsWith(plain.stderr)).toBe(true);
  expect(debugged.stderr).toMatch(/\n\s+at /);
});
