import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import type { ConnectionOptions, SecureVersion } from 'node:tls';
import { exitCode, UserError } from '../../problem.js';
import type { Parameters } from './url.js';

/** What a TLS connection is made with; false for one in clear. */
export async function tlsOf(parameters: Parameters): Promise<ConnectionOptions | false> {
  const { host = '', sslmode = 'disable', sslrootcert } = parameters;
  if (host.startsWith('/') || sslmode === 'disable') return false;
  const ca = await rootOf(sslmode, sslrootcert);
  const isVerified = sslmode.startsWith('verify-') || (sslmode === 'require' && ca !== undefined);
  const files = {
    ca,
    cert: await fileOf('sslcert', parameters.sslcert),
    key: await fileOf('sslkey', parameters.sslkey),
    passphrase: parameters.sslpassword,
    minVersion: versionOf('ssl_min_protocol_version', parameters.ssl_min_protocol_version),
    maxVersion: versionOf('ssl_max_protocol_version', parameters.ssl_max_protocol_version),
  };
  return {
    ...Object.fromEntries(Object.entries(files).filter(([, value]) => value !== undefined)),
    // An address may be dialled (hostaddr), but the certificate is the host's.
    host,
    ...(!/^[\d.]+$|:/.test(host) && { servername: host }),
    rejectUnauthorized: isVerified,
    ...(sslmode !== 'verify-full' && { checkServerIdentity: () => undefined }),
  };
}

/** The certificates that a server's has to be signed by; undefined for those that Node trusts. As with psql there is one that needs no naming. */
async function rootOf(sslmode: string, sslrootcert: string | undefined): Promise<Buffer | undefined> {
  if (sslrootcert === 'system') return undefined;
  if (sslrootcert !== undefined) return fileOf('sslrootcert', sslrootcert);
  if (!sslmode.startsWith('verify-')) return undefined;
  return readFile(path.join(homedir(), '.postgresql', 'root.crt')).catch(() => undefined);
}

async function fileOf(name: string, file: string | undefined): Promise<Buffer | undefined> {
  if (file === undefined) return undefined;
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${name} names ${file}, which can't be read (${error.code}).`, exitCode.call);
  });
}

function versionOf(name: string, version: string | undefined): SecureVersion | undefined {
  if (version === undefined || ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'].includes(version))
    return version as SecureVersion | undefined;
  throw new UserError(`${name}=${version} can't be had: it has to be TLSv1.2 or TLSv1.3.`, exitCode.call);
}

/** Whether a server speaks TLS. Rejects when it can't be reached, or does not answer in time. */
export function speaksTls(where: { host: string; port: number }, seconds: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(where);
    // length and code of PostgreSQL's question for TLS; it answers S or N
    socket.on('connect', () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])));
    socket.on('data', ([answer]) => {
      socket.destroy();
      resolve(answer === 'S'.charCodeAt(0));
    });
    const fail = (code: string) => reject(Object.assign(new Error(`no answer (${code})`), { code }));
    socket.setTimeout(seconds * 1000, () => {
      socket.destroy();
      fail('CONNECT_TIMEOUT');
    });
    socket.on('error', reject);
    socket.on('close', () => fail('CONNECTION_CLOSED'));
  });
}
