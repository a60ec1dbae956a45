import { spawnSync } from 'node:child_process';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { formatUrl, parseUrl } from '../../../src/database/connection/url.js';
import { withCopy } from '../../../src/database/copy.js';
import { commandsOnServers } from '../../support/command.js';
import { rowsOf } from '../../support/connection.js';
import { ownServer } from '../../support/own-server.js';

const { at, printed, refused } = commandsOnServers();
const canSign = spawnSync('openssl', ['version']).status === 0;
let certificate: string;
let address: string;
let release: () => Promise<void>;

beforeAll(async () => {
  if (!canSign) return;
  const lets = ['hostnossl tls_only all 127.0.0.1/32 reject'];
  ({ certificate, url: address, release } = await ownServer(at.home, { hasTls: true, lets }));
  for (const name of ['tls_only', 'verified']) await rowsOf(address, `create database ${name}`);
});
afterAll(() => release?.());

/** The server's URL with more said in it; its certificate is for "localhost". */
const by = (more: Record<string, string>) => formatUrl({ ...parseUrl(address), ...more });

/** Whether the sessions of both ways to connect are encrypted. */
async function areEncrypted(more: Record<string, string>): Promise<unknown[]> {
  const asked = 'select ssl from pg_stat_ssl where pid = pg_backend_pid()';
  const ofPool = await rowsOf<{ ssl: boolean }>(by(more), asked);
  const { rows: ofCopy } = await withCopy(by(more), (trx) => sql.raw<{ ssl: boolean }>(asked).execute(trx));
  return [...ofPool, ...ofCopy].map(({ ssl }) => ssl);
}

describe.skipIf(!canSign)('a server with TLS (openssl has to be there to make its certificate)', () => {
  test.each([
    ['sslmode=require', { sslmode: 'require' }, {}],
    ['PGSSLMODE=require', {}, { PGSSLMODE: 'require' }],
    ['nothing, as psql prefers TLS', {}, {}],
  ])('%s gives what a server takes that takes TLS alone, by the migrations too', async (_, said, env) => {
    await printed(by({ ...said, dbname: 'tls_only' }), ['db', 'up'], { env });
  });

  test.each<[Record<string, string>, boolean]>([
    [{ sslmode: 'require' }, true],
    [{ sslmode: 'disable' }, false],
    [{ sslmode: 'require', channel_binding: 'require' }, true],
  ])('%j: whether connections are encrypted is %s', async (said, isEncrypted) => {
    expect(await areEncrypted(said)).toEqual([isEncrypted, isEncrypted]);
  });

  test('a certificate is taken when sslrootcert names it: by the migrations too', async () => {
    const verified = { sslmode: 'verify-full', sslrootcert: certificate };
    await printed(by({ ...verified, host: 'localhost', dbname: 'verified' }), ['db', 'up']);
    // and of another host
    expect(await areEncrypted({ ...verified, sslmode: 'verify-ca' })).toEqual([true, true]);
  });

  const unsigned = /sslrootcert=… in DATABASE_URL, by PGSSLROOTCERT or by NODE_EXTRA_CA_CERTS\.\n$/;
  test.each<[string, () => string, RegExp]>([
    ['verify-full, a certificate that nobody has signed', () => by({ sslmode: 'verify-full' }), unsigned],
    ['ssl=true, the same', () => `${address}?ssl=true`, unsigned],
    [
      'the certificate of another host',
      () => by({ sslmode: 'verify-full', sslrootcert: certificate }),
      /its certificate is for a host of another name: [^\n]+ sslmode=verify-ca\.\n$/,
    ],
    [
      'a server that takes TLS alone',
      () => by({ sslmode: 'disable', dbname: 'tls_only' }),
      /it takes this user by TLS alone: say sslmode=require in DATABASE_URL\.\n$/,
    ],
    [
      'a log-in that can’t be bound to the connection',
      () => by({ sslmode: 'disable', channel_binding: 'require' }),
      /does not bind the log-in to a TLS connection/,
    ],
    [
      'a server that speaks no TLS',
      () => `${inject('adminUrl')}?sslmode=require`,
      /the server speaks no TLS, [^\n]+sslmode=disable\.\n$/,
    ],
  ])('%s: one line says what to set', async (_, url, says) => {
    const said = await refused(url(), ['ratings']);
    expect(said).toMatch(/^The database [^\n]+ can't be reached: [^\n]+\n$/);
    expect(said).toMatch(says);
  });
});
