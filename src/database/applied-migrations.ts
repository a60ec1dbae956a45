import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { exitCode, UserError } from '../problem.js';
import { programVersion } from '../version.js';
import type { Connection } from './connect.js';

/** Versions of the migrations that the database has, oldest first. */
export async function appliedVersions(db: Connection): Promise<string[]> {
  if (!(await isThere(db, 'public.schema_migrations'))) return [];
  const { rows } = await sql<{
    version: string;
  }>`select version from public.schema_migrations order by version`.execute(db);
  return rows.map(({ version }) => version);
}

/** What the files of applied migrations said when they were applied, or first seen: their digests by version. */
export async function notedDigests(db: Connection): Promise<Map<string, string>> {
  if (!(await isThere(db, 'core.applied_migration'))) return new Map();
  const { rows } = await sql<{ version: string; sha256: string }>`
    select version, sha256 from core.applied_migration`.execute(db);
  return new Map(rows.map(({ version, sha256 }) => [version, sha256]));
}

/**
 * Refuses files of migrations that say something else than when they were applied: what the database has is then not what they
 * describe. Throws a UserError that names them.
 */
export async function refuseEdited(db: Connection, folder: string, files: readonly string[]): Promise<void> {
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
export async function noteApplied(db: Connection, folder: string, files: readonly string[]): Promise<void> {
  if (!(await isThere(db, 'core.applied_migration'))) return;
  const [applied, noted] = [await appliedVersions(db), await notedDigests(db)];
  for (const file of files) {
    const version = versionOf(file);
    if (!applied.includes(version) || noted.has(version)) continue;
    const sha256 = await digestOf(path.join(folder, file));
    await sql`
      insert into core.applied_migration (version, sha256, program)
      values (${version}, ${sha256}, ${programVersion})
      on conflict do nothing`.execute(db);
  }
}

/** The version that a migration's file name begins with. */
export const versionOf = (file: string): string => file.split('_')[0] as string;

/** Digest of a file, whatever line ends its copy has on this machine. */
export async function digestOf(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

async function isThere(db: Connection, table: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select to_regclass(${table}) is not null as found`.execute(
    db,
  );
  return rows[0]?.found ?? false;
}
