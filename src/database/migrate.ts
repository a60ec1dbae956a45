import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { resolveBinary } from 'dbmate';
import { type Kysely, sql } from 'kysely';
import { dbPath } from '../disk/paths.js';
import { exitCode, UserError } from '../problem.js';
import { programVersion } from '../version.js';
import { knowRoles } from './citus.js';
import type { Connection } from './connect.js';
import { endpointOf } from './connection/endpoint.js';
import { isSetting, withoutConnections } from './connection/keywords.js';
import { formatUrl } from './connection/url.js';
import { isOfPooler, ofPooler, withoutPassword } from './errors.js';
import type { DB } from './schema.js';
import { sessionName } from './session-name.js';

/** A migration that a database has. */
export interface AppliedMigration {
  version: string;
  /** Digest of what its file said; null where that is not noted yet. */
  sha256: string | null;
}

/** A migration's file. */
interface Migration {
  file: string;
  /** What its name begins with. */
  version: string;
  /** Digest of what it says, whatever line ends its copy has on this machine. */
  sha256: string;
}

/** The migrations in a folder, oldest first. */
export async function migrationFiles(folder = dbPath('migrations')): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (file) => {
      const text = (await readFile(path.join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
      const sha256 = createHash('sha256').update(text).digest('hex');
      return { file, version: file.split('_')[0] as string, sha256 };
    }),
  );
}

/** The migrations that a database has, oldest first. */
export async function appliedMigrations(db: Connection): Promise<AppliedMigration[]> {
  const { rows: there } = await sql<{ versions: boolean; digests: boolean }>`
    select
      to_regclass('public.schema_migrations') is not null as versions,
      to_regclass('core.applied_migration') is not null as digests`.execute(db);
  if (!there[0]?.versions) return [];
  const digests = there[0].digests
    ? sql`core.applied_migration`
    : sql`(select null, null) as none (version, sha256)`;
  const { rows } = await sql<AppliedMigration>`
    select version, sha256 from public.schema_migrations left join ${digests} using (version) order by version`.execute(
    db,
  );
  return rows;
}

/**
 * Applies the migrations that are missing, with dbmate; returns their file names.
 * Throws a UserError when a migration fails, when the file of an applied one was changed, or when the database is newer than
 * this program.
 * @param folder where the files are, if not where the program has them
 */
export async function migrate(
  db: Kysely<DB>,
  url: string,
  folder: string = dbPath('migrations'),
): Promise<string[]> {
  const files = await migrationFiles(folder);
  const isComplete = (await pendingOf(db, files)).length === 0;
  const applied = isComplete ? [] : await applyPending(db, url, folder, files);
  await sql`
    insert into core.applied_migration (version, sha256, program)
    select version, sha256, ${programVersion}
    from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as file (version text, sha256 text)
    on conflict do nothing`.execute(db);
  return applied;
}

/**
 * Files of the migrations that the database has not. Throws a UserError when it has one that we do not know, or one whose file says something
 * else than when it was applied: the database is not what the files describe.
 */
async function pendingOf(db: Connection, files: readonly Migration[]): Promise<string[]> {
  const applied = new Map((await appliedMigrations(db)).map(({ version, sha256 }) => [version, sha256]));
  const unknown = [...applied.keys()].filter((version) => !files.some((file) => file.version === version));
  if (unknown.length > 0)
    throw new UserError(
      `The database was migrated by a newer version of this program (${unknown.join(', ')}). Update the program.`,
      exitCode.database,
    );
  const edited = files.filter(({ version, sha256 }) => (applied.get(version) ?? sha256) !== sha256);
  if (edited.length > 0)
    throw new UserError(
      `${edited.map(({ file }) => file).join(', ')} was changed after the database was migrated with it, and nothing was done. ` +
        'Put the file back as it was (git checkout, or install the program anew), and make the change in a new migration.',
      exitCode.database,
    );
  return files.filter(({ version }) => !applied.has(version)).map(({ file }) => file);
}

async function applyPending(
  db: Kysely<DB>,
  url: string,
  folder: string,
  files: readonly Migration[],
): Promise<string[]> {
  await knowRoles(db);
  // The table that dbmate would make, so that there is something to lock.
  await sql`create table if not exists public.schema_migrations (version varchar(128) primary key)`
    .execute(db)
    .catch((error: { code?: string }) => {
      // Another program has made it just now: "if not exists" looks before it waits (unique_violation, duplicate_object, duplicate_table).
      if (!['23505', '42710', '42P07'].includes(error.code ?? '')) throw error;
    });
  return db.transaction().execute(async (trx) => {
    // Nothing is asked of this session while dbmate works in another.
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx);
    // Two programs do not migrate at once. This lock is for owners only, and dbmate can write to the table meanwhile.
    await sql`lock table public.schema_migrations in share update exclusive mode`.execute(trx);
    const pending = await pendingOf(trx, files);
    // A program that was killed leaves its dbmate behind, which goes on without the lock and makes ours fail: we go on from where it got to.
    for (let left = pending.length; left > 0; ) {
      const failure = await dbmate(url, '--migrations-dir', folder, 'up', '--strict').catch((error) => error);
      const rest = (await pendingOf(trx, files)).length;
      if (failure && rest === left) throw failure;
      left = failure ? rest : 0;
    }
    return pending;
  });
}

/** Drops everything that this program made in a database, and all that was loaded. The roles stay. */
export async function dropEverything(db: Kysely<DB>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`drop schema if exists analytics, rating, kept, core_answer, core cascade`.execute(trx);
    await sql`drop table if exists public.schema_migrations`.execute(trx);
  });
}

/** Runs dbmate. */
export async function dbmate(url: string, ...args: string[]): Promise<void> {
  // which to another program is a file
  if (/\.zip[\\/]/.test(dbPath('migrations')))
    throw new UserError(
      'Migrations can’t be run out of an archive, in which yarn with pnp keeps this package: say nodeLinker: node-modules in .yarnrc.yml.',
      exitCode.database,
    );
  // named twice, it would take both
  const where = args.includes('--migrations-dir') ? [] : ['--migrations-dir', dbPath('migrations')];
  // else it takes the first schema of the search path, which may be somebody's own
  const list = ['--migrations-table', 'public.schema_migrations', '--no-dump-schema'];
  try {
    // It reads .env where it runs: not the user's, which is about something else.
    const surroundings = { cwd: dbPath('migrations'), env: await dbmateEnvironment(url) };
    await promisify(execFile)(resolveBinary(), [...where, ...list, ...args], surroundings);
  } catch (error) {
    // It prints what it does first and what failed last.
    const { stderr, message } = error as { stderr?: string; message: string };
    const reason = stderr?.trim().split('\n').at(-1) ?? message;
    throw new UserError(
      isOfPooler(reason)
        ? `The database ${withoutPassword(url)} can't be migrated: ${ofPooler}.`
        : `A migration failed and was rolled back: ${reason}`,
      exitCode.database,
    );
  }
}

/**
 * An environment in which dbmate dials just what we do. Its driver is another one, and takes variables of libpq's for its own: it gets
 * none. The URL goes by the environment: arguments can be read by every user of the machine.
 */
async function dbmateEnvironment(url: string): Promise<NodeJS.ProcessEnv> {
  const { host, port, patience, parameters } = await endpointOf(url);
  const { user, password, dbname, sslmode, sslrootcert, sslcert, sslkey, options } = parameters;
  const settings = Object.entries(parameters).filter(([name]) => isSetting(name));
  const said = {
    ...{ connect_timeout: String(patience), sslcert, sslkey, options },
    sslmode: sslmode === 'no-verify' ? 'require' : sslmode,
    sslrootcert: sslrootcert === 'system' ? undefined : sslrootcert,
    application_name: parameters.application_name ?? sessionName,
    // Migrations name the schemas of what they make.
    ...Object.fromEntries(settings.filter(([name]) => name.toLowerCase() !== 'search_path')),
  };
  const withoutHost = formatUrl({ user, password, dbname, ...said });
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  return {
    ...withoutConnections(process.env),
    // Node's variable for authorities that it trusts beside the system's, as Go calls it
    ...(extra && { SSL_CERT_FILE: extra }),
    // as a parameter the host may be an address of either kind, or a socket
    DATABASE_URL: `${withoutHost}&host=${encodeURIComponent(host)}&port=${port}`,
  };
}
