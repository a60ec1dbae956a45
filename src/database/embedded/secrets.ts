import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exitCode, UserError } from '../../problem.js';

const passwordsOf = ['ownerPassword', 'readerPassword', 'loaderPassword', 'analystPassword'] as const;

/** What the folder remembers between runs; readable by its owner only. */
export type Secrets = Record<(typeof passwordsOf)[number], string> & { port?: number };

const secretsFile = (home: string) => path.join(home, 'secrets.json');

/** Passwords for a new cluster. */
export const newSecrets = (): Secrets =>
  Object.fromEntries(passwordsOf.map((role) => [role, randomBytes(16).toString('base64url')])) as never;

/** Reads what the folder remembers; undefined when it remembers nothing. */
export async function readSecrets(home: string): Promise<Secrets | undefined> {
  const text = await readFile(secretsFile(home), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    const secrets = JSON.parse(text) as Secrets;
    if (passwordsOf.every((role) => typeof secrets[role] === 'string')) return secrets;
  } catch {}
  throw new UserError(
    `${secretsFile(home)} is damaged: it has to be JSON with a password for each role. Put it back from a copy; or move the folder away, then a new database is made.`,
    exitCode.database,
  );
}

/**
 * What the folder of a cluster (`data`) remembers; undefined when there is no cluster in it. Throws a UserError when what it is to
 * remember is lost.
 */
export async function secretsOf({
  home,
  data,
}: {
  home: string;
  data: string;
}): Promise<Secrets | undefined> {
  const secrets = await readSecrets(home);
  if (!existsSync(data)) return undefined;
  if (secrets) return secrets;
  throw new UserError(
    `${data} is there without secrets.json, which has the passwords of a database of this program. Put that back from a copy; or have a ` +
      'new database made: stop a server that runs on it (yot-ratings db down), and move the folder away.',
    exitCode.database,
  );
}

/** Writes what the folder is to remember, whole or not at all. By root too it is its folder's owner's. */
export async function writeSecrets(home: string, secrets: Secrets): Promise<void> {
  const half = `${secretsFile(home)}.new`;
  await writeFile(half, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true });
  const { uid, gid } = await stat(home);
  if (process.getuid?.() === 0) await chown(half, uid, gid);
  await rename(half, secretsFile(home));
}
