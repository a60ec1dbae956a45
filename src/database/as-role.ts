import { readdir } from 'node:fs/promises';
import { type Kysely, sql } from 'kysely';
import { dbPath } from '../paths.js';
import { exitCode, UserError } from '../problem.js';
import type { DB } from './schema.js';
import { viewSources } from './views.js';

/** Whether we may migrate: we own schema core, or there is none yet and we may make one. */
export async function isOwner(db: Kysely<DB>): Promise<boolean> {
  const { rows } = await sql<{ is_owner: boolean }>`
    select
      coalesce(
        (select pg_has_role(nspowner, 'usage') from pg_namespace where nspname = 'core'),
        has_database_privilege(current_database(), 'create')
      ) as is_owner`.execute(db);
  return rows[0]?.is_owner ?? false;
}

/**
 * Holds a database that we do not own against this program.
 * Throws a UserError when it has no schema yet, or one that is older or newer.
 */
export async function checkAsRole(db: Kysely<DB>): Promise<void> {
  const found = await versionOf(db);
  const files = await readdir(dbPath('migrations'));
  const newest = files
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .at(-1)
    ?.split('_')[0] as string;
  if (!found || (found.schema_version ?? '') < newest) {
    throw new UserError(
      `The database is ${found === undefined ? 'empty or older than' : 'older than'} this program. ` +
        "Have its owner bring it up to date: yot-ratings db up with the owner's DATABASE_URL.",
      exitCode.database,
    );
  }
  if ((found.schema_version as string) > newest) {
    throw new UserError(
      `The database was migrated by a newer version of this program (${found.schema_version}). Update the program.`,
      exitCode.database,
    );
  }
  if (found.views_version !== (await viewSources()).hash) {
    throw new UserError(
      `The views of the database are those of another version of this program (${found.program}). Update the program, or have ` +
        "the owner bring them up to date: yot-ratings db up with the owner's DATABASE_URL.",
      exitCode.database,
    );
  }
}

interface Version {
  schema_version: string | null;
  views_version: string | null;
  program: string | null;
}

/** What the database says of itself; undefined when it says nothing to us. */
async function versionOf(db: Kysely<DB>): Promise<Version | undefined> {
  try {
    const { rows } = await sql<Version>`select * from analytics.database_version`.execute(db);
    return rows[0];
  } catch (error) {
    // no such schema, no such view, or a schema that is not open to us
    if (['3F000', '42P01', '42501'].includes((error as { code?: string }).code ?? '')) return undefined;
    throw error;
  }
}
