import { spawnSync } from 'node:child_process';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { formatUrl, parseUrl } from '../../../src/database/connection/url.js';
import { withCopy } from '../../../src/database/copy.js';
import { openDatabase } from '../../../src/database/open.js';
import { command, temporaryFolders } from '../../support/command.js';
import { ownServer } from '../../support/own-server.js';

const folder = temporaryFolders();
const canSign = spawnSync('openssl', ['version']).status === 0;
let home: string;
let certificate: string;
let address: string;
let release: () => Promise<void>;

beforeAll(async () => {
  if (!canSign) return;
  home = await folder();
  const server = await ownServer(home, {
    hasTls: true,
    lets: ['hostnossl tls_only all 127.0.0.1/32 reject'],
  });
  ({ certificate, url: address, release } = server);
  const admin = connect(address);
  await sql`create database tls_only`.execute(admin);
  await admin.destroy();
});
afterAll(() => release?.());

/** The server's URL with more said in it; its certificate is for "localhost". */
const by = (more: Record<string, string>) => formatUrl({ ...parseUrl(address), ...more });
const run = (url: string, args: string[], env: Record<string, string> = {}) =>
  command(args, { env: { DATABASE_URL: url, YOT_RATINGS_HOME: home, ...env } });

/** Whether the sessions of both ways to connect are encrypted. */
async function areEncrypted(url: string): Promise<boolean[]> {
  const asked = sql<{ ssl: boolean }>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`;
  const db = connect(url);
  const ofPool = (await asked.execute(db).finally(() => db.destroy())).rows[0]?.ssl;
  const ofCopy = (await withCopy(url, (trx) => asked.execute(trx))).rows[0]?.ssl;
  return [ofPool, ofCopy] as boolean[];
}

describe.skipIf(!canSign)('a server with TLS (openssl has to be there to make its certificate)', () => {
  test.each([
    ['sslmode=require', { sslmode: 'require' }, {}],
    ['PGSSLMODE=require', {}, { PGSSLMODE: 'require' }],
    ['nothing, as psql prefers TLS', {}, {}],
  ])(
    '%s gives connections that are encrypted, and an empty database is filled by them',
    async (_, said, env) => {
      const { PGSSLMODE } = process.env;
      Object.assign(process.env, env);
      try {
        const opened = await openDatabase(by({ ...said, dbname: 'tls_only' }), {});
        try {
          expect(await areEncrypted(opened.url)).toEqual([true, true]);
          expect(opened.readerUrl).toContain('sslmode=require');
        } finally {
          await opened.close();
        }
      } finally {
        if (PGSSLMODE === undefined) delete process.env.PGSSLMODE;
      }
    },
  );

  test('sslmode=disable is followed, and what a server says that takes TLS alone names sslmode=require', async () => {
    expect(await areEncrypted(by({ sslmode: 'disable' }))).toEqual([false, false]);
    const { code, stderr } = await run(by({ sslmode: 'disable', dbname: 'tls_only' }), ['ratings']);
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: expect.stringMatching(
        /can't be reached: it takes this user by TLS alone: say sslmode=require in DATABASE_URL\.\n$/,
      ),
    });
  });

  test.each([
    ['sslmode', 'verify-full'],
    ['sslmode', 'verify-ca'],
    ['ssl', 'true'],
  ])('a certificate that nobody has signed is refused in one line by %s=%s', async (name, value) => {
    const { code, stdout, stderr } = await run(`${by({ host: 'localhost' })}?${name}=${value}`, ['ratings']);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(
      /^The database [^\n]+ sslrootcert=… in DATABASE_URL, by PGSSLROOTCERT or by NODE_EXTRA_CA_CERTS\.\n$/,
    );
  });

  test('and taken when sslrootcert names it: by the migrations too', async () => {
    const url = by({
      host: 'localhost',
      sslmode: 'verify-full',
      sslrootcert: certificate,
      dbname: 'verified',
    });
    const admin = connect(address);
    await sql`create database verified`.execute(admin);
    await admin.destroy();
    const { code, stderr } = await run(url, ['db', 'up']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await areEncrypted(url)).toEqual([true, true]);
  });

  test('for another host it is refused, and named', async () => {
    const url = by({ sslmode: 'verify-full', sslrootcert: certificate });
    const { code, stderr } = await run(url, ['ratings']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/its certificate is for a host of another name: [^\n]+ sslmode=verify-ca\.\n$/);
    expect(await areEncrypted(by({ sslmode: 'verify-ca', sslrootcert: certificate }))).toEqual([true, true]);
    // the host's name, by another address
    expect(
      await areEncrypted(
        by({ host: 'localhost', hostaddr: '127.0.0.1', sslmode: 'verify-full', sslrootcert: certificate }),
      ),
    ).toEqual([true, true]);
  });

  test('a log-in is bound to the connection where that is asked for', async () => {
    expect(await areEncrypted(by({ sslmode: 'require', channel_binding: 'require' }))).toEqual([true, true]);
    const { code, stderr } = await run(by({ sslmode: 'disable', channel_binding: 'require' }), ['ratings']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/does not bind the log-in to a TLS connection/);
  });
});

test('a server that speaks no TLS is said to', async () => {
  const { code, stderr } = await command(['ratings'], {
    env: { DATABASE_URL: `${inject('adminUrl')}?sslmode=require`, YOT_RATINGS_HOME: await folder() },
  });
  expect(code).toBe(3);
  expect(stderr).toMatch(
    /^The database [^\n]+ can't be reached: the server speaks no TLS, [^\n]+sslmode=disable\.\n$/,
  );
});
