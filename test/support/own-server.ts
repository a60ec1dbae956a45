import { execFile } from 'node:child_process';
import { appendFile, chown, cp, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type EmbeddedServer, embeddedServer, stopServer } from '../../src/database/embedded/server.js';

const run = promisify(execFile);

/** How a server differs from the embedded one. */
export interface OwnSettings {
  /** Lines of postgresql.conf. */
  settings?: readonly string[];
  /** Lines of pg_hba.conf, before its own. */
  lets?: readonly string[];
  /** Whether it speaks TLS, with a certificate for "localhost" that it has signed itself. */
  hasTls?: boolean;
  /** Whether it follows a primary: it can be read only. */
  isStandby?: boolean;
}

/** A server with settings of a test's own: the embedded one of a folder, which is made where there is none. */
export async function ownServer(
  home: string,
  { settings = [], lets = [], hasTls = false, isStandby = false }: OwnSettings,
): Promise<EmbeddedServer & { certificate: string }> {
  await (await embeddedServer(home)).release();
  const data = (name: string) => path.join(home, 'data', name);
  const { uid, gid } = await stat(data('postgresql.conf'));
  const give = async (name: string) => {
    if (process.getuid?.() === 0) await chown(data(name), uid, gid);
  };
  if (hasTls) {
    const [key, certificate] = [data('server.key'), data('server.crt')];
    const made = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate];
    const of = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    await run('openssl', ['req', '-x509', ...made, ...of]);
    for (const name of ['server.key', 'server.crt']) await give(name);
    await cp(certificate, path.join(home, 'server.crt'));
  }
  const lines = hasTls ? ['ssl = on', ...settings] : settings;
  await appendFile(data('postgresql.conf'), `\n${lines.join('\n')}\n`);
  const hba = await readFile(data('pg_hba.conf'), 'utf8');
  await writeFile(data('pg_hba.conf'), `${lets.map((line) => `${line}\n`).join('')}${hba}`);
  if (isStandby) {
    await writeFile(data('standby.signal'), '');
    await give('standby.signal');
  }
  await stopServer(home);
  return { ...(await embeddedServer(home)), certificate: path.join(home, 'server.crt') };
}
