import { type Kysely, sql } from 'kysely';
import { homeFolder } from '../disk/paths.js';
import { exitCode, UserError } from '../problem.js';
import { refuseOthers } from '../words/nearest.js';
import { checkAsRole, isOwner } from './as-role.js';
import { connect } from './connect.js';
import { settledUrl } from './connection/endpoint.js';
import { type Parameters, parseUrl } from './connection/url.js';
import { embeddedServer } from './embedded/server.js';
import { explainDatabaseError, withoutPassword } from './errors.js';
import { migrate } from './migrate.js';
import type { RoleName } from './role-names.js';
import {
  asRole,
  givenPasswords,
  knownPassword,
  letIn,
  logInFailure,
  type Passwords,
  passwordVariable,
} from './roles.js';
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

export interface OpenOptions {
  /** Whether the database is used as it is found, and nothing in it is made or renewed: what else is done, the caller says. */
  readOnly?: boolean;
  /** Is told, once of each, who holds a lock that is waited for: a sentence or two. */
  onWaiting?: (text: string) => void;
}

/** A server before anything is asked of it. */
interface Server {
  url: string;
  server: string;
  isEmbedded: boolean;
  passwords: () => Promise<Passwords>;
  release: () => Promise<void>;
}

/** The server of a URL, else the embedded one. Throws a UserError when it can't be reached. */
async function findServer(databaseUrl: string | undefined): Promise<Server> {
  if (databaseUrl) {
    const url = await settledUrl(databaseUrl).catch((error: unknown) => {
      throw explainDatabaseError(error, databaseUrl);
    });
    return {
      url,
      server: `server ${withoutPassword(databaseUrl.trim())}`,
      isEmbedded: false,
      passwords: () => givenPasswords(url),
      release: async () => {},
    };
  }
  const home = homeFolder();
  const { url, state, passwords, release } = await embeddedServer(home);
  const server = `embedded server in ${home}: ${state}`;
  return { url, server, isEmbedded: true, passwords: async () => passwords, release };
}

/**
 * Gives the URL of DATABASE_URL's database, else of the embedded server's, for as long as the work takes: nothing is migrated
 * and nothing is loaded. Throws a UserError when it can't be reached or can't be used.
 */
export async function withBareServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  const found = await findServer(process.env.DATABASE_URL);
  try {
    return await work(found.url);
  } catch (error) {
    throw explainDatabaseError(error, found.url, found);
  } finally {
    await found.release();
  }
}

/**
 * Opens the database of DATABASE_URL, else the embedded server's. As its owner the schema is brought up to date, with nothing loaded
 * (loadPackage does that); as another role, of a server that can only be read, and with `readOnly` it has to be that of this program.
 * Throws a UserError with exit code 3 when it can't be reached or can't be used, a RangeError for what is no text.
 */
export async function openDatabase(
  databaseUrl = process.env.DATABASE_URL,
  options: OpenOptions = {},
): Promise<OpenDatabase> {
  refuseOthers('A database is not opened with', options, ['readOnly', 'onWaiting']);
  const { readOnly = false, onWaiting } = options;
  if (databaseUrl && typeof databaseUrl !== 'string')
    throw new RangeError('What is opened has to be the URL of a database, as text.');
  const found = await findServer(databaseUrl);
  const { url, server, isEmbedded } = found;
  const db = connect(url, { onWaiting });
  const close = async () => {
    await db.destroy();
    await found.release();
  };
  try {
    const canOnlyBeRead = await checkServer(db, parseUrl(url));
    const isOurs = await isOwner(db);
    const opened = { db, url, isEmbedded, server, close };
    if (readOnly || canOnlyBeRead || !isOurs) {
      await checkAsRole(db);
      const readerUrl = isOurs ? await readerIn(found) : undefined;
      return { ...opened, isOwner: false, readerUrl, migrations: [], views: 0 };
    }
    const migrations = await migrate(db, url);
    const views = await recreateViews(db);
    await sql`select rating.apply_role_limits()`.execute(db);
    return { ...opened, isOwner: true, readerUrl: await letAllIn(db, found), migrations, views };
  } catch (error) {
    await close();
    throw explainDatabaseError(error, url, { isEmbedded });
  }
}

/** Refuses a server that is too old or not what the URL asks for, and a database that can't hold every name. Says whether it can only be read. */
async function checkServer(
  db: Kysely<DB>,
  { target_session_attrs: wanted = 'any' }: Parameters,
): Promise<boolean> {
  const { rows } = await sql<{ number: number; text: string; encoding: string; only_read: boolean }>`
    select
      current_setting('server_version_num')::integer as number,
      current_setting('server_version') as text,
      current_setting('server_encoding') as encoding,
      current_setting('transaction_read_only') = 'on' as only_read`.execute(db);
  const { number, text, encoding, only_read } = rows[0] as (typeof rows)[0];
  if (number < 150_000)
    throw new UserError(
      `The server is PostgreSQL ${text}; version 15 or later is needed.`,
      exitCode.database,
    );
  if (encoding !== 'UTF8')
    throw new UserError(
      `The database keeps text as ${encoding}, which has not every name; it has to be UTF8: ` +
        'createdb --encoding=UTF8 --template=template0 makes one.',
      exitCode.database,
    );
  if (only_read && wanted !== 'any')
    throw new UserError(
      `The server can only be read (a standby, or default_transaction_read_only), and target_session_attrs=${wanted} ` +
        'asks for one that is written to: name the primary server.',
      exitCode.database,
    );
  return only_read;
}

/** The reader's URL where nothing can be changed: with the password that is known, if it is the right one. */
async function readerIn({ url, isEmbedded, passwords }: Server): Promise<string | undefined> {
  const password = isEmbedded ? (await passwords()).reader : await knownPassword(url, 'reader');
  const readerUrl = password && asRole(url, 'reader', password);
  return readerUrl && (await logInFailure(readerUrl)) === undefined ? readerUrl : undefined;
}

/** Lets every role log in that has a password; returns the reader's URL. */
async function letAllIn(db: Kysely<DB>, { url, isEmbedded, passwords }: Server): Promise<string | undefined> {
  const known = await passwords();
  const urls = await Promise.all(
    (['reader', 'analyst', 'loader'] as const).map((role: RoleName) => {
      const password = known[role];
      const mayReplace = isEmbedded || process.env[passwordVariable(role)] !== undefined;
      return password === undefined ? undefined : letIn(db, url, { role, password, mayReplace });
    }),
  );
  return urls[0];
}
