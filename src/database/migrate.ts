import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { resolveBinary } from 'dbmate';
import { type Kysely, sql } from 'kysely';
import { dbPath } from '../paths.js';
import { exitCode, UserError } from '../problem.js';
import { programVersion } from '../version.js';
import { knowRoles } from './cluster/workers.js';
import type { Connection } from './connect.js';
import { endpointOf } from './connection/endpoint.js';
import { isSetting, withoutConnections } from './connection/keywords.js';
import { isOfPooler, ofPooler, withoutPassword } from './errors.js';
import type { DB } from './schema.js';
import { migratingName } from './session-name.js';

/** The files of migrations in a folder, oldest first. */
export const migrationFiles = async (folder = dbPath('migrations')): Promise<string[]> =>
  (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();

/** The version that a migration's file name begins with. */
export const versionOf = (file: string): string => file.split('_')[0] as string;

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
  await refuseEdited(db, folder, files);
  const applied = isComplete ? [] : await applyPending(db, url, folder, files);
  await noteApplied(db, folder, files);
  return applied;
}

async function applyPending(
  db: Kysely<DB>,
  url: string,
  folder: string,
  files: readonly string[],
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
    if (pending.length > 0) await applyAll(trx, url, folder);
    return pending;
  });
}

/** Files of the migrations that the database has not. Throws a UserError when it has one that we do not know. */
async function pendingOf(db: Connection, files: readonly string[]): Promise<string[]> {
  const applied = await appliedVersions(db);
  const unknown = applied.filter((version) => !files.some((file) => versionOf(file) === version));
  if (unknown.length > 0)
    throw new UserError(
      `The database was migrated by a newer version of this program (${unknown.join(', ')}). Update the program.`,
      exitCode.database,
    );
  return files.filter((file) => !applied.includes(versionOf(file)));
}

/**
 * Applies what is missing. A program that was killed leaves its dbmate behind, which goes on without the lock: it is waited
 * for, and one that begins meanwhile makes ours fail, which then goes on from where the other got to.
 */
async function applyAll(session: Connection, url: string, folder: string): Promise<void> {
  for (;;) {
    await untilNobodyMigrates(session);
    const before = (await appliedVersions(session)).length;
    try {
      return await dbmate(url, '--migrations-dir', folder, 'up', '--strict');
    } catch (error) {
      await untilNobodyMigrates(session);
      if ((await appliedVersions(session)).length === before) throw error;
    }
  }
}

/** Waits for what is left of programs that were killed; their sessions end with what they do. Anybody can take their name, so only who may migrate counts. */
async function untilNobodyMigrates(session: Connection): Promise<void> {
  for (;;) {
    // within a transaction the server would give its first answer again
    await sql`select pg_stat_clear_snapshot()`.execute(session);
    const { rows } = await sql`
      select from pg_stat_activity
      where datname = current_database() and application_name like 'yot-ratings % migrating'
        and has_table_privilege(usesysid, 'public.schema_migrations', 'insert')`.execute(session);
    if (rows.length === 0) return;
    await pause(100);
  }
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
  const { user = '', password, dbname = '', sslrootcert, sslcert, sslkey, options } = parameters;
  let { sslmode = 'disable' } = parameters;
  if (sslmode === 'no-verify') sslmode = 'require';
  // an address that is dialled in the place of a name is not what the certificate is for; we have looked at it ourselves
  if (sslmode === 'verify-full' && host !== parameters.host) sslmode = 'verify-ca';
  const settings = Object.entries(parameters).filter(([name]) => isSetting(name));
  const said = {
    // as a parameter it may be an address of either kind, or a socket
    ...{ host, port: String(port), connect_timeout: String(patience), sslmode, sslcert, sslkey, options },
    sslrootcert: sslrootcert === 'system' ? undefined : sslrootcert,
    application_name: parameters.application_name ?? migratingName,
    // Migrations name the schemas of what they make.
    ...Object.fromEntries(settings.filter(([name]) => name.toLowerCase() !== 'search_path')),
  };
  const query = Object.entries(said)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value as string)}`);
  const who = [user, ...(password === undefined ? [] : [password])].map(encodeURIComponent).join(':');
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  return {
    ...withoutConnections(process.env),
    // Node's variable for authorities that it trusts beside the system's, as Go calls it
    ...(extra && { SSL_CERT_FILE: extra }),
    DATABASE_URL: `postgres://${who}@/${encodeURIComponent(dbname)}?${query.join('&')}`,
  };
}

/** Versions of the migrations that the database has, oldest first. */
export async function appliedVersions(db: Connection): Promise<string[]> {
  if (!(await isThere(db, 'public.schema_migrations'))) return [];
  const { rows } = await sql<{ version: string }>`
    select version from public.schema_migrations order by version`.execute(db);
  return rows.map(({ version }) => version);
}

/** What the files of applied migrations said when they were applied, or first seen: their digests by version. */
export async function notedDigests(db: Connection): Promise<Map<string, string>> {
  if (!(await isThere(db, 'core.applied_migration'))) return new Map();
  const { rows } = await sql<{ version: string; sha256: string }>`
    select version, sha256 from core.applied_migration`.execute(db);
  return new Map(rows.map(({ version, sha256 }) => [version, sha256]));
}

/** Refuses (UserError) files of migrations that say something else than when they were applied: the database is not what they describe. */
async function refuseEdited(db: Connection, folder: string, files: readonly string[]): Promise<void> {
  const noted = await notedDigests(db);
  const edited: string[] = [];
  for (const file of files) {
    const was = noted.get(versionOf(file));
    if (was !== undefined && was !== (await digestOf(path.join(folder, file)))) edited.push(file);
  }
  if (edited.length === 0) return;
  throw new UserError(
    `${edited.join(', ')} ${edited.length === 1 ? 'was' : 'were'} changed after the database was migrated with it, and nothing was done. ` +
      'Put the file back as it was (git checkout, or install the program anew), and make the change in a new migration.',
    exitCode.database,
  );
}

/** Notes what files of applied migrations say, where that is not noted yet. */
async function noteApplied(db: Connection, folder: string, files: readonly string[]): Promise<void> {
  const noted = await notedDigests(db);
  for (const file of files) {
    const version = versionOf(file);
    if (noted.has(version)) continue;
    const sha256 = await digestOf(path.join(folder, file));
    await sql`
      insert into core.applied_migration (version, sha256, program)
      values (${version}, ${sha256}, ${programVersion})
      on conflict do nothing`.execute(db);
  }
}

/** Digest of a file, whatever line ends its copy has on this machine. */
export async function digestOf(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

async function isThere(db: Connection, table: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select to_regclass(${table}) is not null as found`.execute(db);
  return rows[0]?.found ?? false;
}
