import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { resolveBinary } from 'dbmate';
import { type Kysely, sql } from 'kysely';
import { dbPath } from '../paths.js';
import { exitCode, UserError } from '../problem.js';
import { appliedVersions, noteApplied, refuseEdited, versionOf } from './applied-migrations.js';
import { knowRoles } from './cluster/workers.js';
import type { Connection } from './connect.js';
import { dbmateEnvironment } from './connection/dbmate.js';
import { isOfPooler, ofPooler, withoutPassword } from './errors.js';
import type { DB } from './schema.js';

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
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  const applied = await applyPending(db, url, folder, files);
  await noteApplied(db, folder, files);
  return applied;
}

async function applyPending(
  db: Kysely<DB>,
  url: string,
  folder: string,
  files: readonly string[],
): Promise<string[]> {
  const isComplete = (await pendingOf(db, files)).length === 0;
  await refuseEdited(db, folder, files);
  if (isComplete) return [];
  await knowRoles(db);
  await makeListOfMigrations(db);
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
  if (unknown.length > 0) {
    throw new UserError(
      `The database was migrated by a newer version of this program (${unknown.join(', ')}). Update the program.`,
      exitCode.database,
    );
  }
  return files.filter((file) => !applied.includes(versionOf(file)));
}

/** Makes the table that dbmate would make, so that there is something to lock. */
async function makeListOfMigrations(db: Kysely<DB>): Promise<void> {
  const make = sql`create table if not exists public.schema_migrations (version varchar(128) primary key)`;
  await make.execute(db).catch((error: { code?: string }) => {
    // Another program has made it just now: "if not exists" looks before it waits (unique_violation, duplicate_object, duplicate_table).
    if (!['23505', '42710', '42P07'].includes(error.code ?? '')) throw error;
  });
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
      const after = await appliedVersions(session);
      // Ours applies some before one fails: only what has grown without an end to it is worth another try.
      if (after.length === before || !isOfAnother(error)) throw error;
    }
  }
}

/** Whether a migration failed because what it makes is there already. */
const isOfAnother = (error: unknown): boolean =>
  /already exists|duplicate key/.test((error as Error).message);

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

/** Runs dbmate. The URL goes by the environment: arguments can be read by every user of the machine. */
export async function dbmate(url: string, ...args: string[]): Promise<void> {
  // which to another program is a file
  if (/\.zip[\\/]/.test(dbPath('migrations')))
    throw new UserError(
      'Migrations can’t be run out of an archive, in which yarn with pnp keeps this package: say nodeLinker: node-modules in .yarnrc.yml.',
      exitCode.database,
    );
  try {
    await promisify(execFile)(
      resolveBinary(),
      [
        // named twice, it would take both
        ...(args.includes('--migrations-dir') ? [] : ['--migrations-dir', dbPath('migrations')]),
        // else it takes the first schema of the search path, which may be somebody's own
        '--migrations-table',
        'public.schema_migrations',
        '--no-dump-schema',
        ...args,
      ],
      // It reads .env where it runs: not the user's, which is about something else.
      { cwd: dbPath('migrations'), env: await dbmateEnvironment(url) },
    );
  } catch (error) {
    // It prints what it does first and what failed last.
    const { stderr, message } = error as { stderr?: string; message: string };
    const reason = stderr?.trim().split('\n').at(-1) ?? message;
    if (isOfPooler(reason))
      throw new UserError(
        `The database ${withoutPassword(url)} can't be migrated: ${ofPooler}.`,
        exitCode.database,
      );
    throw new UserError(`A migration failed and was rolled back: ${reason}`, exitCode.database);
  }
}
