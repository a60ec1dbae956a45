import { exitCode, UserError } from '../problem.js';
import { parseUrl } from './connection/url.js';
import { type RoleName, roles } from './role-names.js';
import { isServerError, meaningOf } from './sqlstate.js';

/** A database URL without its password, for messages. Passwords that hold @ or / themselves are taken out whole. */
export function withoutPassword(url: string): string {
  return url.replace(/(:\/\/[^:/@]*):.*@/, '$1@').replaceAll(/([?&]password=)[^&]*/g, '$1***');
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
  NO_PASSWORD:
    'no password is given: put it into DATABASE_URL (postgres://user:password@…), into PGPASSWORD, or into a file of passwords that only you may read (~/.pgpass)',
  NO_TLS:
    'the server speaks no TLS, and sslmode asks for it: switch it on there (ssl = on), or say sslmode=disable',
  NO_CHANNEL_BINDING:
    'the server does not bind the log-in to a TLS connection, as channel_binding=require asks: it takes TLS and a password by SCRAM',
  CERT_HAS_EXPIRED: 'its certificate has expired: renew it on the server',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: look at the clocks of both machines',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'its certificate is for a host of another name: name the host as the certificate does, or say sslmode=verify-ca',
  '3D000': 'there is no such database: make it with createdb, or correct DATABASE_URL',
  '53300': 'the server has no connection left: close others',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  CONNECTION_CLOSED: 'the connection was cut',
  CONNECTION_ENDED: 'the connection was cut',
  CONNECTION_DESTROYED: 'the connection was cut',
  '57P01': 'the server was stopped',
};

// What is the matter with whoever has signed a certificate.
for (const code of [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])
  unreachable[code] =
    'its certificate is signed by nobody that is trusted here: name the file with the certificate of its authority by sslrootcert=… in ' +
    'DATABASE_URL, by PGSSLROOTCERT or by NODE_EXTRA_CA_CERTS';

// What an embedded server, which we have started ourselves, can say.
const embedded: Record<string, string> = {
  '28P01': 'its password is not the one in secrets.json: put the right one there',
  '53300': 'it has no connection left: close others',
  ENETUNREACH:
    'the loopback interface (127.0.0.1) is down: bring it up (ip link set lo up), or set DATABASE_URL to a server',
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
  return (
    code !== undefined && (Object.hasOwn(unreachable, code) || /^(08|57P|ERR_SSL|ERR_TLS|EPROTO)/.test(code))
  );
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
    const why = (isEmbedded && embedded[code]) || whyNot(code, message, url);
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

/** Why a server can't be reached, and what to do. */
function whyNot(code: string, message = '', url: string): string {
  if (isOfPooler(message)) return ofPooler;
  if (code === '28000')
    return message.includes('no encryption')
      ? 'it takes this user by TLS alone: say sslmode=require in DATABASE_URL'
      : `${unreachable[code]}. The server says: ${oneLine(message)}`;
  const isPasswordGiven = url === '' || parseUrl(url).password !== undefined;
  return (
    (code === '28P01' && !isPasswordGiven && unreachable.NO_PASSWORD) || unreachable[code] || oneLine(message)
  );
}

/** Whether a pooler refuses what its server would take. */
export const isOfPooler = (message: string): boolean => /unsupported startup parameter/i.test(message);

/** What to do then. */
export const ofPooler =
  "a pooler answers there (pgbouncer), which does not take all that is asked: use the server's own address for this command, or take settings of the " +
  'server out of DATABASE_URL (and unset PGOPTIONS)';

/** What a role of ours may do at most; undefined for another user, of whom we know nothing. */
function refusedAs(url: string): string | undefined {
  const user = url === '' ? '' : parseUrl(url).user;
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
