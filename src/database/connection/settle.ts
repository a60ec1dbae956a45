import { readFile, stat } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import path from 'node:path';
import { exitCode, UserError } from '../../problem.js';
import { Client } from './client.js';
import { type Endpoint, endpoint } from './endpoint.js';
import { checkKeyword, variables } from './keywords.js';
import { formatUrl, type Parameters, parseUrl } from './url.js';

/**
 * A user's URL with all said in it that it leaves to libpq's variables, to a file of passwords, to the choice among hosts and to the
 * server: one host, its port, who logs in, whether there is TLS. All connections are made from this one, dbmate's too.
 * Throws a UserError when something can't be had, and what the driver throws when a server has to be asked and can't be reached.
 */
export async function settledUrl(url: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const given = withVariables(parseUrl(url), env);
  const user = given.user ?? userInfo().username;
  const whole: Parameters = { dbname: user, ...given, user };
  const { target_session_attrs: wanted = 'any', passfile, ...rest } = whole;
  const servers = serversOf(rest);
  for (const server of servers) server.password ??= await filedPassword(server, passfile);
  const [only] = servers;
  const isChosen = only !== undefined && servers.length === 1 && wanted === 'any';
  const { parameters } = isChosen ? await endpoint(defined(only)) : await chosen(servers, wanted);
  const { sslmode, ...settled } = parameters;
  return formatUrl({ ...settled, ...(sslmode !== undefined && sslmode !== 'disable' && { sslmode }) });
}

/** Parameters that may not be said. */
type Said = Record<string, string | undefined>;

const defined = (said: Said): Parameters =>
  Object.fromEntries(
    Object.entries(said).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

/** Fills what a URL leaves open from libpq's variables. Throws a UserError for one that can't be followed. */
function withVariables(given: Parameters, env: NodeJS.ProcessEnv): Parameters {
  const parameters: Record<string, string> = { ...given };
  for (const [name, variable] of variables) {
    const value = env[variable];
    if (!value || parameters[name] !== undefined) continue;
    checkKeyword(name, value, variable);
    parameters[name] = value;
  }
  // psql verifies when it is to trust whom the system trusts
  if (parameters.sslrootcert === 'system') parameters.sslmode = 'verify-full';
  return parameters;
}

/** The servers that are named, each by itself. */
function serversOf({ host = '', hostaddr = '', port = '', ...rest }: Parameters): Said[] {
  const [hosts, addresses, ports] = [host.split(','), hostaddr.split(','), port.split(',')];
  const count = Math.max(hosts.length, addresses.length);
  if ([hosts, addresses, ports].some(({ length }) => length > 1 && length !== count))
    throw new UserError(
      'DATABASE_URL, or PGHOST, PGHOSTADDR and PGPORT beside it, name so many hosts and another number of ports or addresses: there has to ' +
        'be one port for all, or one for each.',
      exitCode.call,
    );
  return Array.from({ length: count }, (_, at) => ({
    ...rest,
    host: hosts[at] || undefined,
    hostaddr: addresses[at] === hosts[at] ? undefined : addresses[at] || undefined,
    port: (ports[at] ?? ports[0]) || undefined,
  }));
}

const passwordFile =
  process.platform === 'win32'
    ? path.join(process.env.APPDATA ?? '', 'postgresql', 'pgpass.conf')
    : path.join(homedir(), '.pgpass');

/**
 * The password that libpq's file has for a log-in; undefined where it has none. As psql does, a file that others may read is
 * left alone.
 */
async function filedPassword(
  { host = '', port = '5432', dbname, user }: Said,
  file = passwordFile,
): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile() || (process.platform !== 'win32' && (found.mode & 0o077) !== 0)) return undefined;
  const wanted = [host.startsWith('/') ? 'localhost' : host, port, dbname, user];
  const text = await readFile(file, 'utf8').catch(() => '');
  for (const line of text.split(/\r?\n/).filter((one) => !one.startsWith('#'))) {
    const fields = [...line.matchAll(/((?:\\.|[^:\\])*)(?::|$)/g)].map(([, field = '']) =>
      field.replaceAll(/\\(.)/g, '$1'),
    );
    if (fields[4] && wanted.every((value, at) => fields[at] === '*' || fields[at] === value))
      return fields[4];
  }
  return undefined;
}

/** The first server that can be logged in to and is what is wanted. Throws what the last one said when there is none. */
async function chosen(servers: readonly Said[], wanted: string): Promise<Endpoint> {
  let failure: unknown = new UserError(
    `None of the servers of DATABASE_URL is ${wanted} (target_session_attrs).`,
    exitCode.database,
  );
  // who would rather have a standby takes any when there is none
  for (const role of wanted === 'prefer-standby' ? ['standby', 'any'] : [wanted])
    for (const server of servers) {
      try {
        const found = await endpoint(defined(server));
        if (await isOfRole(found, role)) return found;
      } catch (error) {
        failure = error;
      }
    }
  throw failure;
}

async function isOfRole(server: Endpoint, role: string): Promise<boolean> {
  const client = new Client(server);
  try {
    await client.connect();
    const { rows } = await client.query<Record<string, boolean>>(
      `select pg_is_in_recovery() as standby, not pg_is_in_recovery() as "primary", true as "any",
        current_setting('transaction_read_only') = 'on' as "read-only",
        current_setting('transaction_read_only') = 'off' as "read-write"`,
    );
    return rows[0]?.[role] ?? false;
  } finally {
    await client.end().catch(() => {});
  }
}
