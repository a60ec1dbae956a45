import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir, userInfo } from 'node:os';
import path from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { exitCode, UserError } from '../../problem.js';
import { checkKeyword, isFollowed, variables } from './keywords.js';
import { formatUrl, type Parameters, parseUrl } from './url.js';

/** One server and how to log in there, with nothing left open. */
export interface Endpoint {
  parameters: Parameters;
  /** A name, an address, or the folder of a socket. */
  host: string;
  port: number;
  tls: ConnectionOptions | false;
  /** What a connection may take to be made, in seconds. */
  patience: number;
}

/**
 * What a URL says, and nothing else does: libpq's variables are for where a user's URL comes in (settledUrl). Where it leaves TLS to the
 * server, that is asked. Throws a UserError when it can't be had.
 */
export const endpointOf = (url: string): Promise<Endpoint> =>
  endpoint({ sslmode: 'disable', ...parseUrl(url) });

/**
 * A user's URL with all said in it that it leaves to libpq's variables and to the server: host, port, who logs in, whether there is TLS. All
 * connections are made from this one, dbmate's too.
 * Throws a UserError when something can't be had, and what the system says when a server has to be asked and can't be reached.
 */
export async function settledUrl(url: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const said: Record<string, string> = { ...parseUrl(url) };
  for (const [name, variable] of variables) {
    const value = env[variable];
    if (!value || said[name] !== undefined) continue;
    checkKeyword(name, value, variable);
    if (isFollowed(name)) said[name] = value;
  }
  // psql verifies when it is to trust whom the system trusts
  if (said.sslrootcert === 'system') said.sslmode = 'verify-full';
  const { user = userInfo().username } = said;
  const { parameters } = await endpoint({ dbname: user, ...said, user });
  const { sslmode, ...settled } = parameters;
  return formatUrl({ ...settled, ...(sslmode !== undefined && sslmode !== 'disable' && { sslmode }) });
}

async function endpoint(parameters: Parameters): Promise<Endpoint> {
  const { host, sslmode = 'prefer' } = parameters;
  if (host === undefined)
    throw new UserError(
      'DATABASE_URL is not a database URL: it names no host, nor does PGHOST. A socket is named by its folder: ' +
        'postgres://user@%2Frun%2Fpostgresql/database, or ?host=/run/postgresql.',
      exitCode.call,
    );
  const port = wholeNumber('port', parameters.port ?? '5432', 1, 65_535);
  // libpq waits for ever at 0; nothing here does
  const patience = wholeNumber('connect_timeout', parameters.connect_timeout ?? '0', 0, 3600) || 10;
  let mode = host.startsWith('/') ? 'disable' : sslmode;
  // "allow" begins in clear with psql; whoever may have TLS is given it here
  if (mode === 'allow' || mode === 'prefer')
    mode = (await speaksTls({ host, port }, patience)) ? 'require' : 'disable';
  const settled = { ...parameters, host, port: String(port), sslmode: mode };
  return { host, port, patience, parameters: settled, tls: mode !== 'disable' && (await tlsOf(settled)) };
}

function wholeNumber(name: string, text: string, from: number, to: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw new UserError(
    `DATABASE_URL or the environment says ${name}=${text}: it has to be a whole number from ${from} to ${to}.`,
    exitCode.call,
  );
}

/** What a TLS connection is made with. */
async function tlsOf(parameters: Parameters & { host: string; sslmode: string }): Promise<ConnectionOptions> {
  const { host, sslmode, sslrootcert } = parameters;
  const isVerifying = sslmode.startsWith('verify-');
  const files = {
    ca: sslrootcert === 'system' ? undefined : await fileOf('sslrootcert', sslrootcert),
    cert: await fileOf('sslcert', parameters.sslcert),
    key: await fileOf('sslkey', parameters.sslkey),
  };
  // as with psql there is a file that needs no naming; else those that Node trusts
  if (isVerifying && sslrootcert === undefined)
    files.ca = await readFile(path.join(homedir(), '.postgresql', 'root.crt')).catch(() => undefined);
  return {
    ...Object.fromEntries(Object.entries(files).filter(([, value]) => value !== undefined)),
    host,
    ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    ...(sslmode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
    rejectUnauthorized: isVerifying || (sslmode === 'require' && files.ca !== undefined),
  };
}

async function fileOf(name: string, file: string | undefined): Promise<Buffer | undefined> {
  if (file === undefined) return undefined;
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${name} names ${file}, which can't be read (${error.code}).`, exitCode.call);
  });
}

/** Whether a server speaks TLS. Rejects when it can't be reached, or does not answer in time. */
function speaksTls(where: { host: string; port: number }, seconds: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const fail = (code: string) => reject(Object.assign(new Error(`no answer (${code})`), { code }));
    const socket = connect(where);
    socket.on('error', reject);
    socket.on('close', () => fail('CONNECTION_CLOSED'));
    socket.setTimeout(seconds * 1000, () => {
      fail('CONNECT_TIMEOUT');
      socket.destroy();
    });
    // length and code of PostgreSQL's question for TLS; it answers S or N
    socket.on('connect', () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])));
    socket.on('data', ([answer]) => {
      resolve(answer === 'S'.charCodeAt(0));
      socket.destroy();
    });
  });
}
