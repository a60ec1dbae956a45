import { sql } from 'kysely';
import { relations } from '../database/catalogue.js';
import type { Connection } from '../database/connect.js';
import { readerRole } from '../database/role-names.js';
import { analystsOnly, viewSources } from '../database/views.js';
import { exitCode, UserError } from '../problem.js';
import { didYouMean } from '../words/nearest.js';
import { describe, type ViewDescription } from './describe.js';

/** Says which version a database is of: nothing to publish. */
const ofDatabase = 'database_version';

/**
 * The views that are open to everybody, described: those of analytics that this program makes and the reader's role may
 * read. What is for analysts only is never among them, whatever rights somebody has given out.
 */
export async function openViews(db: Connection): Promise<ViewDescription[]> {
  const { views, meanings } = await viewSources();
  const made = views.map(({ name }) => name).filter((name) => !analystsOnly.includes(name));
  const { rows } = await sql<{ name: string }>`
    select c.relname as name
    from pg_class c
    where c.relkind = 'v'
      and c.relnamespace = 'analytics'::regnamespace
      and has_table_privilege(${readerRole}, c.oid, 'select')`.execute(db);
  const open = rows
    .map(({ name }) => name)
    .filter((name) => made.includes(`analytics.${name}`) && name !== ofDatabase);
  return (await relations(db, ['analytics']))
    .filter(({ name }) => open.includes(name))
    .map((view) => describe(view, meanings));
}

/** The views of the given names, in their own order; all without names. Throws a UserError for a name that is none. */
export function chosenViews(
  views: readonly ViewDescription[],
  only: readonly string[] | undefined,
): ViewDescription[] {
  if (only === undefined) return [...views];
  const names = views.map(({ name }) => name);
  for (const given of only) {
    if (names.includes(given)) continue;
    throw new UserError(
      `There is no view "${given}"${didYouMean(given, names)}: there are ${names.join(', ')}.`,
      exitCode.call,
    );
  }
  return views.filter(({ name }) => only.includes(name));
}
