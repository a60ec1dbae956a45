import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { resolveBinary } from 'dbmate';
import { type Kysely, sql } from 'kysely';
import { dbPath } from '../paths.js';
import { exitCode, UserError } from '../problem.js';
import { appliedVersions, noteApplied, refuseEdited, versionOf } from './applied-migrations.js';
import type { DB } from './schema.js';

// Any constant will do: whoever migrates holds it, so that two programs do not migrate at once.
const migrationLock = 7_301_984_265;

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
  return db.connection().execute(async (session) => {
    await sql`select pg_advisory_lock(${migrationLock})`.execute(session);
    try {
      const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
      const applied = await appliedVersions(session);
      const unknown = applied.filter((version) => !files.some((file) => versionOf(file) === version));
      if (unknown.length > 0) {
        throw new UserError(
          `The database was migrated by a newer version of this program (${unknown.join(', ')}). Update the program.`,
          exitCode.database,
        );
      }
      await refuseEdited(session, folder, files);
      const pending = files.filter((file) => !applied.includes(versionOf(file)));
      if (pending.length > 0) await dbmate(url, '--migrations-dir', folder, 'up', '--strict');
      await noteApplied(session, folder, files);
      return pending;
    } finally {
      await sql`select pg_advisory_unlock(${migrationLock})`.execute(session);
    }
  });
}

/** Runs dbmate. The URL goes by the environment: arguments can be read by every user of the machine. */
export async function dbmate(url: string, ...args: string[]): Promise<void> {
  // dbmate's driver asks for TLS unless told otherwise; ours does not.
  const { searchParams } = new URL(url);
  const withMode = searchParams.has('sslmode')
    ? url
    : `${url}${url.includes('?') ? '&' : '?'}sslmode=disable`;
  // Its driver takes these from the environment, and the URL says all.
  const { PGOPTIONS: _options, PGSERVICE: _service, ...env } = process.env;
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
      { cwd: dbPath('migrations'), env: { ...env, DATABASE_URL: withMode } },
    );
  } catch (error) {
    // It prints what it does first and what failed last.
    const { stderr, message } = error as { stderr?: string; message: string };
    const reason = stderr?.trim().split('\n').at(-1) ?? message;
    throw new UserError(`A migration failed and was rolled back: ${reason}`, exitCode.database);
  }
}
