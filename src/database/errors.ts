import { exitCode, UserError } from '../problem.js';
import { type RoleName, roles } from './roles.js';
import { isServerError, meaningOf } from './sqlstate.js';

/** A database URL without its password, for messages. Passwords that hold @ or / themselves are taken out whole. */
export function withoutPassword(url: string): string {
  return url.replace(/(:\/\/[^:/@]*):.*@/, '$1@').replaceAll(/([?&]password=)[^&]*/g, '$1***');
}

/** Throws a UserError when DATABASE_URL is not the URL of a PostgreSQL database on a host. */
export function checkDatabaseUrl(url: string): void {
  if (isDatabaseUrl(url)) return;
  throw new UserError(
    'DATABASE_URL is not a database URL: it has to look like postgres://user:password@host:port/database, ' +
      'with special characters of the password percent-encoded (@ is %40, / is %2F, % is %25).',
    exitCode.call,
  );
}

function isDatabaseUrl(url: string): boolean {
  try {
    const { protocol, hostname, username, password, pathname } = new URL(url);
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return /^postgres(ql)?:$/.test(protocol) && hostname !== '';
  } catch {
    return false;
  }
}

const unreachable: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there: start the server, or correct DATABASE_URL',
  ENOTFOUND: 'there is no such host: correct DATABASE_URL',
  EAI_AGAIN: 'the name of its host could not be looked up: check the network, or correct DATABASE_URL',
  EHOSTUNREACH: 'there is no way to its host: check the network',
  ENETUNREACH: 'there is no way to its host: check the network',
  ETIMEDOUT: 'it does not answer: check host, port and firewall',
  CONNECT_TIMEOUT: 'it does not answer: check host, port and firewall',
  '28P01': 'the password is wrong: correct DATABASE_URL',
  '28000': 'the server refuses this user: correct DATABASE_URL, or pg_hba.conf on the server',
  '3D000': 'there is no such database: make it with createdb, or correct DATABASE_URL',
  '53300': 'the server has no connection left: close others',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  CONNECTION_CLOSED: 'the connection was cut',
  CONNECTION_ENDED: 'the connection was cut',
  CONNECTION_DESTROYED: 'the connection was cut',
  '57P01': 'the server was stopped',
};

// What an embedded server, which we have started ourselves, can say.
const embedded: Record<string, string> = {
  '28P01': 'its password is not the one in secrets.json: put the right one there',
  '53300': 'it has no connection left: close others',
};

/** For a server that was there and is not any more. */
export const goneAway = new UserError(
  'The database has gone away: its server was stopped, or has failed. What was under way is undone. Run the command ' +
    "again; if it goes away again, the server's log says why (an embedded server's is server.log in its folder).",
  exitCode.database,
);

/** Whether an error says that the server can't be reached, or not any more. */
export function isConnectionFailure(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code !== undefined && (Object.hasOwn(unreachable, code) || /^(08|57P)/.test(code));
}

/**
 * Turns a failure to reach the server, and whatever the server refuses, into a UserError that says what to do; the
 * server's own words stand in it, and the error itself is its cause. Anything else is returned as it is.
 */
export function explainDatabaseError(
  error: unknown,
  url: string,
  { isEmbedded = false }: { isEmbedded?: boolean } = {},
): unknown {
  if (error instanceof UserError) return error;
  const { code = '', message } = error as { code?: string; message?: string };
  const database = url === '' ? 'The database' : `The database ${withoutPassword(url)}`;
  if (isConnectionFailure(error)) {
    if (isEmbedded && !embedded[code]) return goneAway;
    const why = (isEmbedded && embedded[code]) || unreachable[code] || message;
    return new UserError(`${database} can't be reached: ${why}.`, exitCode.database);
  }
  if (!isServerError(error)) return error;
  const said = `${oneLine(error.message)} (SQLSTATE ${code})`;
  const meaning = meaningOf(code);
  const why = meaning
    ? `${(code === '42501' && refusedAs(url)) || meaning.why}. The server says: ${said}`
    : `the server says: ${said}`;
  return new UserError(`${database} can't be used: ${why}.`, meaning?.exit ?? exitCode.database, [], error);
}

/** What a role of ours may do at most; undefined for another user, of whom we know nothing. */
function refusedAs(url: string): string | undefined {
  const user = url === '' ? '' : decodeURIComponent(new URL(url).username);
  const role = (Object.keys(roles) as RoleName[]).find((one) => roles[one] === user);
  return role && `${user} may not do that: ${reach[role]}`;
}

const reach: Record<RoleName, string> = {
  loader: "it loads inspections, and nothing else; editions, the register and the schema are the owner's",
  analyst: "it reads, and changes nothing; inspections are loaded by the loader, all else is the owner's",
  reader:
    "it reads the views of schema analytics, and nothing else; use the analyst's URL, or to load the loader's",
};

const oneLine = (text: string) =>
  text
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
