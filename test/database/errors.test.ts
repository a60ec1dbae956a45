import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { withCopy } from '../../src/database/copy.js';
import { explainDatabaseError } from '../../src/database/errors.js';
import { forgetLoads } from '../../src/import/forget-loads.js';
import { exitCode, UserError } from '../../src/problem.js';
import { command, temporaryFolders } from '../support/command.js';
import { asReaderOf, testDatabase } from '../support/database.js';

const database = testDatabase();
const folder = temporaryFolders();
const url = 'postgres://me:geheim@host/mine';

/** What the server answers to a statement. */
async function refusal(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => new Error('it was done'),
    (reason: Error) => reason,
  );
}

const raise = (code: string, message: string) =>
  sql.raw(`do $$ begin raise exception using errcode = '${code}', message = '${message}'; end $$`);

function explained(error: unknown): UserError {
  const found = explainDatabaseError(error, url);
  if (!(found instanceof UserError)) throw error;
  return found;
}

describe('what the server refuses is one line that says what to do', () => {
  test.each([
    ['53100', 'could not extend file', 3, /the disk of its server is full: make room/],
    ['53200', 'out of memory', 3, /no memory left/],
    ['53400', 'temporary file size exceeds', 3, /a limit of its server is reached: raise it/],
    ['25006', 'cannot execute INSERT', 3, /can only be read .*: use the primary server/],
    ['42501', 'permission denied', 3, /this user may not do that: use the database owner/],
    ['55P03', 'lock not available', 3, /others hold what is needed .*: run the command again/],
    ['55006', 'object in use', 3, /in use: run the command again/],
    ['57014', 'canceling statement', 3, /the work was cut off, by statement_timeout/],
    ['40P01', 'deadlock detected', 3, /collided .*: run the command again/],
    ['40001', 'could not serialize', 3, /collided .*: run the command again/],
    ['25P03', 'idle too long', 3, /idle_in_transaction_session_timeout/],
    ['58030', 'could not read block', 3, /can't read or write its files/],
    ['XX001', 'invalid page', 3, /its files are damaged: restore it/],
    ['XX002', 'bad index', 3, /reindex/],
    ['22003', 'out of range', 1, /refuses a value .*; nothing was written/],
    ['23514', 'violates a check', 1, /breaks a rule of it; nothing was written/],
  ])('%s: %s', async (code, words, exit, says) => {
    const { message, exit: ends, cause } = explained(await refusal(raise(code, words).execute(database.db)));
    expect(message).toMatch(says);
    expect(message).toMatch(/^The database postgres:\/\/me@host\/mine can't be used: [^\n]+\.$/);
    expect(message).toContain(`The server says: ${words} (SQLSTATE ${code}).`);
    expect(message).not.toContain('geheim');
    expect(ends).toBe(exit);
    expect(cause).toMatchObject({ code });
  });

  test.each([
    ['53300', /can't be reached: the server has no connection left: close others\.$/],
    ['57P01', /can't be reached: the server was stopped\.$/],
    ['08006', /can't be reached: gone\.$/],
  ])('%s is about the connection', async (code, says) => {
    const { message, exit } = explained(await refusal(raise(code, 'gone').execute(database.db)));
    expect(message).toMatch(says);
    expect(exit).toBe(exitCode.database);
  });

  test('what is not known has the words of the server, in one line', async () => {
    const { message, exit } = explained(await refusal(raise('P0XYZ', 'two\n lines.').execute(database.db)));
    expect(message).toBe(
      "The database postgres://me@host/mine can't be used: the server says: two lines (SQLSTATE P0XYZ).",
    );
    expect(exit).toBe(exitCode.database);
  });

  test('from the other driver, too', async () => {
    const error = await refusal(withCopy(database.url, (trx) => raise('53100', 'full').execute(trx)));
    expect(explained(error).message).toMatch(/the disk of its server is full/);
  });

  test('a timeout that the server really ends', async () => {
    const work = database.db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = '5ms'`.execute(trx);
      await sql`select pg_sleep(10)`.execute(trx);
    });
    expect(explained(await refusal(work)).message).toMatch(/the work was cut off/);
  });

  test('a right that a role really lacks', async () => {
    const work = asReaderOf(database, (reader) => sql`select from core.inspection`.execute(reader));
    expect(explained(await refusal(work)).message).toMatch(/may not do that.* permission denied/);
  });

  test('errors that no server gave are left as they are', () => {
    const file = Object.assign(new Error('no such file'), { code: 'ENOENT' });
    const inner = new TypeError('undefined is not a function');
    expect(explainDatabaseError(file, url)).toBe(file);
    expect(explainDatabaseError(inner, url)).toBe(inner);
  });
});

describe('on the command line', () => {
  test('it ends with 3 and one line; with YOT_RATINGS_DEBUG=1 the stack follows', async () => {
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
    const env = { DATABASE_URL: database.url, YOT_RATINGS_HOME: await folder() };
    const plain = await command(['ratings'], { env });
    expect(plain).toMatchObject({ code: 3, stdout: '' });
    expect(plain.stderr).toMatch(
      /^The database \S+ can't be used: the disk of its server is full: [^\n]+ no space left \(SQLSTATE 53100\)\.\n$/,
    );
    const debugged = await command(['ratings'], { env: { ...env, YOT_RATINGS_DEBUG: '1' } });
    expect(debugged.code).toBe(3);
    expect(debugged.stderr.startsWith(plain.stderr)).toBe(true);
    expect(debugged.stderr).toMatch(/\n\s+at /);
  });
});
