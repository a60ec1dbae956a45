import { randomBytes } from 'node:crypto';
import { chown, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exitCode, UserError } from '../../problem.js';

/** What the folder remembers between runs; readable by its owner only. */
export interface Secrets {
  port?: number;
  ownerPassword: string;
  readerPassword: string;
  loaderPassword: string;
  analystPassword: string;
}

const secretsFile = (home: string) => path.join(home, 'secrets.json');

const newPassword = () => randomBytes(16).toString('base64url');

/** Passwords for a new cluster. */
export const newSecrets = (): Secrets => ({
  ownerPassword: newPassword(),
  readerPassword: newPassword(),
  loaderPassword: newPassword(),
  analystPassword: newPassword(),
});

/** Reads what the folder remembers; undefined when it remembers nothing. */
export async function readSecrets(home: string): Promise<Secrets | undefined> {
  const text = await readFile(secretsFile(home), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const secrets = parsed(text);
  if (!Object.keys(newSecrets()).every((role) => typeof secrets[role] === 'string'))
    throw new UserError(
      `${secretsFile(home)} is damaged: it has to be JSON with a password for each role. Put it back from a copy; or move the folder away, then a new database is made.`,
      exitCode.database,
    );
  return secrets as unknown as Secrets;
}

function parsed(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Writes what the folder is to remember, whole or not at all. By root too it is its folder's owner's. */
export async function writeSecrets(home: string, secrets: Secrets): Promise<void> {
  const half = `${secretsFile(home)}.new`;
  await writeFile(half, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true });
  const { uid, gid } = await stat(home);
  if (process.getuid?.() === 0) await chown(half, uid, gid);
  await rename(half, secretsFile(home));
}
