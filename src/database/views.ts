import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import { dbPath } from '../disk/paths.js';
import { exitCode, UserError } from '../problem.js';
import { programVersion } from '../version.js';
import { citusOf, fit } from './citus.js';
import { ColumnMeanings } from './columns.js';
import type { DB } from './schema.js';

interface SourceFile {
  file: string;
  /** What it makes: schema.name. */
  name: string;
  text: string;
}

/** Views of analytics that the reader may not read: small groups of cases are not protected in them, and a child could be known by them. */
export const analystsOnly: readonly string[] = ['analytics.subgroup_count'];

/** A view or function in rating or analytics, by the name that drop statements give it. */
interface SchemaObject {
  kind: 'view' | 'function';
  name: string;
}

/** Functions and views as this program has them. `hash` tells them from those of another version. */
interface ViewSources {
  functions: SourceFile[];
  views: SourceFile[];
  meanings: ColumnMeanings;
  hash: string;
}

let sources: Promise<ViewSources> | undefined;

/** The files of functions and views. They belong to the program: a process reads them once. */
export function viewSources(): Promise<ViewSources> {
  sources ??= readSources();
  return sources;
}

async function readSources(): Promise<ViewSources> {
  const functions = await sourceFiles('functions');
  const views = await sourceFiles('views');
  const meanings = new ColumnMeanings();
  const hash = createHash('sha256');
  for (const { file, text } of [...functions, ...views]) hash.update(`${file}\0${text}\0`);
  return { functions, views, meanings, hash: hash.update(meanings.text).digest('hex') };
}

/** Files of db/functions or db/views, each with the object that it makes. */
async function sourceFiles(folder: 'functions' | 'views'): Promise<SourceFile[]> {
  const files = (await readdir(dbPath(folder), { recursive: true }))
    .filter((file) => file.endsWith('.sql'))
    .sort();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(dbPath(folder, file), 'utf8');
      const name = text.match(/^create (?:view|function) (\w+\.\w+)/m)?.[1];
      if (!name) throw new Error(`db/${folder}/${file} creates nothing`);
      return { file, name, text };
    }),
  );
}

/** In milliseconds: shorter than the server takes to look for a deadlock (1 s), so that no reader is ever chosen to be stopped. */
const longestWait = 250;
const patience = 60_000;

/**
 * Re-creates functions and views from their files when these differ from what the database has; returns how many views.
 * All or nothing, in one transaction: readers see the old views or the new ones. While somebody else has one of them it is tried again and
 * again, giving way after a moment: as long as it waits, everybody who comes after it waits, too.
 * Throws a UserError when a newer program has made them, when somebody's own object depends on a view that has to go, or has the name
 * of one to come, and when others do not let go.
 */
export async function recreateViews(db: Kysely<DB>): Promise<number> {
  const all = await viewSources();
  for (const begun = performance.now(); ; await pause(longestWait)) {
    try {
      return await db.transaction().execute((trx) => renew(trx, all));
    } catch (error) {
      // lock_not_available, deadlock_detected
      if (!['55P03', '40P01'].includes((error as { code?: string }).code ?? '')) throw error;
      if (performance.now() - begun > patience)
        throw new UserError(
          "The views can't be renewed, because others have been reading one of them for a minute: run this again when they are done " +
            '(pg_stat_activity says who they are).',
          exitCode.database,
        );
    }
  }
}

async function renew(
  trx: Transaction<DB>,
  { functions, views, meanings, hash }: ViewSources,
): Promise<number> {
  // One at a time. A lock of a table can be held only by who may change it; what is in it can be read meanwhile.
  await sql`lock table core.made_object in share row exclusive mode`.execute(trx);
  const last = await trx
    .selectFrom('core.load')
    .select(['load_id', 'content_hash', 'program'])
    .where('kind', '=', 'views')
    .orderBy('load_id', 'desc')
    .executeTakeFirst();
  if (last?.content_hash === hash) return 0;
  refuseNewer(last?.program);

  const isDistributed = (await citusOf(trx))?.isDistributed ?? false;
  await dropMade(trx);
  const others = await objects(trx);
  for (const { text } of functions) await make(trx, text);
  // Workers call the functions. Views are asked for on the coordinator alone.
  if (isDistributed) await sql`set local citus.enable_ddl_propagation = off`.execute(trx);
  for (const { text } of inDependencyOrder(views)) await make(trx, text);
  const made = (await objects(trx)).filter(({ name }) => !others.some((other) => other.name === name));
  await trx.insertInto('core.made_object').values(made).execute();
  await comment(trx, meanings);
  const names = views.map(({ name }) => name);
  const forReaders = names.filter((name) => name.startsWith('analytics.') && !analystsOnly.includes(name));
  await sql
    .raw(
      `grant select on ${names.join(', ')} to yot_ratings_analyst, yot_ratings_loader;
      grant select on ${forReaders.join(', ')} to yot_ratings_reader`,
    )
    .execute(trx);
  if (isDistributed) {
    await sql`set local citus.enable_ddl_propagation = on`.execute(trx);
    await fit(trx);
  }
  await renewKept(trx);
  await trx
    .insertInto('core.load')
    .values({ kind: 'views', subject: 'analytics', content_hash: hash, program: programVersion })
    .execute();
  return views.length;
}

/** What is kept was computed by the views that were there before: it is made anew where there is any. */
async function renewKept(trx: Transaction<DB>): Promise<void> {
  const { rows } = await sql`select from core.edition limit 1`.execute(trx);
  if (rows.length === 0) return;
  // tables that were filled just now, as by a restore, would be planned for as if they were empty
  await sql`select core.analyze_loaded()`.execute(trx);
  await sql`select rating.rate_edition(edition_code) from core.edition`.execute(trx);
  await sql`select rating.renew()`.execute(trx);
}

/** Refuses to put older views in the place of a newer program's ('yot-ratings 0.2.0'). Throws a UserError. */
function refuseNewer(program = programVersion): void {
  if (program.localeCompare(programVersion, 'en', { numeric: true }) <= 0) return;
  throw new UserError(
    `The views of the database were made by a newer version of this program (${program}; this is ${programVersion}). Update the program.`,
    exitCode.database,
  );
}

/** Sorts views so that each comes after those that it names. */
function inDependencyOrder(views: SourceFile[]): SourceFile[] {
  const ordered = new Set<SourceFile>();
  const visit = (view: SourceFile, above: SourceFile[]): void => {
    if (ordered.has(view)) return;
    if (above.includes(view)) throw new Error(`view ${view.name} depends on itself`);
    for (const other of views)
      if (other !== view && new RegExp(`\\b${other.name}\\b`).test(view.text)) visit(other, [...above, view]);
    ordered.add(view);
  };
  for (const view of views) visit(view, []);
  return [...ordered];
}

/** Every view and function in rating and analytics, whoever made it. */
async function objects(trx: Transaction<DB>): Promise<SchemaObject[]> {
  const { rows } = await sql<SchemaObject>`
    select 'view' as kind, format('%I.%I', schemaname, viewname) as name
    from pg_views
    where schemaname in ('rating', 'analytics')
    union all
    select 'function', format('%I.%I(%s)', nspname, proname, pg_get_function_identity_arguments(pg_proc.oid))
    from pg_proc
    join pg_namespace on pg_namespace.oid = pronamespace and nspname in ('rating', 'analytics')
    order by kind, name`.execute(trx);
  return rows;
}

/** Drops what this program has made in rating and analytics, and nothing that needs it or that somebody else put there. */
async function dropMade(trx: Transaction<DB>): Promise<void> {
  const made = await trx.deleteFrom('core.made_object').returning(['kind', 'name']).execute();
  const present = (await objects(trx)).filter(({ name }) => made.some((object) => object.name === name));
  await sql`select set_config('lock_timeout', ${`${longestWait}ms`}, true)`.execute(trx);
  for (const kind of ['view', 'function'] as const) {
    const names = present.filter((object) => object.kind === kind).map(({ name }) => name);
    if (names.length > 0) await make(trx, `drop ${kind} ${names.join(', ')}`);
  }
  await sql`set local lock_timeout = default`.execute(trx);
}

/** Makes or drops views and functions. Throws a UserError where something of somebody else's is in the way. */
async function make(trx: Transaction<DB>, statement: string): Promise<void> {
  try {
    await sql.raw(statement).execute(trx);
  } catch (error) {
    const { code, message, detail } = error as { code?: string; message?: string; detail?: string };
    // dependent_objects_still_exist, duplicate_table (a view is one to the server), duplicate_function
    const why = {
      '2BP01': `something of yours depends on them: ${detail?.split('\n').join('; ')}. Drop it`,
      '42P07': `something of yours has the name of one: ${message}. Rename it`,
      '42723': `something of yours has the name of one: ${message}. Rename it`,
    }[code ?? ''];
    if (why === undefined) throw error;
    throw new UserError(`The views can't be renewed, because ${why}, and run this again.`, exitCode.database);
  }
}

/** Comments columns as columns.yaml has them (but where a view's file says more), and says the key of each public view. */
async function comment(trx: Transaction<DB>, meanings: ColumnMeanings): Promise<void> {
  const { rows } = await sql<{ schema: string; view: string; about: string; columns: string[] | null }>`
    select
      n.nspname as schema,
      c.relname as view,
      obj_description(c.oid, 'pg_class') as about,
      array_agg(a.attname::text order by a.attnum) filter (where col_description(c.oid, a.attnum) is null) as columns
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind = 'v'
    join pg_namespace n on n.oid = c.relnamespace and n.nspname in ('rating', 'analytics')
    join core.made_object on kind = 'view' and name = format('%I.%I', n.nspname, c.relname)
    where a.attnum > 0
    group by n.nspname, c.relname, c.oid`.execute(trx);
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const statements = rows.flatMap(({ schema, view, about, columns }) => {
    const publicView = schema === 'analytics' ? view : undefined;
    const name = `${schema}."${view}"`;
    const said = (columns ?? []).map(
      (column) =>
        `comment on column ${name}."${column}" is ${quoted(meanings.of(column, publicView).comment)}`,
    );
    const key = publicView && `${about} Key: ${meanings.keyOf(publicView).join(', ')}.`;
    return key ? [...said, `comment on view ${name} is ${quoted(key)}`] : said;
  });
  await sql.raw(statements.join(';\n')).execute(trx);
}
