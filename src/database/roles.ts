import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { homeFolder } from '../disk/paths.js';
import { exitCode, UserError } from '../problem.js';
import { connect } from './connect.js';
import { formatUrl, parseUrl } from './connection/url.js';
import { makeHome } from './embedded/folder.js';
import { type RoleName, roles } from './role-names.js';
import type { DB } from './schema.js';

/** Passwords by role; of those that are not to log in, none. */
export type Passwords = { [role in RoleName]?: string | undefined };

/** A role's URL on a server. */
export const asRole = (url: string, role: RoleName, password: string): string =>
  formatUrl({ ...parseUrl(url), user: roles[role], password });

/** The variable that says a role's password on a server of the user's own. */
export const passwordVariable = (role: RoleName): string => `YOT_RATINGS_${role.toUpperCase()}_PASSWORD`;

/**
 * Lets a role log in with our password, and returns its URL. Whether it can is found out by trying, so that nothing is
 * changed on a server where it can; undefined where we may not change the role. A password that others may rely on is
 * replaced only where the server is ours, or where the user says which password it is to be (`mayReplace`).
 */
export async function letIn(
  db: Kysely<DB>,
  url: string,
  { role, password, mayReplace }: { role: RoleName; password: string; mayReplace: boolean },
): Promise<string | undefined> {
  const roleUrl = asRole(url, role, password);
  for (let attempt = 1; ; attempt++) {
    // Tried without the right, changing it would be an error in the server's log at each start.
    const { rows } = await sql<{ can_login: boolean; may_alter: boolean }>`
      select rolcanlogin as can_login, rating.may_alter_role(pg_roles.oid) as may_alter
      from pg_roles where rolname = ${roles[role]}`.execute(db);
    const [found] = rows;
    if (found?.can_login && (await logInFailure(roleUrl)) === undefined) return roleUrl;
    if (!found?.may_alter || (found.can_login && !mayReplace)) return undefined;
    try {
      await sql.raw(`alter role ${roles[role]} login password '${scramVerifier(password)}'`).execute(db);
      return roleUrl;
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      if (code === '42501') return undefined;
      // Another program is doing the same just now, maybe from another database of this server.
      if (attempt === 10 || !message?.includes('concurrently updated')) throw error;
      await pause(50);
    }
  }
}

/**
 * What a server keeps of a password, made here (SCRAM-SHA-256, RFC 5803), so that the password itself is in no statement: not in
 * the server's log, nor in what other sessions see of this one. Safe to be put between quotes.
 */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  const iterations = 4096;
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, 32, 'sha256');
  const key = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`;
}

/** Why a URL can't be logged in with; undefined where it can. */
export async function logInFailure(url: string): Promise<unknown> {
  const session = connect(url, { max: 1, idleSeconds: 1 });
  try {
    await sql`select 1`.execute(session);
    return undefined;
  } catch (error) {
    // The password was right, but the role has as many connections as it may have.
    return (error as { code?: string }).code === '53300' ? undefined : error;
  } finally {
    await session.destroy();
  }
}

/** The password that a role has on a server of the user's own, as far as it is known here: said by a variable, or kept in our folder. */
export async function knownPassword(url: string, role: RoleName): Promise<string | undefined> {
  const given = process.env[passwordVariable(role)];
  if (given || role !== 'reader') return given || undefined;
  const kept = await readFile(keptPasswordFile(url), 'utf8').catch(() => undefined);
  return kept?.trim();
}

function keptPasswordFile(url: string): string {
  const { host, port } = parseUrl(url);
  return path.join(homeFolder(), `reader-password-${`${host}:${port}`.replaceAll(/[^\w.-]/g, '_')}`);
}

/**
 * The passwords on a server of the user's own. The reader always has one, if need be made once and kept in our folder; the others may
 * load, and read rows about children: they log in with our help only where the user says with which password.
 */
export async function givenPasswords(url: string): Promise<Passwords> {
  return {
    loader: await knownPassword(url, 'loader'),
    analyst: await knownPassword(url, 'analyst'),
    reader: (await knownPassword(url, 'reader')) ?? (await madePassword(keptPasswordFile(url))),
  };
}

async function madePassword(file: string): Promise<string> {
  const made = randomBytes(16).toString('base64url');
  try {
    await makeHome(homeFolder());
    await writeFile(file, `${made}\n`, { mode: 0o600, flag: 'wx' });
    return made;
  } catch (error) {
    const { code, path: at } = error as NodeJS.ErrnoException;
    // Another program has made one just now.
    if (code === 'EEXIST' && at === file) return (await readFile(file, 'utf8')).trim();
    throw new UserError(
      `The folder ${homeFolder()} can't be written to, so the read-only role's password can't be kept. ` +
        'Set YOT_RATINGS_READER_PASSWORD, or YOT_RATINGS_HOME to a folder that you may write to.',
      exitCode.database,
    );
  }
}
