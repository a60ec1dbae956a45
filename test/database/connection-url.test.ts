import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { followed, variables } from '../../src/database/connection/keywords.js';
import { settledUrl } from '../../src/database/connection/settle.js';
import { formatUrl, parseUrl } from '../../src/database/connection/url.js';
import { temporaryFolders } from '../support/command.js';
import { refusalOf } from '../support/connection.js';

const folder = temporaryFolders();

/** What settledUrl makes of a URL that needs no server to be asked. */
const settled = async (url: string, env: NodeJS.ProcessEnv = {}) =>
  settledUrl(url, { PGSSLMODE: 'disable', ...env });

test.each([
  ['me:secret@host:1/mine', { user: 'me', password: 'secret', host: 'host', port: '1', dbname: 'mine' }],
  ['host', { host: 'host' }],
  ['me@host/mine \n', { user: 'me', host: 'host', dbname: 'mine' }],
  ['me@[::1]:5433/mine', { user: 'me', host: '::1', port: '5433', dbname: 'mine' }],
  ['me@%2Frun%2Fpostgresql/mine', { user: 'me', host: '/run/postgresql', dbname: 'mine' }],
  ['me@/mine?host=/run/postgresql', { user: 'me', host: '/run/postgresql', dbname: 'mine' }],
  ['/mine?host=%2Frun&port=5433', { host: '/run', port: '5433', dbname: 'mine' }],
  ['a:1,b:2/mine', { host: 'a,b', port: '1,2', dbname: 'mine' }],
  ['me:a%40b%2Fc%23d%3Fe%25@host', { user: 'me', password: 'a@b/c#d?e%', host: 'host' }],
  ['me:a@b@host/my%20own', { user: 'me', password: 'a@b', host: 'host', dbname: 'my own' }],
  ['host?password=a+b', { host: 'host', password: 'a+b' }],
  ['host?ssl=true', { host: 'host', sslmode: 'verify-full' }],
  ['host?ssl=false', { host: 'host', sslmode: 'disable' }],
  ['host?lock_timeout=3s', { host: 'host', lock_timeout: '3s' }],
])('postgres://%s is read as psql reads it', (url, parameters) => {
  expect(parseUrl(` postgres://${url}`)).toEqual(parameters);
  expect(parseUrl(formatUrl(parameters))).toEqual(parameters);
});

// test/cli/database-url.test.ts has those that are no URL at all.
describe('what can be read in two ways, or asks for what can’t be had, is refused in one line:', () => {
  test.each([
    ['me:12/geheim@host/mine', /percent-encoded \(@ is %40, \/ is %2F, # is %23/],
    ['me:geh#eim@host/mine', /percent-encoded/],
    ['me:12#geheim@host/mine', /percent-encoded/],
    ['me:geh?eim@host/mine', /percent-encoded/],
    ['me:12?geheim@host/mine', /percent-encoded/],
    ['host:0/mine', /port=0: it has to be a whole number/],
    ['host/mine?connect_timeout=soon', /connect_timeout=soon/],
    ['a,b/mine?port=1,2,3', /another number of ports/],
    ['host/mine?sslmode=safe', /sslmode=safe, which can't be had: it has to be one of disable, /],
    ['host/mine?schema=public', /schema=public, .*a word of Prisma/],
    ['host/mine?pgbouncer=true', /pgbouncer=true, .*a word of Prisma/],
    ['host/mine?currentSchema=a', /a word of JDBC/],
    ['host/mine?max=1', /a word of a driver/],
    ['host/mine?service=own', /put host, port, user and database into DATABASE_URL/],
    ['host/mine?sslmode=require&sslrootcert=/no/where', /sslrootcert names \/no\/where, which can't be read/],
  ])('postgres://%s', async (url, says) => {
    const { message, exit } = await refusalOf(settled(`postgres://${url}`));
    expect(message).toMatch(says);
    expect(message).not.toContain('geheim');
    expect(exit).toBe(2);
  });

  const refused = [...variables].filter(([word]) => !Object.hasOwn(followed, word));
  test.each(refused)('the word %s, and the variable %s', async (word, variable) => {
    const message = async (url: string, env: NodeJS.ProcessEnv) =>
      (await refusalOf(settledUrl(url, env))).message;
    expect(await message('postgres://host/mine', { [variable]: 'else' })).toMatch(
      new RegExp(`^${variable}=else can't be had: [^\\n]+ unset it for this program\\.$`),
    );
    expect(await message(`postgres://host/mine?${word}=else`, {})).toMatch(
      new RegExp(`^DATABASE_URL says ${word}=else, which can't be had: `),
    );
  });
});

const withoutEffect = ['PGSERVICEFILE', 'PGSYSCONFDIR', 'PGCLIENTENCODING', 'PGDATESTYLE', 'PGLOCALEDIR'];

describe('libpq’s variables say what a URL does not:', () => {
  test.each<[string, NodeJS.ProcessEnv, string]>([
    [
      'host',
      { PGPORT: '5433', PGUSER: 'me', PGPASSWORD: 'a/b', PGDATABASE: 'mine' },
      'me:a%2Fb@host:5433/mine',
    ],
    ['', { PGHOST: '/run/postgresql', PGUSER: 'me' }, 'me@%2Frun%2Fpostgresql:5432/me'],
    ['me@other:1/mine', { PGHOST: 'host', PGPORT: '2', PGUSER: 'you' }, 'me@other:1/mine'],
    ['me@host/mine', { PGHOSTADDR: '127.0.0.1' }, 'me@host:5432/mine?hostaddr=127.0.0.1'],
    ['me@host/mine', { PGSSLMODE: 'require' }, 'me@host:5432/mine?sslmode=require'],
    ['me@host/mine?sslmode=require', { PGSSLMODE: 'disable' }, 'me@host:5432/mine?sslmode=require'],
    ['me@host/mine', { PGSSLROOTCERT: 'system' }, 'me@host:5432/mine?sslrootcert=system&sslmode=verify-full'],
    ['me@host/mine', { PGOPTIONS: '-c geqo=off' }, 'me@host:5432/mine?options=-c%20geqo%3Doff'],
    ['me@host/mine', { PGTZ: 'UTC' }, 'me@host:5432/mine?timezone=UTC'],
    ['me@host/mine', Object.fromEntries(withoutEffect.map((name) => [name, 'x'])), 'me@host:5432/mine'],
  ])('postgres://%s %j', async (url, env, whole) => {
    expect(await settled(`postgres://${url}`, env)).toBe(`postgres://${whole}`);
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
