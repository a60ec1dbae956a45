import { type Kysely, sql } from 'kysely';
import { exitCode, UserError } from '../../problem.js';
import type { Connection } from '../connect.js';
import { roles } from '../role-names.js';
import type { DB } from '../schema.js';
import { fit } from './fit.js';
import { clusterOf } from './workers.js';

/** Where tables go. */
interface Layout {
  /** Distributed by inspection_id, those of one inspection to one shard. */
  byInspection: string[];
  /** Copied to every server. */
  copied: string[];
}

/** What was done, or would be. */
export interface Distributed extends Layout {
  workers: number;
  /** In order. None where the database is distributed already. */
  statements: string[];
}

/**
 * Turns a migrated database, empty or filled, into a distributed one, all of it or nothing. Done again it does nothing.
 * Throws a UserError where there is no coordinator with workers.
 * @param shards how many shards; as many as citus.shard_count says when it is not given
 */
export async function distribute(
  db: Kysely<DB>,
  { shards, dryRun = false }: { shards?: number | undefined; dryRun?: boolean } = {},
): Promise<Distributed> {
  const cluster = await clusterOf(db);
  if (!cluster)
    throw new UserError(
      'The database is on no coordinator of Citus that knows workers, so there is nothing to distribute it over. Make the extension ' +
        'citus in it, and add the workers there (citus_set_coordinator_host, citus_add_node).',
      exitCode.database,
    );
  const { workers } = cluster;
  const layout = await layoutOf(db);
  const statements = cluster.isDistributed
    ? []
    : [...(await settings(db, shards)), ...(await placing(db, layout))];
  if (!dryRun) {
    await db.transaction().execute(async (trx) => {
      for (const statement of statements) await sql.raw(statement).execute(trx);
    });
    // On the workers only what is committed can be granted. Whoever was stopped before this calls the command again.
    await fit(db);
    if (statements.length > 0) await sql`analyze`.execute(db);
  }
  return { ...layout, workers, statements };
}

/**
 * Where the tables go, as the catalogue has it. Evidence and counts have the inspection in their primary key. core.inspection hands these
 * keys out: it is copied, a row an inspection, so that its code, its service and its day stay unique whoever writes them, and
 * a trigger there still notices what is taken away. Records of loads and what the program keeps of itself stay on the
 * coordinator, with their triggers and policies: no view joins them to evidence row by row. All else is copied.
 */
async function layoutOf(db: Connection): Promise<Layout> {
  const { rows } = await sql<{ name: string; by_inspection: boolean }>`
    with recursive own as (
      select oid, relnamespace
      from pg_class
      where relnamespace in ('core'::regnamespace, 'kept'::regnamespace)
        and relkind in ('r', 'p')
        and not relispartition
    ),
    tied as (
      select conrelid as one, confrelid as other from pg_constraint where contype = 'f'
      union
      select confrelid, conrelid from pg_constraint where contype = 'f'
    ),
    recorded as (
      select 'core.load'::regclass::oid as oid
      union
      select other from recorded join tied on one = recorded.oid
    ),
    read as (
      select own.oid
      from own
      join pg_depend as depend on depend.refobjid = own.oid and depend.refclassid = 'pg_class'::regclass
      where depend.classid = 'pg_rewrite'::regclass
      union
      select other from read join tied on one = read.oid
    )
    select
      own.oid::regclass::text as name,
      exists (
        select
        from pg_index
        join pg_attribute on attrelid = indrelid and attnum = any(indkey)
        where indrelid = own.oid and indisprimary and attname = 'inspection_id' and attidentity = ''
      ) as by_inspection
    from own
    where oid in (select oid from read) and oid not in (select oid from recorded)
    order by name`.execute(db);
  const named = (which: boolean) => rows.filter(({ by_inspection }) => by_inspection === which);
  return {
    byInspection: named(true).map(({ name }) => name),
    copied: named(false).map(({ name }) => name),
  };
}

async function settings(db: Connection, shards: number | undefined): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select quote_ident(current_database()) as name`.execute(db);
  const name = rows[0]?.name as string;
  // What goes to a table that every server has a copy of is seen by what comes after it in the same transaction only on the same
  // connection; and the triggers below belong to such tables, where their function knows that it is called on each server.
  const wanted = { 'citus.multi_shard_modify_mode': "'sequential'", 'citus.enable_unsafe_triggers': 'on' };
  return [
    ...Object.entries(wanted).flatMap(([setting, value]) => [
      `alter database ${name} set ${setting} = ${value}`,
      `set local ${setting} = ${value}`,
    ]),
    `alter role ${roles.reader} in database ${name} set citus.task_assignment_policy = 'round-robin'`,
    ...(shards === undefined ? [] : [`set local citus.shard_count = ${shards}`]),
  ];
}

async function placing(db: Connection, { byInspection, copied }: Layout): Promise<string[]> {
  const tables = [...copied, ...byInspection];
  const { rows: keys } = await sql<{ on_table: string; name: string; definition: string }>`
    select conrelid::regclass::text as on_table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint
    where contype = 'f' and conparentid = 0 and conrelid = any(${tables}::text[]::regclass[])
    order by 1, 2`.execute(db);
  const { rows: wide } = await sql<{ on_table: string; name: string }>`
    select tgrelid::regclass::text as on_table, quote_ident(tgname) as name
    from pg_trigger
    where not tgisinternal
      and coalesce(tgnewtable, tgoldtable) is not null
      and tgrelid = any(${tables}::text[]::regclass[])
    order by 1, 2`.execute(db);
  const [first, ...others] = byInspection;
  return [
    // Their functions look at tables of which each server has its own copy.
    ...['core.look_up_quantiles()', 'core.is_named(bigint)', 'core.has_authorities(bigint)'].map(
      (name) => `alter function ${name} set citus.allow_nested_distributed_execution = on`,
    ),
    ...wide.map(({ on_table, name }) => `drop trigger ${name} on ${on_table}`),
    // put back when both ends are where they go
    ...keys.map(({ on_table, name }) => `alter table ${on_table} drop constraint ${name}`),
    ...copied.map((name) => `select create_reference_table('${name}')`),
    `select create_distributed_table('${first}', 'inspection_id')`,
    ...others.map(
      (name) => `select create_distributed_table('${name}', 'inspection_id', colocate_with => '${first}')`,
    ),
    ...keys.map(
      ({ on_table, name, definition }) => `alter table ${on_table} add constraint ${name} ${definition}`,
    ),
    ...[...new Set(wide.map(({ on_table }) => on_table))].flatMap((name) => [
      `create trigger note_changed_rules after insert or update or delete on ${name}
        for each row execute function core.note_changed_rules()`,
      `create constraint trigger rate_noted_editions after insert or update or delete on ${name}
        deferrable initially deferred for each row execute function core.rate_noted_editions()`,
    ]),
    ...records,
    ...(await ownersOnly(db)),
  ];
}

/**
 * Records of ratings are written as whoever loads: see fit.ts. A loader writes those of his own load alone; db check shows what is not
 * what the views give.
 */
const records = [
  `grant insert (inspection_id, load_id, why, service, area, edition_code, fieldwork_start, year, published, is_synthetic)
    on core.rating_record to ${roles.loader}`,
  `grant insert on core.recorded_rating to ${roles.loader}`,
  ...['core.rating_record', 'core.recorded_rating'].flatMap((name) => [
    `alter table ${name} enable row level security`,
    `create policy everybody_sees_all on ${name} for select using (true)`,
  ]),
  `create policy loaders_record_their_loads on core.rating_record for insert to ${roles.loader}
    with check (why in ('loaded', 'replaced') and core.is_own_load(load_id))`,
  `create policy loaders_record_their_loads on core.recorded_rating for insert to ${roles.loader}
    with check (core.is_own_load((select load_id from core.rating_record as record where record.record_id = recorded_rating.record_id)))`,
];

/** Takes from everybody but the owner what has workers run any text. */
async function ownersOnly(db: Connection): Promise<string[]> {
  const { rows } = await sql<{ statement: string }>`
    select format('revoke execute on function %s from public', pg_proc.oid::regprocedure) as statement
    from pg_proc
    join pg_depend on objid = pg_proc.oid and classid = 'pg_proc'::regclass and deptype = 'e'
    join pg_extension on pg_extension.oid = refobjid and extname = 'citus'
    where proname ~ '^(run_command_on_|master_run_on_worker$)'
    order by 1`.execute(db);
  return rows.map(({ statement }) => statement);
}
