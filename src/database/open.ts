import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { homeFolder } from '../paths.js';
import { exitCode, UserError } from '../problem.js';
import { connect } from './connect.js';
import { makeFolder } from './embedded/folder.js';
import { embeddedServer } from './embedded/server.js';
import { checkDatabaseUrl, explainDatabaseError, withoutPassword } from './errors.js';
import { migrate } from './migrate.js';
import type { DB } from './schema.js';
import { recreateViews } from './views.js';

/** The role that reads schema analytics and nothing else. */
export const readerRole = 'yot_ratings_reader';

/** An open database, with its schema as this program needs it. */
export interface OpenDatabase {
  db: Kysely<DB>;
  /** URL of the role that we are connected as. */
  url: string;
  /** URL of the read-only role; undefined where we may neither use nor change it. */
  readerUrl: string | undefined;
  isEmbedded: boolean;
  /** What the server is and what was done to have it. */
  server: string;
  /** Migrations applied just now. */
  migrations: string[];
  /** Views made anew just now. */
  views: number;
  /** Closes the connections and leaves the embedded server, which stops when nobody else uses it. */
  close(): Promise<void>;
}

/**
 * Opens the database of DATABASE_URL, else the embedded server's, and brings its schema up to date.
 * `onUrl` is told its URL before anything is asked of it.
 * Throws a UserError with exit code 3 when it can't be reached or can't be used.
 */
export async function openDatabase(
  databaseUrl = process.env.DATABASE_URL,
  { onUrl }: { onUrl?: (url: string) => void } = {},
): Promise<OpenDatabase> {
  if (databaseUrl) {
    checkDatabaseUrl(databaseUrl);
    const server = `server ${withoutPassword(databaseUrl)}`;
    onUrl?.(databaseUrl);
    return prepare(databaseUrl, server, () => readerPassword(databaseUrl));
  }
  const home = homeFolder();
  const { url, state, readerPassword: password, release } = await embeddedServer(home);
  try {
    onUrl?.(url);
    return await prepare(url, `embedded server in ${home}: ${state}`, async () => password, release);
  } catch (error) {
    await release();
    throw error;
  }
}

async function prepare(
  url: string,
  server: string,
  password: () => Promise<string>,
  release?: () => Promise<void>,
): Promise<OpenDatabase> {
  const db = connect(url);
  try {
    await checkVersion(db);
    const migrations = await migrate(db, url);
    const views = await recreateViews(db);
    const isOurs = release !== undefined || process.env.YOT_RATINGS_READER_PASSWORD !== undefined;
    const readerUrl = await letReaderIn(db, url, await password(), isOurs);
    return {
      db,
      url,
      readerUrl,
      isEmbedded: release !== undefined,
      server,
      migrations,
      views,
      close: async () => {
        await db.destroy();
        await release?.();
      },
    };
  } catch (error) {
    await db.destroy();
    throw explainDatabaseError(error, url, { isEmbedded: release !== undefined });
  }
}

async function checkVersion(db: Kysely<DB>): Promise<void> {
  const { rows } = await sql<{ number: string; text: string }>`
    select current_setting('server_version_num') as number, current_setting('server_version') as text`.execute(
    db,
  );
  if (Number(rows[0]?.number) < 150_000) {
    throw new UserError(
      `The server is PostgreSQL ${rows[0]?.text}; version 15 or later is needed.`,
      exitCode.database,
    );
  }
}

/** The read-only role's URL on a server. */
export function asReader(url: string, password: string): string {
  const readerUrl = new URL(url);
  readerUrl.username = readerRole;
  readerUrl.password = password;
  return readerUrl.href;
}

/**
 * Lets the read-only role log in with our password, and returns its URL. Whether it can is found out by trying, so that
 * nothing is changed on a server where it can; undefined where we may not change the role. A password that others may rely
 * on is replaced only where the server is ours, or where the user says which password it is to be (`mayReplace`).
 */
async function letReaderIn(
  db: Kysely<DB>,
  url: string,
  password: string,
  mayReplace: boolean,
): Promise<string | undefined> {
  const readerUrl = asReader(url, password);
  for (let attempt = 1; ; attempt++) {
    if (await readerMayLogIn(db)) {
      if (await canLogIn(readerUrl)) return readerUrl;
      if (!mayReplace) return undefined;
    }
    try {
      await setReaderPassword(db, password);
      return readerUrl;
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      if (code === '42501') return undefined;
      // Another program is doing the same just now, maybe from another database of this server.
      if (attempt === 10 || !message?.includes('concurrently updated')) throw error;
      await pause(50);
    }
  }
}

async function readerMayLogIn(db: Kysely<DB>): Promise<boolean> {
  const { rows } = await sql<{ can_login: boolean }>`
    select rolcanlogin as can_login from pg_roles where rolname = ${readerRole}`.execute(db);
  return rows[0]?.can_login ?? false;
}

async function setReaderPassword(db: Kysely<DB>, password: string): Promise<void> {
  // alter role takes no parameters: the server quotes the password for us
  const { rows } = await sql<{
    password: string;
  }>`select quote_literal(${password}::text) as password`.execute(db);
  await sql.raw(`alter role ${readerRole} login password ${rows[0]?.password}`).execute(db);
}

async function canLogIn(url: string): Promise<boolean> {
  // A refused log-in is tried again by the driver in the background, even after the end: it must not linger then.
  const reader = connect(url, { max: 1, idleSeconds: 1 });
  try {
    await sql`select 1`.execute(reader);
    return true;
  } catch {
    return false;
  } finally {
    await reader.destroy();
  }
}

/** The reader's password on a server of the user's own: given by the environment, else made once and kept in our folder. */
export async function readerPassword(databaseUrl: string): Promise<string> {
  const given = process.env.YOT_RATINGS_READER_PASSWORD;
  if (given) return given;
  const server = new URL(databaseUrl).host.replaceAll(/[^\w.-]/g, '_');
  const file = path.join(homeFolder(), `reader-password-${server}`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept) return kept.trim();
  const made = randomBytes(18).toString('base64url');
  try {
    await makeFolder(homeFolder());
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
