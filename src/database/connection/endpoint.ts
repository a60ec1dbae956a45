import type { ConnectionOptions } from 'node:tls';
import { exitCode, UserError } from '../../problem.js';
import { speaksTls, tlsOf } from './tls.js';
import { type Parameters, parseUrl } from './url.js';

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
 * What a URL says, and nothing else does: libpq's variables are for where a user's URL comes in (settle.ts). Whether there is TLS is
 * asked where the URL leaves it to the server. Throws a UserError when it can't be had.
 */
export async function endpointOf(url: string): Promise<Endpoint> {
  const { sslmode = 'disable', ...rest } = parseUrl(url);
  return endpoint({ ...rest, sslmode });
}

/** The same of parameters, which name one host: settle.ts has chosen it. */
export async function endpoint(parameters: Parameters): Promise<Endpoint> {
  const { host = '', hostaddr, connect_timeout } = parameters;
  if (host === '' && hostaddr === undefined)
    throw new UserError(
      'DATABASE_URL is not a database URL: it names no host, nor does PGHOST. A socket is named by its folder: ' +
        'postgres://user@%2Frun%2Fpostgresql/database, or ?host=/run/postgresql.',
      exitCode.call,
    );
  const port = wholeNumber('port', parameters.port ?? '5432', 1, 65_535);
  // libpq waits for ever at 0; nothing here does
  const patience = wholeNumber('connect_timeout', connect_timeout ?? '0', 0, 3600) || 10;
  const where = { host: hostaddr ?? host, port };
  const sslmode = await modeOf(parameters, where, patience);
  const settled = { ...parameters, host: host === '' ? where.host : host, port: String(port), sslmode };
  return { ...where, parameters: settled, tls: await tlsOf(settled), patience };
}

async function modeOf(
  { sslmode = 'prefer' }: Parameters,
  where: { host: string; port: number },
  patience: number,
): Promise<string> {
  if (where.host.startsWith('/')) return 'disable';
  // "allow" begins in clear with psql; whoever may have TLS is given it here
  if (!['allow', 'prefer'].includes(sslmode)) return sslmode;
  return (await speaksTls(where, patience)) ? 'require' : 'disable';
}

function wholeNumber(name: string, text: string, from: number, to: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw new UserError(
    `DATABASE_URL or the environment says ${name}=${text}: it has to be a whole number from ${from} to ${to}.`,
    exitCode.call,
  );
}
