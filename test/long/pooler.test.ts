import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { formatUrl, parseUrl } from '../../src/database/connection/url.js';
import { giveTo, serverUser } from '../../src/database/embedded/programs.js';
import { commandsOnServers } from '../support/command.js';
import { rowsOf, withConnection } from '../support/connection.js';
import { testDatabase, urlOf, withEmptyDatabase } from '../support/database.js';
import { freePort } from '../support/port.js';
import { until } from '../support/waiting.js';
import { twoStates } from '../support/wholeness.js';

// A pooler that gives a server's connection to whoever has a transaction, as pgbouncer does.
const found = ['pgbouncer', '/usr/sbin/pgbouncer'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);
const title = `pgbouncer in transaction mode${found ? '' : ' (skipped: it is not on this machine; apt-get install pgbouncer)'}`;

const database = testDatabase();
const { at, run, printed, refused } = commandsOnServers();
let port: number;
let pooler: ChildProcess;

/** The URL by way of the pooler. */
const pooled = (url: string) => formatUrl({ ...parseUrl(url), host: '127.0.0.1', port: String(port) });

describe.skipIf(!found)(title, () => {
  beforeAll(async () => {
    port = await freePort();
    const own = path.join(at.home, 'pooler');
    await mkdir(own);
    const user = await serverUser(own);
    await giveTo(user, own);
    const server = parseUrl(inject('adminUrl'));
    const users = [server, parseUrl(urlOf(database, 'reader')), parseUrl(urlOf(database, 'loader'))];
    const files = {
      'users.txt': users.map(({ user: name, password }) => `"${name}" "${password}"\n`).join(''),
      'pgbouncer.ini': `[databases]
* = host=${server.host} port=${server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${own}/users.txt
pool_mode = transaction
default_pool_size = 3
`,
    };
    for (const [name, text] of Object.entries(files)) {
      await writeFile(path.join(own, name), text, { mode: 0o600 });
      await giveTo(user, path.join(own, name));
    }
    const as = user && { uid: user.uid, gid: user.gid };
    pooler = spawn(found as string, ['-q', path.join(own, 'pgbouncer.ini')], { stdio: 'ignore', ...as });
    const answers = () => rowsOf(pooled(database.url), 'select 1').then(Boolean, () => false);
    await until(answers);
  });
  afterAll(() => void pooler?.kill('SIGINT'));

  test.each([['ratings'], ['reconcile'], ['start', '--once']])(
    '%s prints what it prints without',
    async (...args) => {
      const all = async (url: string) => (await printed(url, args)).replaceAll(/postgres(ql)?:\/\/\S+/g, '');
      expect(await all(pooled(database.url))).toBe(await all(database.url));
    },
  );

  test('statements are prepared by nobody there', async () => {
    const prepared = (url: string) =>
      withConnection(url, (db) =>
        db.connection().execute(async (on) => {
          await sql`select ${1}::integer as asked`.execute(on);
          const asked = sql`select from pg_prepared_statements where statement like '%as asked'`;
          return (await asked.execute(on)).rows.length;
        }),
      );
    expect(await prepared(database.url)).toBe(1);
    expect(await prepared(pooled(database.url))).toBe(0);
  });

  test('a backup is written, and many bundles are loaded at once', { timeout: 120_000 }, async () => {
    await printed(pooled(database.url), ['db', 'backup', path.join(at.home, 'backup')]);
    const { before } = await twoStates(database.db, at.home, 22);
    const { code, stdout, stderr } = await run(pooled(urlOf(database, 'loader')), ['load', ...before]);
    expect(code, stderr).toBe(0);
    expect(stdout.match(/: loaded, /g)).toHaveLength(22);
  });

  test('a database whose schema is to be made is asked for by the server’s own address', async () => {
    await withEmptyDatabase(async (url) => {
      expect(await refused(pooled(url), ['db', 'up'])).toMatch(
        /can't be migrated: a pooler answers there \(pgbouncer\), [^\n]+ the server's own address/,
      );
      await printed(url, ['db', 'up']);
      await printed(pooled(url), ['ratings']);
    });
  });
});
