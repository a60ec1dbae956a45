import { type Kysely, sql } from 'kysely';
import { homeFolder } from '../paths.js';
import { exitCode, UserError } from '../problem.js';
import { checkAsRole, isOwner } from './as-role.js';
import { connect } from './connect.js';
import { embeddedServer } from './embedded/server.js';
import { checkDatabaseUrl, explainDatabaseError, withoutPassword } from './errors.js';
import { applyLimits } from './limits.js';
import { migrate } from './migrate.js';
import { givenPasswords, letIn, type Passwords, passwordVariable, type RoleName } from './roles.js';
import type { DB } from './schema.js';
import { recreateViews } from './views.js';

/** An open database, with its schema as this program needs it. */
export interface OpenDatabase {
  db: Kysely<DB>;
  /** URL of the role that we are connected as. */
  url: string;
  /** Whether we are the owner, who migrates; else the database is used as it is found. */
  isOwner: boolean;
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
 * Opens the database of DATABASE_URL, else the embedded server's. As its owner the schema is brought up to date; as another role
 * it has to be that of this program. `onUrl` is told its URL before anything is asked of it.
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
    return prepare(databaseUrl, server, () => givenPasswords(databaseUrl));
  }
  const home = homeFolder();
  const { url, state, passwords, release } = await embeddedServer(home);
  try {
    onUrl?.(url);
    return await prepare(url, `embedded server in ${home}: ${state}`, async () => passwords, release);
  } catch (error) {
    await release();
    throw error;
  }
}

async function prepare(
  url: string,
  server: string,
  passwords: () => Promise<Passwords>,
  release?: () => Promise<void>,
): Promise<OpenDatabase> {
  const db = connect(url);
  try {
    await checkVersion(db);
    const opened = {
      db,
      url,
      isEmbedded: release !== undefined,
      server,
      close: async () => {
        await db.destroy();
        await release?.();
      },
    };
    if (!(await isOwner(db))) {
      await checkAsRole(db);
      return { ...opened, isOwner: false, readerUrl: undefined, migrations: [], views: 0 };
    }
    const migrations = await migrate(db, url);
    const views = await recreateViews(db);
    await applyLimits(db);
    const readerUrl = await letAllIn(db, url, await passwords(), release !== undefined);
    return { ...opened, isOwner: true, readerUrl, migrations, views };
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

/** Lets every role log in that has a password; returns the reader's URL. */
async function letAllIn(
  db: Kysely<DB>,
  url: string,
  passwords: Passwords,
  isEmbedded: boolean,
): Promise<string | undefined> {
  const urls = await Promise.all(
    (['reader', 'analyst', 'loader'] as const).map((role: RoleName) => {
      const password = passwords[role];
      const mayReplace = isEmbedded || process.env[passwordVariable(role)] !== undefined;
      return password === undefined ? undefined : letIn(db, url, { role, password, mayReplace });
    }),
  );
  return urls[0];
}
