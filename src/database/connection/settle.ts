import { userInfo } from 'node:os';
import { exitCode, UserError } from '../../problem.js';
import { Client } from './client.js';
import { type Endpoint, endpoint } from './endpoint.js';
import { checkKeyword, keywords } from './keywords.js';
import { filedPassword } from './password-file.js';
import { formatUrl, type Parameters, parseUrl } from './url.js';

/**
 * A user's URL with all said in it that it leaves to libpq's variables, to a file of passwords, to the choice among hosts and to the
 * server: one host, its port, who logs in, whether there is TLS. All connections are made from this one, dbmate's too.
 * Throws a UserError when something can't be had, and what the driver throws when a server has to be asked and can't be reached.
 */
export async function settledUrl(url: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const given = withVariables(parseUrl(url), env);
  const user = given.user ?? userInfo().username;
  const whole: Parameters = { ...given, user, dbname: given.dbname ?? user };
  const { target_session_attrs: wanted = 'any', ...rest } = whole;
  const servers = await Promise.all(serversOf(rest).map((one) => withPassword(one)));
  const [only] = servers as [Parameters, ...Parameters[]];
  const { parameters } =
    servers.length === 1 && wanted === 'any' ? await endpoint(only) : await chosen(servers, wanted);
  const { hostaddr, passfile: _, sslmode, ...settled } = parameters;
  return formatUrl({
    ...settled,
    ...(hostaddr !== undefined && hostaddr !== settled.host && { hostaddr }),
    ...(sslmode !== undefined && sslmode !== 'disable' && { sslmode }),
  });
}

/** Fills what a URL leaves open from libpq's variables. Throws a UserError for one that can't be followed. */
function withVariables(given: Parameters, env: NodeJS.ProcessEnv): Parameters {
  const parameters: Record<string, string> = { ...given };
  for (const [name, { variable, isIdle }] of Object.entries(keywords)) {
    const value = variable && env[variable];
    if (!value || isIdle || parameters[name] !== undefined) continue;
    checkKeyword(name, value, true);
    parameters[name] = value;
  }
  // psql verifies when it is to trust whom the system trusts
  if (parameters.sslrootcert === 'system') parameters.sslmode = 'verify-full';
  return parameters;
}

/** The servers that are named, each by itself. */
function serversOf({ host = '', hostaddr, port, ...rest }: Parameters): Parameters[] {
  const [names, addresses, ports] = [host.split(','), hostaddr?.split(',') ?? [], port?.split(',') ?? []];
  const count = Math.max(names.length, addresses.length);
  if ([names, addresses, ports].some(({ length }) => length > 1 && length !== count))
    throw new UserError(
      'DATABASE_URL, or PGHOST, PGHOSTADDR and PGPORT beside it, name so many hosts and another number of ports or addresses: there has to ' +
        'be one port for all, or one for each.',
      exitCode.call,
    );
  return Array.from({ length: count }, (_, at) => {
    const [address, number] = [addresses[at], ports[at] ?? ports[0]];
    return {
      ...rest,
      host: names[at] ?? '',
      ...(address && { hostaddr: address }),
      ...(number && { port: number }),
    };
  });
}

async function withPassword(server: Parameters): Promise<Parameters> {
  if (server.password !== undefined) return server;
  const { host = '', port = '5432', dbname = '', user = '', passfile } = server;
  const password = await filedPassword({ host, port, dbname, user }, passfile);
  return { ...server, ...(password !== undefined && { password }) };
}

/** The first server that can be logged in to and is what is wanted. Throws what the last one said when there is none. */
async function chosen(servers: readonly Parameters[], wanted: string): Promise<Endpoint> {
  let failure: unknown;
  // who would rather have a standby takes any when there is none
  for (const role of wanted === 'prefer-standby' ? ['standby', 'any'] : [wanted])
    for (const server of servers) {
      try {
        const found = await endpoint(server);
        if (await isOfRole(found, role)) return found;
      } catch (error) {
        failure = error;
      }
    }
  throw (
    failure ??
    new UserError(
      `None of the servers of DATABASE_URL is ${wanted} (target_session_attrs).`,
      exitCode.database,
    )
  );
}

async function isOfRole(server: Endpoint, role: string): Promise<boolean> {
  const client = new Client(server);
  try {
    await client.connect();
    const { rows } = await client.query<{ standby: boolean; read_only: boolean }>(
      "select pg_is_in_recovery() as standby, current_setting('transaction_read_only') = 'on' as read_only",
    );
    const { standby, read_only } = rows[0] as { standby: boolean; read_only: boolean };
    return { 'read-write': !read_only, 'read-only': read_only, primary: !standby, standby }[role] ?? true;
  } finally {
    await client.end().catch(() => {});
  }
}
