import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { resolveBinary } from 'dbmate';
import { type Kysely, sql } from 'kysely';
import { dbPath } from '../paths.js';
import { exitCode, UserError } from '../problem.js';
import type { DB } from './schema.js';
import { migratingName } from './session-name.js';

// Any constant will do: whoever migrates holds it, so that two programs do not migrate at once.
const migrationLock = 7_301_984_265;

/**
 * Applies the migrations that are missing, with dbmate; returns their file names.
 * Throws a UserError when a migration fails, or when the database is newer than this program.
 */
export async function migrate(db: Kysely<DB>, url: string): Promise<string[]> {
  return db.connection().execute(async (session) => {
    await sql`select pg_advisory_lock(${migrationLock})`.execute(session);
    try {
      const files = (await readdir(dbPath('migrations'))).filter((file) => file.endsWith('.sql')).sort();
      const applied = await appliedVersions(session);
      const unknown = applied.filter((version) => !files.some((file) => file.startsWith(`${version}_`)));
      if (unknown.length > 0) {
        throw new UserError(
          `The database was migrated by a newer version of this program (${unknown.join(', ')}). Update the program.`,
          exitCode.database,
        );
      }
      const pending = files.filter((file) => !applied.some((version) => file.startsWith(`${version}_`)));
      if (pending.length > 0) await applyAll(session, url);
      return pending;
    } finally {
      await sql`select pg_advisory_unlock(${migrationLock})`.execute(session);
    }
  });
}

/**
 * Applies what is missing. A program that was killed leaves its dbmate behind, which goes on without the lock: it is waited
 * for, and one that begins meanwhile makes ours fail, which then goes on from where the other got to.
 */
async function applyAll(session: Kysely<DB>, url: string): Promise<void> {
  for (;;) {
    await untilNobodyMigrates(session);
    const before = (await appliedVersions(session)).length;
    try {
      return await dbmate(url, 'up', '--strict');
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

/** Waits for what is left of programs that were killed; their sessions end with what they do. */
async function untilNobodyMigrates(session: Kysely<DB>): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      select from pg_stat_activity
      where datname = current_database() and application_name like 'yot-ratings % migrating'`.execute(
      session,
    );
    if (rows.length === 0) return;
    await pause(100);
  }
}

/** Versions of the migrations that the database has, oldest first. */
async function appliedVersions(db: Kysely<DB>): Promise<string[]> {
  const { rows: tables } = await sql<{ found: boolean }>`
    select to_regclass('public.schema_migrations') is not null as found`.execute(db);
  if (!tables[0]?.found) return [];
  const { rows } = await sql<{
    version: string;
  }>`select version from public.schema_migrations order by version`.execute(db);
  return rows.map(({ version }) => version);
}

/** Runs dbmate. The URL goes by the environment: arguments can be read by every user of the machine. */
export async function dbmate(url: string, ...args: string[]): Promise<void> {
  // dbmate's driver asks for TLS unless told otherwise; ours does not.
  const { searchParams } = new URL(url);
  const more = [
    ...(searchParams.has('sslmode') ? [] : ['sslmode=disable']),
    ...(searchParams.has('application_name')
      ? []
      : [`application_name=${encodeURIComponent(migratingName)}`]),
  ].join('&');
  const withMode = more === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${more}`;
  // Its driver takes these from the environment, and the URL says all.
  const { PGOPTIONS: _options, PGSERVICE: _service, ...env } = process.env;
  try {
    await promisify(execFile)(
      resolveBinary(),
      [
        '--migrations-dir',
        dbPath('migrations'),
        // else it takes the first schema of the search path, which may be somebody's own
        '--migrations-table',
        'public.schema_migrations',
        '--no-dump-schema',
        ...args,
      ],
      // It reads .env where it runs: not the user's, which is about something else.
      { cwd: dbPath('migrations'), env: { ...env, DATABASE_URL: withMode } },
    );
  } catch (error) {
    // It prints what it does first and what failed last.
    const { stderr, message } = error as { stderr?: string; message: string };
    const reason = stderr?.trim().split('\n').at(-1) ?? message;
    throw new UserError(`A migration failed and was rolled back: ${reason}`, exitCode.database);
  }
}
