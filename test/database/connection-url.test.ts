import { describe, expect, test } from 'vitest';
import { settledUrl } from '../../src/database/connection/endpoint.js';
import { isFollowed, variables } from '../../src/database/connection/keywords.js';
import { formatUrl, parseUrl } from '../../src/database/connection/url.js';
import { refusalOf } from '../support/connection.js';

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
  ['me:a%40b%2Fc%23d%3Fe%25@host', { user: 'me', password: 'a@b/c#d?e%', host: 'host' }],
  ['me:a@b@host/my%20own', { user: 'me', password: 'a@b', host: 'host', dbname: 'my own' }],
  ['host?ssl=true', { host: 'host', sslmode: 'verify-full' }],
  ['host?lock_timeout=3s', { host: 'host', lock_timeout: '3s' }],
])('postgres://%s is read as psql reads it', (url, parameters) => {
  expect(parseUrl(` postgres://${url}`)).toEqual(parameters);
  expect(parseUrl(formatUrl(parameters))).toEqual(parameters);
});

// test/cli/wrong-calls.test.ts has those that are no URL at all.
describe('what can be read in two ways, or asks for what can’t be had, is refused in one line:', () => {
  test.each([
    ['me:12/geheim@host/mine', /percent-encoded \(@ is %40, \/ is %2F, # is %23/],
    ['me:geh#eim@host/mine', /percent-encoded/],
    ['me:12?geheim@host/mine', /percent-encoded/],
    ['host:0/mine', /port=0: it has to be a whole number/],
    ['host/mine?connect_timeout=soon', /connect_timeout=soon/],
    ['a:1,b:2/mine', /names several hosts, and one is meant/],
    ['host/mine?target_session_attrs=standby', /it has to be one of any, read-write, primary/],
    ['host/mine?sslmode=safe', /sslmode=safe, which can't be had: it has to be one of disable, /],
    ['host/mine?schema=public', /schema=public, .*a word of Prisma/],
    ['host/mine?currentSchema=a', /a word of JDBC/],
    ['host/mine?max=1', /a word of a driver/],
    ['host/mine?sslmode=require&sslrootcert=/no/where', /sslrootcert names \/no\/where, which can't be read/],
  ])('postgres://%s', async (url, says) => {
    const { message, exit } = await refusalOf(settled(`postgres://${url}`));
    expect(message).toMatch(says);
    expect(message).not.toContain('geheim');
    expect(exit).toBe(2);
  });

  test.each([...variables].filter(([word]) => !isFollowed(word)))(
    'the word %s, and the variable %s',
    async (word, variable) => {
      const refusals = [
        settled(`postgres://host?${word}=else`),
        settled('postgres://host', { [variable]: 'else' }),
      ];
      const [said, set] = await Promise.all(refusals.map(refusalOf));
      expect(said?.message).toContain(`DATABASE_URL says ${word}=else, which can't be had: `);
      expect(set?.message).toMatch(
        new RegExp(`^${variable}=else can't be had: .* unset it for this program\\.$`),
      );
    },
  );
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
    ['me@host/mine', { PGSSLMODE: 'require' }, 'me@host:5432/mine?sslmode=require'],
    ['me@host/mine?sslmode=require', { PGSSLMODE: 'disable' }, 'me@host:5432/mine?sslmode=require'],
    ['me@host/mine', { PGSSLROOTCERT: 'system' }, 'me@host:5432/mine?sslrootcert=system&sslmode=verify-full'],
    ['me@host/mine', { PGOPTIONS: '-c geqo=off' }, 'me@host:5432/mine?options=-c%20geqo%3Doff'],
    ['me@host/mine', Object.fromEntries(withoutEffect.map((name) => [name, 'x'])), 'me@host:5432/mine'],
  ])('postgres://%s %j', async (url, env, whole) => {
    expect(await settled(`postgres://${url}`, env)).toBe(`postgres://${whole}`);
  });
});
