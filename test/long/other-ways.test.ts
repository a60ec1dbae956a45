import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatUrl, parseUrl } from '../../src/database/connection/url.js';
import { commandProcess, commandsOnServers } from '../support/command.js';
import { rowsOf } from '../support/connection.js';
import { ownServer } from '../support/own-server.js';

const { folder, at, printed, refused } = commandsOnServers();
const hasV6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
let owner: string;
let release: () => Promise<void>;
/** What the owner's URL says. */
let login: Record<'host' | 'port' | 'user' | 'password' | 'dbname', string>;

beforeAll(async () => {
  const settings = [
    `listen_addresses = '127.0.0.1${hasV6 ? ',::1' : ''}'`,
    `unix_socket_directories = '${at.home}/data'`,
  ];
  ({ url: owner, release } = await ownServer(at.home, { settings }));
  login = parseUrl(owner) as typeof login;
});
afterAll(() => release?.());

type Env = Record<string, string | undefined>;
const by = (more: Record<string, string>) => formatUrl({ ...login, ...more });

let databases = 0;
/** A new database's name. */
async function made(how = ''): Promise<string> {
  const name = `made_${++databases}`;
  await rowsOf(owner, `create database ${name} ${how}`);
  return name;
}

/** Expects that an empty database is filled, and that nothing is left to do then. */
async function isFilled(url: string, env: Env = {}): Promise<void> {
  const up = () => printed(url, ['db', 'up'], { env });
  expect(await up()).not.toContain(' 0 migrations');
  expect(await up()).toMatch(/; 0 migrations applied, 0 files loaded$/m);
}

describe('an empty database is filled, by queries and by migrations,', () => {
  test('over a socket, in both forms', async () => {
    const { port, user, password } = login;
    const name = await made();
    await isFilled(by({ host: path.join(at.home, 'data'), dbname: name }));
    await printed(`postgres://${user}:${password}@/${name}?host=${at.home}/data&port=${port}`, ['ratings']);
  });

  test.skipIf(!hasV6)('by an address of IPv6 (skipped where the machine has none)', async () => {
    await isFilled(by({ host: '::1', dbname: await made() }));
  });

  test('with words of libpq’s, settings of the server’s, and a search path of its own', async () => {
    const words = 'ssl=false&target_session_attrs=read-write&application_name=mine';
    const settings = 'search_path=nowhere&options=-c%20geqo%3Doff&lock_timeout=60s';
    await isFilled(`${by({ dbname: await made() })}?${words}&${settings}`);
  });

  test('with blanks around the URL, and the port and the password left to variables', async () => {
    const { port: PGPORT, user, password: PGPASSWORD } = login;
    await isFilled(` postgres://${user}@127.0.0.1/${await made()}\n`, { PGPORT, PGPASSWORD });
  });

  test('by an owner who is no superuser, without an error in the server’s log', async () => {
    const roles = ['reader', 'analyst', 'loader'].map((role) => `yot_ratings_${role}`);
    await rowsOf(owner, "create role plain_owner login createrole password 'of-the-owner'");
    for (const role of roles) {
      const make = `begin create role ${role}; exception when duplicate_object then null; end`;
      await rowsOf(owner, `do $$ ${make} $$`);
      await rowsOf(owner, `grant ${role} to plain_owner with admin option`);
    }
    const dbname = await made('owner plain_owner');
    await isFilled(by({ user: 'plain_owner', password: 'of-the-owner', dbname }));
    expect(await readFile(path.join(at.home, 'server.log'), 'utf8')).not.toMatch(/permission denied/);
  });
});

test('an embedded server is started whatever libpq’s variables say', async () => {
  const env = {
    YOT_RATINGS_HOME: await folder(),
    ...{ PGSERVICE: 'nowhere', PGSERVICEFILE: '/no/where', PGDATA: '/no/where', PGTZ: 'Pacific/Kiritimati' },
    ...{ PGHOST: 'no-such-host.invalid', PGHOSTADDR: '192.0.2.1', PGPORT: '1', PGDATABASE: 'nowhere' },
    ...{ PGUSER: 'nobody', PGPASSWORD: 'wrong', PGREQUIREAUTH: 'none', PGAPPNAME: 'mine' },
    ...{ PGSSLMODE: 'verify-full', PGSSLNEGOTIATION: 'direct', PGTARGETSESSIONATTRS: 'standby' },
    ...{ PGCLIENTENCODING: 'LATIN1', PGDATESTYLE: 'German' },
    ...{ PGOPTIONS: '-c default_transaction_read_only=on', PGMAX_LIFETIME: '1', PGCONNECT_TIMEOUT: 'soon' },
  };
  const { code, stdout, stderr } = await commandProcess(['start', '--once'], { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Wigan YOT .* 19\/36/m);
});

test.each<[string, () => string | Promise<string>, RegExp]>([
  [
    'a log-in without a password',
    () => `postgres://${login.user}@127.0.0.1:${login.port}/${login.dbname}`,
    /can't be reached: no password is given: put it into DATABASE_URL/,
  ],
  ['a wrong password', () => by({ password: 'wrong' }), /can't be reached: the password is wrong/],
  [
    'a database that is not UTF-8',
    async () => {
      const latin = "template template0 encoding 'LATIN1' locale_provider libc lc_collate 'C' lc_ctype 'C'";
      return by({ dbname: await made(latin) });
    },
    /^The database keeps text as LATIN1, [^\n]+ --encoding=UTF8 /,
  ],
])('%s is refused in one line', async (_, url, says) => {
  expect(await refused(await url(), ['ratings'])).toMatch(says);
});
