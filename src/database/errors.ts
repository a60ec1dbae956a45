import { exitCode, UserError } from '../problem.js';
import { parseUrl } from './connection/url.js';

/** A database URL without its password, for messages. Passwords that hold @ or / themselves are taken out whole. */
export function withoutPassword(url: string): string {
  return url.replace(/(:\/\/[^:/@]*):.*@/, '$1@').replaceAll(/([?&]password=)[^&]*/g, '$1***');
}

const noPassword =
  'no password is given: put it into DATABASE_URL (postgres://user:password@…), or into PGPASSWORD';

/** Codes of the system's, Node's, the driver's or the server's that say that a server can't be reached, and why; undefined: its own words. */
const unreachable: readonly [RegExp, string | undefined][] = [
  [/^ECONNREFUSED$/, 'nothing listens there: start the server, or correct DATABASE_URL'],
  [/^ENOTFOUND$/, 'there is no such host: correct DATABASE_URL'],
  [
    /^(EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|CONNECT_TIMEOUT)$/,
    'it does not answer: check host, port, network and firewall',
  ],
  [/^28P01$/, 'the password is wrong: correct DATABASE_URL'],
  [/^28000$/, 'the server refuses this user: correct DATABASE_URL, or pg_hba.conf on the server'],
  [/^NO_PASSWORD$/, noPassword],
  [
    /^NO_TLS$/,
    'the server speaks no TLS, and sslmode asks for it: switch it on there (ssl = on), or say sslmode=disable',
  ],
  [
    /^NO_CHANNEL_BINDING$/,
    'the server does not bind the log-in to a TLS connection, as channel_binding=require asks: it takes TLS and a password by SCRAM',
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    'its certificate is for a host of another name: name the host as the certificate does, or say sslmode=verify-ca',
  ],
  [/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/, undefined],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET_ISSUER|VERIFY)_\w+)$/,
    'its certificate is signed by nobody that is trusted here: name the file with the certificate of its authority by sslrootcert=… in ' +
      'DATABASE_URL, by PGSSLROOTCERT or by NODE_EXTRA_CA_CERTS',
  ],
  [/^3D000$/, 'there is no such database: make it with createdb, or correct DATABASE_URL'],
  [/^53300$/, 'the server has no connection left: close others'],
  [/^(ECONNRESET|EPIPE|CONNECTION_CLOSED)$/, 'the connection was cut'],
  [/^57P01$/, 'the server was stopped'],
  [/^(08|57P|ERR_SSL|ERR_TLS|EPROTO)/, undefined],
];

// What an embedded server, which we have started ourselves, can say.
const embedded: Record<string, string> = {
  '28P01': 'its password is not the one in secrets.json: put the right one there',
  '53300': 'it has no connection left: close others',
  ENETUNREACH:
    'the loopback interface (127.0.0.1) is down: bring it up (ip link set lo up), or set DATABASE_URL to a server',
};

const settingRefused =
  "a setting can't be had as DATABASE_URL or PGOPTIONS asks for it: correct it there, or take it out";

/** What an answer of the server that refuses a query means, by its SQLSTATE or its class. The server's own words are told as well. */
const refusals: Record<string, string> = {
  '22023': settingRefused,
  '25006': 'it can only be read (a standby, or default_transaction_read_only): use the primary server',
  '40': 'the work collided with that of others again and again, and was undone: run the command again when they are done',
  '42501':
    "this user may not do that: the analyst's URL reads all there is, the loader's loads inspections, and all else is the owner's",
  '42704': settingRefused,
  '53100': 'the disk of its server is full: make room there, and run the command again',
  '53': 'its server lacks memory, or a limit of it is reached: give it more, and run the command again',
  '55P02': settingRefused,
  '55': 'others hold what is needed: run the command again when they are done',
  '57014':
    'the work was cut off, by statement_timeout or by somebody who cancelled it: raise that timeout, or run the command again',
  '58': "its server can't read or write its files: its log and its disk say why",
  XX: 'its files may be damaged: restore it from a backup, or load everything anew',
  // What files say is checked before it is written, and is refused by the server only where a check has a gap.
  '22': 'it refuses a value of what was to be written; nothing was written',
  '23': 'what was to be written breaks a rule of it; nothing was written',
};

/** For a server that was there and is not any more. */
export const goneAway = new UserError(
  'The database has gone away: its server was stopped, or has failed. What was under way is undone. Run the command ' +
    "again; if it goes away again, the server's log says why (an embedded server's is server.log in its folder).",
  exitCode.database,
);

/** An answer of a server: errors of files and of connections have codes too, but no severity. */
export interface ServerError extends Error {
  /** SQLSTATE: five characters */
  code: string;
  severity: string;
}

export const isServerError = (error: unknown): error is ServerError =>
  error instanceof Error &&
  typeof (error as Partial<ServerError>).severity === 'string' &&
  /^[0-9A-Z]{5}$/.test((error as Partial<ServerError>).code ?? '');

/** What the driver says in words alone, with the code that it goes by here. */
const words: readonly [RegExp, string][] = [
  [/^(Connection terminated due to connection timeout|timeout expired)/, 'CONNECT_TIMEOUT'],
  [/^(Connection terminated|Client has encountered|Client was closed)/, 'CONNECTION_CLOSED'],
  [/^The server does not support SSL/, 'NO_TLS'],
  [/client password must be/, 'NO_PASSWORD'],
  [/^SASL: Only mechanism\(s\)/, 'NO_CHANNEL_BINDING'],
];

function codeOf(error: unknown): string {
  const { code, message = '' } = error as { code?: string; message?: string };
  return code ?? words.find(([said]) => said.test(message))?.[1] ?? '';
}

/** Whether an error says that the server can't be reached, or not any more. */
export const isConnectionFailure = (error: unknown): boolean =>
  unreachable.some(([codes]) => codes.test(codeOf(error)));

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
  const { message = '' } = error as { message?: string };
  const code = codeOf(error);
  const database = url === '' ? 'The database' : `The database ${withoutPassword(url)}`;
  if (isConnectionFailure(error)) {
    if (isEmbedded && !embedded[code]) return goneAway;
    const isWithoutPassword = code === '28P01' && url !== '' && parseUrl(url).password === undefined;
    const why = (isEmbedded && embedded[code]) || (isWithoutPassword ? noPassword : whyNot(code, message));
    return new UserError(`${database} can't be reached: ${why}.`, exitCode.database);
  }
  if (!isServerError(error)) return error;
  const meaning = refusals[code] ?? refusals[code.slice(0, 2)];
  const said = `${oneLine(message)} (SQLSTATE ${code})`;
  const why = meaning ? `${meaning}. The server says: ${said}` : `the server says: ${said}`;
  const exit = /^2[23]/.test(code) && meaning !== settingRefused ? exitCode.data : exitCode.database;
  return new UserError(`${database} can't be used: ${why}.`, exit, [], error);
}

/** Why a server can't be reached, and what to do. */
function whyNot(code: string, message: string): string {
  if (isOfPooler(message)) return ofPooler;
  const why = unreachable.find(([codes]) => codes.test(code))?.[1];
  if (why === undefined || code !== '28000') return why ?? oneLine(message);
  return message.includes('no encryption')
    ? 'it takes this user by TLS alone: say sslmode=require in DATABASE_URL'
    : `${why}. The server says: ${oneLine(message)}`;
}

/** Whether a pooler refuses what its server would take. */
export const isOfPooler = (message: string): boolean => /unsupported startup parameter/i.test(message);

/** What to do then. */
export const ofPooler =
  "a pooler answers there (pgbouncer), which does not take all that is asked: use the server's own address for this command, or take settings of the " +
  'server out of DATABASE_URL (and unset PGOPTIONS)';

const oneLine = (text: string) =>
  text
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
