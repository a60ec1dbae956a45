import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { homeFolder } from '../paths.js';
import { exitCode, UserError } from '../problem.js';
import { connect } from './connect.js';
import { formatUrl, parseUrl } from './connection/url.js';
import { makeHome } from './embedded/folder.js';
import { type RoleName, roles } from './role-names.js';
import type { DB } from './schema.js';
import { scramVerifier } from './scram.js';

/** Passwords by role; of those that are not to log in, none. */
export type Passwords = { [role in RoleName]?: string | undefined };

/** A role's URL on a server. */
export function asRole(url: string, role: RoleName, password: string): string {
  return formatUrl({ ...parseUrl(url), user: roles[role], password });
}

/** The read-only role's URL on a server. */
export const asReader = (url: string, password: string): string => asRole(url, 'reader', password);

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
    if (await mayLogIn(db, role)) {
      if ((await logInFailure(roleUrl)) === undefined) return roleUrl;
      if (!mayReplace) return undefined;
    }
    if (!(await mayAlter(db, role))) return undefined;
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

async function mayLogIn(db: Kysely<DB>, role: RoleName): Promise<boolean> {
  const { rows } = await sql<{ can_login: boolean }>`
    select rolcanlogin as can_login from pg_roles where rolname = ${roles[role]}`.execute(db);
  return rows[0]?.can_login ?? false;
}

/** Whether this user may alter a role: tried without the right, it would be an error in the server's log at each start. */
async function mayAlter(db: Kysely<DB>, role: RoleName): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select ${mayAlterRole(sql`pg_roles.oid`)} as may from pg_roles where rolname = ${roles[role]}`.execute(
    db,
  );
  return rows[0]?.may ?? false;
}

/** The same, for the role whose oid this is. */
export const mayAlterRole = (role: RawBuilder<unknown>): RawBuilder<boolean> => sql<boolean>`(
  select
    own.rolsuper
    or own.rolcreaterole
      and (current_setting('server_version_num')::integer < 160000 or pg_has_role(${role}, 'member with admin option'))
  from pg_roles as own where own.rolname = current_user)`;

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

/** The reader's password on a server of the user's own: given by the environment, else made once and kept in our folder. */
async function readerPassword(url: string): Promise<string> {
  const known = await knownPassword(url, 'reader');
  if (known) return known;
  const file = keptPasswordFile(url);
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

/**
 * The passwords on a server of the user's own. The reader always has one; the others may load, and read rows about children:
 * they log in with our help only where the user says with which password.
 */
export async function givenPasswords(url: string): Promise<Passwords> {
  return {
    loader: await knownPassword(url, 'loader'),
    analyst: await knownPassword(url, 'analyst'),
    reader: await readerPassword(url),
  };
}
