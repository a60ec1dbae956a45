import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { explainDatabaseError } from '../../src/database/errors.js';
import { testCommands } from '../support/command.js';
import { refusalOf } from '../support/connection.js';
import { forgetLoads } from '../support/forget-loads.js';

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

test('a command ends with 3 and one line; with YOT_RATINGS_DEBUG=1 the stack follows', async () => {
  await sql`
    create function public.no_room() returns trigger language plpgsql
      as 'begin raise exception using errcode = ''53100'', message = ''no space left''; end'`.execute(
    database.db,
  );
  await sql`
    create trigger no_room before update or delete or insert on core.service
      for each statement execute function public.no_room()`.execute(database.db);
  // Registers are loaded anew when no load of them is known.
  await database.db.transaction().execute((trx) => forgetLoads(trx, sql`kind = 'register'`));
  const plain = await run(['ratings']);
  expect(plain).toMatchObject({ code: 3, stdout: '' });
  expect(plain.stderr).toMatch(
    /^The database \S+ can't be used: [^\n]+ no space left \(SQLSTATE 53100\)\.\n$/,
  );
  const debugged = await run(['ratings'], { env: { YOT_RATINGS_DEBUG: '1' } });
  expect(debugged.code).toBe(3);
  expect(debugged.stderr.startsWith(plain.stderr)).toBe(true);
  expect(debugged.stderr).toMatch(/\n\s+at /);
});
