import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import { settledUrl } from '../../src/database/connection/settle.js';
import { formatUrl, parseUrl } from '../../src/database/connection/url.js';
import { command, commandProcess, temporaryFolders } from '../support/command.js';
import { withEmptyDatabase } from '../support/database.js';
import { ownServer } from '../support/own-server.js';
import { freePort } from '../support/port.js';

const folder = temporaryFolders();
const hasV6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
let home: string;
let owner: string;
let release: () => Promise<void>;

beforeAll(async () => {
  home = await folder();
  const server = await ownServer(home, {
    settings: [
      `listen_addresses = '127.0.0.1${hasV6 ? ',::1' : ''}'`,
      `unix_socket_directories = '${home}/data'`,
    ],
  });
  ({ url: owner, release } = server);
});
afterAll(() => release?.());

const run = (url: string, args: string[], env: Record<string, string | undefined> = {}) =>
  command(args, { env: { DATABASE_URL: url, YOT_RATINGS_HOME: home, ...env } });
const by = (more: Record<string, string>) => formatUrl({ ...parseUrl(owner), ...more });

/** A new database's name. */
async function made(name: string, how = sql``): Promise<string> {
  const admin = connect(owner, { max: 1 });
  await sql`create database ${sql.id(name)} ${how}`.execute(admin).finally(() => admin.destroy());
  return name;
}

/** Expects that an empty database is filled, and that nothing is left to do then. */
async function isFilled(url: string, env: Record<string, string | undefined> = {}): Promise<void> {
  const first = await run(url, ['db', 'up'], env);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).not.toContain(' 0 migrations');
  expect((await run(url, ['db', 'up'], env)).stdout).toMatch(/; 0 migrations applied, 0 files loaded$/m);
}

describe('an empty database is filled, by either driver,', () => {
  test('over a socket, in both forms', async () => {
    const { port = '', user = '', password = '' } = parseUrl(owner);
    await isFilled(by({ host: path.join(home, 'data'), dbname: await made('by_socket') }));
    const query = `postgres://${user}:${password}@/by_socket?host=${home}/data&port=${port}`;
    expect(await run(query, ['ratings'])).toMatchObject({ code: 0, stderr: '' });
  });

  test.skipIf(!hasV6)('by an address of IPv6 (skipped where the machine has none)', async () => {
    await isFilled(by({ host: '::1', dbname: await made('by_v6') }));
  });

  test.each([
    ['sslmode=prefer'],
    ['ssl=false'],
    ['target_session_attrs=read-write'],
    ['search_path=nowhere'],
    ['prepare=false'],
    ['application_name=mine'],
    ['connect_timeout=5'],
    ['options=-c%20geqo%3Doff'],
  ])('with %s', async (more) => {
    await isFilled(`${by({ dbname: await made(`with ${more.slice(0, 12)}`) })}?${more}`);
  });

  test('with blanks around the URL, and the port and the password left to variables', async () => {
    const { port, user = '', password } = parseUrl(owner);
    await made('by_variables');
    await isFilled(` postgres://${user}@127.0.0.1/by_variables\n`, { PGPORT: port, PGPASSWORD: password });
  });

  test('of several hosts by the first that is what is wanted', async () => {
    const { port = '', user = '', password = '' } = parseUrl(owner);
    const name = await made('one_of_several');
    const url = `postgres://${user}:${password}@127.0.0.1:${await freePort()},127.0.0.1:${port}/${name}`;
    await isFilled(`${url}?target_session_attrs=primary`);
    expect(parseUrl(await settledUrl(url))).toMatchObject({ host: '127.0.0.1', port });
    const { code, stderr } = await run(`${url}?target_session_attrs=standby`, ['ratings']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/can't be reached/);
  });
});

test('an embedded server is started whatever libpq’s variables say', async () => {
  const env = {
    YOT_RATINGS_HOME: await folder(),
    PGSERVICE: 'nowhere',
    PGSERVICEFILE: '/no/where',
    PGSYSCONFDIR: '/no/where',
    PGHOST: 'no-such-host.invalid',
    PGHOSTADDR: '192.0.2.1',
    PGPORT: '1',
    PGUSER: 'nobody',
    PGPASSWORD: 'wrong',
    PGDATABASE: 'nowhere',
    PGSSLMODE: 'verify-full',
    PGSSLNEGOTIATION: 'direct',
    PGCLIENTENCODING: 'LATIN1',
    PGDATESTYLE: 'German',
    PGTZ: 'Pacific/Kiritimati',
    PGOPTIONS: '-c default_transaction_read_only=on',
    PGTARGETSESSIONATTRS: 'standby',
    PGMAX_LIFETIME: '1',
    PGCONNECT_TIMEOUT: 'soon',
    PGAPPNAME: 'mine',
    PGREQUIREAUTH: 'none',
    PGDATA: '/no/where',
  };
  const { code, stdout, stderr } = await commandProcess(['start', '--once'], { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Wigan YOT .* 19\/36/m);
});

test('a log-in without a password is told from one with a wrong password', async () => {
  const { host, port, user, dbname } = parseUrl(owner) as Record<string, string>;
  const none = await run(`postgres://${user}@${host}:${port}/${dbname}`, ['ratings'], { HOME: home });
  expect(none.code).toBe(3);
  expect(none.stderr).toMatch(/can't be reached: no password is given: put it into DATABASE_URL/);
  const wrong = await run(by({ password: 'wrong' }), ['ratings']);
  expect(wrong.stderr).toMatch(/can't be reached: the password is wrong/);
});

test('a database that is not UTF-8 is refused in one line', async () => {
  const name = await made(
    'in_latin',
    sql`template template0 encoding 'LATIN1' locale_provider libc lc_collate 'C' lc_ctype 'C'`,
  );
  const { code, stdout, stderr } = await run(by({ dbname: name }), ['ratings']);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(/^The database keeps text as LATIN1, [^\n]+ --encoding=UTF8 [^\n]+\n$/);
});

test('an owner who is no superuser leaves no error in the server’s log', async () => {
  const admin = connect(owner, { max: 1 });
  const password = 'of-the-owner';
  await sql`create role plain_owner login createrole password ${sql.lit(password)}`.execute(admin);
  await sql`create database of_plain_owner owner plain_owner`.execute(admin);
  for (const role of ['reader', 'analyst', 'loader'])
    await sql
      .raw(`do $$ begin create role yot_ratings_${role}; exception when duplicate_object then null; end $$`)
      .execute(admin);
  for (const role of ['reader', 'analyst', 'loader'])
    await sql.raw(`grant yot_ratings_${role} to plain_owner with admin option`).execute(admin);
  await admin.destroy();
  const url = by({ user: 'plain_owner', password, dbname: 'of_plain_owner' });
  await isFilled(url);
  const log = await readFile(path.join(home, 'server.log'), 'utf8');
  expect(log).not.toMatch(/permission denied/);
});

test('a setting that no server knows is named', async () => {
  await withEmptyDatabase(async (url) => {
    const { code, stderr } = await run(`${url}?no_such_setting=1`, ['ratings']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/no_such_setting/);
  });
  expect(inject('adminUrl')).toContain('postgres');
});
