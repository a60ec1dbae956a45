import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { keywords } from '../../src/database/connection/keywords.js';
import { settledUrl } from '../../src/database/connection/settle.js';
import { formatUrl, parseUrl } from '../../src/database/connection/url.js';
import { UserError } from '../../src/problem.js';
import { temporaryFolders } from '../support/command.js';

const folder = temporaryFolders();

/** What settledUrl makes of a URL that needs no server to be asked. */
const settled = (url: string, env: NodeJS.ProcessEnv = {}) =>
  settledUrl(url, { PGSSLMODE: 'disable', ...env });

/** The UserError with which something is refused. */
async function refused(work: () => unknown): Promise<UserError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('a URL is read as psql reads it:', () => {
  test.each([
    [
      'postgres://me:secret@host:1/mine',
      { user: 'me', password: 'secret', host: 'host', port: '1', dbname: 'mine' },
    ],
    ['postgresql://host', { host: 'host' }],
    ['  postgres://me@host/mine \n', { user: 'me', host: 'host', dbname: 'mine' }],
    ['postgres://me@[::1]:5433/mine', { user: 'me', host: '::1', port: '5433', dbname: 'mine' }],
    ['postgres://me@%2Frun%2Fpostgresql/mine', { user: 'me', host: '/run/postgresql', dbname: 'mine' }],
    ['postgres://me@/mine?host=/run/postgresql', { user: 'me', host: '/run/postgresql', dbname: 'mine' }],
    ['postgres:///mine?host=%2Frun&port=5433', { host: '/run', port: '5433', dbname: 'mine' }],
    ['postgres://a:1,b:2/mine', { host: 'a,b', port: '1,2', dbname: 'mine' }],
    [
      'postgres://me:a%40b%2Fc%23d%3Fe%25@host/my%20own',
      { user: 'me', password: 'a@b/c#d?e%', host: 'host', dbname: 'my own' },
    ],
    ['postgres://me:a@b@host/mine', { user: 'me', password: 'a@b', host: 'host', dbname: 'mine' }],
    ['postgres://host/mine?password=a+b', { host: 'host', dbname: 'mine', password: 'a+b' }],
    ['postgres://host/mine?ssl=true', { host: 'host', dbname: 'mine', sslmode: 'verify-full' }],
    ['postgres://host/mine?ssl=false', { host: 'host', dbname: 'mine', sslmode: 'disable' }],
    ['postgres://host/mine?lock_timeout=3s', { host: 'host', dbname: 'mine', lock_timeout: '3s' }],
  ])('%s', (url, parameters) => {
    expect(parseUrl(url)).toEqual(parameters);
  });

  test.each([
    { host: '/run/postgresql', port: '5432', user: 'me', password: 'a@b/c#d?e%:f', dbname: 'my own' },
    { host: '::1', port: '5432', user: 'mé', dbname: 'mine', sslmode: 'verify-full', options: '-c geqo=off' },
  ])('and written so that it is read the same: $host', (parameters) => {
    expect(parseUrl(formatUrl(parameters))).toEqual(parameters);
  });
});

describe('what is no URL, or asks for what can’t be had, is refused in one line and with its name:', () => {
  test.each([
    ['geheim', /is not a database URL/],
    ['mysql://me:geheim@host/mine', /is not a database URL/],
    ['postgres://me:geh/eim@host/mine', /percent-encoded \(@ is %40, \/ is %2F, # is %23/],
    ['postgres://me:12/geheim@host/mine', /percent-encoded/],
    ['postgres://me:geh#eim@host/mine', /percent-encoded/],
    ['postgres://me:12#geheim@host/mine', /percent-encoded/],
    ['postgres://me:geh?eim@host/mine', /percent-encoded/],
    ['postgres://me:12?geheim@host/mine', /percent-encoded/],
    ['postgres://me:geheim%zz@host/mine', /hexadecimal/],
    ['postgres:///mine?password=geheim', /names no host/],
    ['postgres://host:0/mine', /port=0: it has to be a whole number/],
    ['postgres://host/mine?connect_timeout=soon', /connect_timeout=soon/],
    ['postgres://a,b/mine?port=1,2,3', /another number of ports/],
    ['postgres://host/mine?sslmode=safe', /sslmode=safe, .*: it has to be disable, /],
    ['postgres://host/mine?schema=public', /schema=public, .*Prisma's word/],
    ['postgres://host/mine?pgbouncer=true', /Prisma's word: prepare=false is what it means/],
    ['postgres://host/mine?currentSchema=a', /JDBC's word/],
    ['postgres://host/mine?max=1', /a driver's word/],
    ['postgres://host/mine?service=own', /files of services are not read/],
    [
      'postgres://host/mine?sslmode=verify-full&sslrootcert=/no/where',
      /sslrootcert names \/no\/where, which can't be read/,
    ],
  ])('%s', async (url, says) => {
    const { message, exit } = await refused(() => settled(url));
    expect(message).toMatch(says);
    expect(message).toMatch(/^[^\n]+\.$/);
    expect(message).not.toContain('geheim');
    expect(exit).toBe(2);
  });

  const asked: [string, string][] = Object.values(keywords).flatMap(({ variable, refused: why, values }) =>
    variable && why
      ? [[variable, values === undefined ? 'anything' : 'nothing of the kind'] as [string, string]]
      : [],
  );
  test.each(asked)('the variable %s=%s', async (variable, value) => {
    const { message, exit } = await refused(() => settledUrl('postgres://host/mine', { [variable]: value }));
    expect(message).toMatch(
      new RegExp(`^${variable}=${value} can't be had: [^\\n]+ unset it for this program\\.$`),
    );
    expect(exit).toBe(2);
  });
});

describe('libpq’s variables say what a URL does not:', () => {
  test.each([
    [
      'postgres://host',
      { PGPORT: '5433', PGUSER: 'me', PGPASSWORD: 'a/b', PGDATABASE: 'mine' },
      'postgres://me:a%2Fb@host:5433/mine',
    ],
    ['postgres://', { PGHOST: '/run/postgresql', PGUSER: 'me' }, 'postgres://me@%2Frun%2Fpostgresql:5432/me'],
    [
      'postgres://me@other:1/mine',
      { PGHOST: 'host', PGPORT: '2', PGUSER: 'you' },
      'postgres://me@other:1/mine',
    ],
    [
      'postgres://me@host/mine',
      { PGHOSTADDR: '127.0.0.1' },
      'postgres://me@host:5432/mine?hostaddr=127.0.0.1',
    ],
    ['postgres://me@host/mine', { PGSSLMODE: 'require' }, 'postgres://me@host:5432/mine?sslmode=require'],
    [
      'postgres://me@host/mine?sslmode=require',
      { PGSSLMODE: 'disable' },
      'postgres://me@host:5432/mine?sslmode=require',
    ],
    [
      'postgres://me@host/mine',
      { PGSSLROOTCERT: 'system' },
      'postgres://me@host:5432/mine?sslrootcert=system&sslmode=verify-full',
    ],
    [
      'postgres://me@host/mine',
      { PGOPTIONS: '-c geqo=off' },
      'postgres://me@host:5432/mine?options=-c%20geqo%3Doff',
    ],
    ['postgres://me@host/mine', { PGTZ: 'UTC' }, 'postgres://me@host:5432/mine?timezone=UTC'],
    [
      'postgres://me@host/mine',
      {
        PGSERVICEFILE: '/no/where',
        PGSYSCONFDIR: '/',
        PGCLIENTENCODING: 'LATIN1',
        PGDATESTYLE: 'German',
        PGLOCALEDIR: '/',
      },
      'postgres://me@host:5432/mine',
    ],
  ])('%s %j', async (url, env, whole) => {
    expect(await settled(url, env)).toBe(whole);
  });

  test('a password comes from libpq’s file, where only its owner reads it', async () => {
    const file = path.join(await folder(), 'passwords');
    await writeFile(file, '# mine\nhost:5432:other:me:wrong\n*:5432:mi\\:ne:me:a\\:b\n', { mode: 0o600 });
    const url = 'postgres://me@host/mi%3Ane';
    expect(await settled(url, { PGPASSFILE: file })).toBe('postgres://me:a%3Ab@host:5432/mi%3Ane');
    expect(await settled('postgres://me:own@host/mi%3Ane', { PGPASSFILE: file })).toContain(':own@');
    await chmod(file, 0o644);
    expect(await settled(url, { PGPASSFILE: file })).toBe('postgres://me@host:5432/mi%3Ane');
  });
});
