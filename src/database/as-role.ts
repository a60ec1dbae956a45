import { type Kysely, sql } from 'kysely';
import { exitCode, UserError } from '../problem.js';
import { migrationFiles } from './migrate.js';
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
  const { rows } = await sql<Record<'schema_version' | 'views_version' | 'program', string | null>>`
    select * from analytics.database_version`
    .execute(db)
    .catch((error: { code?: string }) => {
      // no such schema, no such view
      if (['3F000', '42P01'].includes(error.code ?? '')) return { rows: [] };
      throw error;
    });
  const [found] = rows;
  const version = found?.schema_version ?? '';
  const newest = (await migrationFiles()).at(-1)?.version as string;
  const ownerMay = "have its owner bring it up to date: yot-ratings db up with the owner's DATABASE_URL.";
  let why: string | undefined;
  if (version < newest) why = `is ${found ? '' : 'empty or '}older than this program: ${ownerMay}`;
  else if (version > newest)
    why = `was migrated by a newer version of this program (${version}). Update the program.`;
  else if (found?.views_version !== (await viewSources()).hash)
    why = `has the views of another version of this program (${found?.program}): update the program, or ${ownerMay}`;
  if (why !== undefined) throw new UserError(`The database ${why}`, exitCode.database);
}
