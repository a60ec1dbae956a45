import { sql } from 'kysely';
import type { Connection } from '../../../src/database/connect.js';
import { analystsOnly } from '../../../src/database/views.js';

/** Functions that write, or that look past the views. */
const calls = [
  "nextval('core.load_load_id_seq')",
  "setval('core.load_load_id_seq', 1)",
  "lo_import('/etc/hostname')",
  "pg_read_file('postgresql.conf')",
  "pg_ls_dir('.')",
  'pg_reload_conf()',
];

/** Functions that anybody may call, unless who owns the server's own functions takes the right away. */
const administratorsCalls = ['lo_creat(-1)', 'lo_create(0)', "lo_from_bytea(0, 'mine')"];

/**
 * Statements, a line each, that the read-only role must be refused: reading any table, partition, view or sequence outside
 * analytics and any view for analysts only; changing any view of analytics; making anything anywhere; calling what writes.
 * @param db the owner's connection: the reader can't list what it may not read
 */
export async function refusedStatements(db: Connection): Promise<string[]> {
  const { rows } = await sql<{ schema: string; name: string; column: string }>`
    select nspname as schema, format('%I.%I', nspname, relname) as name, quote_ident(attname) as column
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    join pg_attribute on attrelid = pg_class.oid and attnum = 1
    where relkind in ('r', 'p', 'v', 'm', 'S') and nspname !~ '^pg_' and nspname <> 'information_schema'
    order by name`.execute(db);
  const { rows: roles } = await sql<{ is_administrator: boolean }>`
    select pg_has_role(proowner, 'usage') as is_administrator from pg_proc where oid = 'lo_create(oid)'::regprocedure`.execute(
    db,
  );
  const views = rows.filter(({ schema }) => schema === 'analytics');
  const others = rows.filter(({ schema }) => schema !== 'analytics');
  const schemas = [...new Set([...rows.map(({ schema }) => schema), 'public'])];
  return [
    ...others.map(({ name }) => `select * from ${name}`),
    ...analystsOnly.map((name) => `select * from ${name}`),
    ...others.map(({ name, column }) => `update ${name} set ${column} = null`),
    ...views.flatMap(({ name, column }) => [
      `insert into ${name} default values`,
      `update ${name} set ${column} = null`,
      `delete from ${name}`,
      `drop view ${name}`,
      `comment on view ${name} is 'mine'`,
    ]),
    ...schemas.flatMap((schema) => [
      `create table ${schema}.mine (a integer)`,
      `create view ${schema}.mine as select 1 as a`,
      `create function ${schema}.mine() returns integer language sql return 1`,
    ]),
    'create schema mine',
    'create role mine',
    'alter role yot_ratings_reader superuser',
    'set role yot_ratings_analyst',
    "copy (select 1) to program 'true'",
    ...[...calls, ...(roles[0]?.is_administrator ? administratorsCalls : [])].map((call) => `select ${call}`),
  ];
}
