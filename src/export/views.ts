import { sql } from 'kysely';
import { relations } from '../database/catalogue.js';
import type { Connection } from '../database/connect.js';
import { readerRole } from '../database/role-names.js';
import { analystsOnly, viewSources } from '../database/views.js';
import { didYouMean } from '../nearest.js';
import { exitCode, UserError } from '../problem.js';
import { describe, type ViewDescription } from './describe.js';

/** Says which version a database is of: nothing to publish. */
const ofDatabase = 'database_version';

/**
 * The views that are open to everybody, described: those of analytics that this program made and the reader's role may
 * read. What is for analysts only is never among them, whatever rights somebody has given out.
 */
export async function openViews(db: Connection): Promise<ViewDescription[]> {
  const made = await madeViews(db);
  const { rows } = await sql<{ name: string }>`
    select c.relname as name
    from pg_class c
    where c.relkind = 'v'
      and c.relnamespace = 'analytics'::regnamespace
      and has_table_privilege(${readerRole}, c.oid, 'select')`.execute(db);
  const open = new Set(
    rows
      .map(({ name }) => name)
      .filter((name) => made.has(`analytics.${name}`))
      .filter((name) => !analystsOnly.includes(`analytics.${name}`) && name !== ofDatabase),
  );
  const { meanings } = await viewSources();
  return (await relations(db, ['analytics']))
    .filter(({ name }) => open.has(name))
    .map((view) => describe(view, meanings));
}

/** The views that this program made: as the database says, or, where that is not open to us, as this program would make them. */
async function madeViews(db: Connection): Promise<Set<string>> {
  const { rows: rights } = await sql<{ may: boolean }>`
    select has_table_privilege(c.oid, 'select') and has_schema_privilege(c.relnamespace, 'usage') as may
    from pg_class c
    where c.relname = 'made_object' and c.relnamespace = 'core'::regnamespace`.execute(db);
  if (!rights[0]?.may) return new Set((await viewSources()).views.map(({ name }) => name));
  const { rows } = await sql<{ name: string }>`select name from core.made_object where kind = 'view'`.execute(
    db,
  );
  return new Set(rows.map(({ name }) => name.replaceAll('"', '')));
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
    if (analystsOnly.includes(`analytics.${given}`))
      throw new UserError(
        `The view ${given} is for analysts only, because small groups of cases are not protected in it: it is never exported.`,
        exitCode.call,
      );
    throw new UserError(
      `There is no view "${given}"${didYouMean(given, names)}: there are ${names.join(', ')}.`,
      exitCode.call,
    );
  }
  return views.filter(({ name }) => only.includes(name));
}
