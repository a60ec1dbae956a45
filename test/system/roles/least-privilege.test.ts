import { finished } from 'node:stream/promises';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { roles } from '../../../src/database/role-names.js';
import type { DB } from '../../../src/database/schema.js';
import { allowAttempts } from '../../support/attempts.js';
import { testDatabase, urlOf } from '../../support/database.js';
import { allowed, type Expected, either, forbidden, refused, wrongIn } from './expected.js';
import { functionRule, type Role, schemaRules, sequenceRules, tableRules, viewRule } from './rules.js';

const database = testDatabase();
const everyRole = Object.keys(roles) as Role[];
const ourSchemas = Object.keys(schemaRules);

interface Thing {
  name: string;
  kind: string;
  oid: number;
}
interface Table extends Thing {
  columns: string[];
}
let everyTable: Table[];
/** Those with a decision. */
let tables: Table[];
let views: Table[];
let sequences: Thing[];
let functions: (Thing & { signature: string; call: string })[];
let types: Thing[];
let owner: string;
/** Whether the owner is the server's administrator, who can take rights on its functions away. */
let isAdministrators: boolean;
const sessions = {} as Record<Role, Kysely<DB>>;

const list = async <T>(query: string): Promise<T[]> => (await sql.raw<T>(query).execute(database.db)).rows;
const inOurs = (column: string) =>
  `${column}::regnamespace::text !~ '^(pg_|information_schema$|attempt$)' and not exists (
    select from pg_depend where objid = thing.oid and deptype = 'e')`;

beforeAll(async () => {
  await allowAttempts(database.db);
  const relations = await list<Table>(`
    select relnamespace::regnamespace || '.' || relname as name, relkind as kind, thing.oid::integer as oid,
      (select array_agg(quote_ident(attname) order by attnum) from pg_attribute
       where attrelid = thing.oid and attnum > 0 and not attisdropped) as columns
    from pg_class as thing where relkind not in ('i', 'I', 't') and ${inOurs('relnamespace')} order by 1`);
  everyTable = relations.filter(({ kind }) => ['r', 'p', 'f', 'm'].includes(kind));
  tables = everyTable.filter(({ name }) => tableRules[name]);
  views = relations.filter(({ kind }) => kind === 'v');
  sequences = relations.filter(({ kind }) => kind === 'S');
  functions = await list(`
    select pronamespace::regnamespace || '.' || proname as name, 'function' as kind, thing.oid::integer as oid,
      thing.oid::regprocedure::text as signature,
      format('%s.%I(%s)', pronamespace::regnamespace, proname,
        (select string_agg('null::' || type::regtype, ', ') from unnest(proargtypes) as type)) as call
    from pg_proc as thing where ${inOurs('pronamespace')} order by 1`);
  types = await list(`
    select typnamespace::regnamespace || '.' || typname as name, 'type' as kind, thing.oid::integer as oid
    from pg_type as thing where typtype in ('e', 'd') and ${inOurs('typnamespace')} order by 1`);
  const [who] = await list<{ owner: string; administrator: boolean }>(`
    select quote_ident(current_user) as owner, pg_has_role(proowner, 'usage') as administrator
    from pg_proc where oid = 'lo_create(oid)'::regprocedure`);
  owner = who?.owner as string;
  isAdministrators = who?.administrator as boolean;
  for (const role of everyRole) sessions[role] = connect(urlOf(database, role), { max: 1 });
});
afterAll(() => Promise.all(Object.values(sessions).map((session) => session.destroy())));

const wrong = (role: Role, expected: readonly Expected[]) => wrongIn(sessions[role], role, expected);

/** A grant by somebody who may not is a warning where he has some other right: what counts is whether it was given. */
const grantOf = (what: string, has: string): Expected =>
  refused(
    `do $do$ begin grant ${what} to yot_ratings_reader;
     if not ${has} then raise insufficient_privilege; end if; end $do$`,
  );

test('every table, view, sequence and function has a decision, and every decision has its object', () => {
  const undecided = [
    ...everyTable.filter(({ name }) => !tableRules[name]),
    ...views.filter(({ name }) => !viewRule(name)),
    ...sequences.filter(({ name }) => !sequenceRules[name]),
    ...functions.filter(({ name }) => !functionRule(name)),
    ...types.filter(({ name }) => !name.startsWith('core.')),
  ];
  expect(undecided.map(({ name }) => name)).toEqual([]);
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(tableRules)));
  expect(sequences.map(({ name }) => name).sort()).toEqual(Object.keys(sequenceRules).sort());
  expect(views.length).toBeGreaterThan(40);
});

test('every schema has a decision', async () => {
  const schemas = await list<{ name: string }>(
    "select nspname as name from pg_namespace where nspname !~ '^(pg_|information_schema$|attempt$)' order by 1",
  );
  expect(schemas.map(({ name }) => name)).toEqual([...ourSchemas].sort());
});

describe.each(everyRole)('the %s', (role) => {
  test('reads and changes of each table what the rules say, column by column', async () => {
    const isLoader = role === 'loader';
    const statements = tables.flatMap(({ name, columns }) => {
      const { select, insert, update, delete: mayDelete } = tableRules[name] as (typeof tableRules)[string];
      const reads = select.includes(role);
      const deletes = isLoader && mayDelete;
      return [
        either(reads, `select * from ${name} limit 1`),
        either(reads, `explain select * from ${name}`),
        either(reads && isLoader && update.length > 0, `explain select 1 from ${name} for update`),
        ...columns.map((column) =>
          either(
            isLoader && (insert === 'all' || insert.includes(column)),
            `explain insert into ${name} (${column}) values (default)`,
          ),
        ),
        ...columns.map((column) =>
          either(isLoader && update.includes(column), `explain update ${name} set ${column} = default`),
        ),
        either(deletes, `explain delete from ${name}`),
        either(
          deletes,
          `explain merge into ${name} using (select 1) as one on false when matched then delete`,
        ),
        either(deletes, `lock table ${name} in access exclusive mode`),
        either(reads, `lock table ${name} in access share mode`),
        refused(`truncate ${name} cascade`),
      ];
    });
    expect(statements.length).toBeGreaterThan(700);
    expect(await wrong(role, statements)).toEqual([]);
  });

  test('copies out of and into each table what it may read and insert', async () => {
    const client = new pg.Client(urlOf(database, role));
    client.on('error', () => {});
    await client.connect();
    const codeOf = (work: Promise<unknown>): Promise<string> =>
      work.then(
        () => 'done',
        ({ code }: { code?: string }) => code ?? 'no code',
      );
    const failed = [];
    for (const { name } of tables) {
      const { select, insert } = tableRules[name] as (typeof tableRules)[string];
      const out = await codeOf(
        finished(client.query(copyTo(`copy (select * from ${name}) to stdout`)).resume()),
      );
      const into = await codeOf(finished(client.query(copyFrom(`copy ${name} from stdin`)).end()));
      // Where rows are looked at one by one nothing is copied in, whatever the columns.
      const may = ['core.service_name', 'core.service_authority'].includes(name) ? '0A000' : 'done';
      if (out !== (select.includes(role) ? 'done' : forbidden)) failed.push(`copy ${name} to stdout: ${out}`);
      if (into !== (role === 'loader' && insert === 'all' ? may : forbidden))
        failed.push(`copy ${name} from stdin: ${into}`);
    }
    await client.end();
    expect(failed).toEqual([]);
  });

  test('owns no table: alters, drops, comments, indexes and gives away none', async () => {
    const statements = tables.flatMap(({ name, oid, columns: [column] }) => [
      refused(`alter table ${name} add column mine integer`),
      refused(`alter table ${name} rename to mine`),
      refused(`alter table ${name} disable trigger all`),
      refused(`alter table ${name} disable row level security`),
      refused(`alter table ${name} owner to current_user`),
      refused(`alter table ${name} set schema public`),
      refused(`drop table ${name} cascade`),
      refused(`comment on table ${name} is 'mine'`),
      refused(`create index on ${name} (${column})`),
      refused(`create policy mine on ${name}`),
      refused(`create rule mine as on insert to ${name} do nothing`),
      refused(
        `create trigger mine before insert on ${name} execute function suppress_redundant_updates_trigger()`,
      ),
      refused(`create statistics on ${column}, ${column} from ${name}`, '42701', '0A000', '42704'),
      refused(`reindex table ${name}`, '25001'),
      refused(`cluster ${name}`, '42704', '0A000'),
      grantOf(`truncate on ${name}`, `has_table_privilege('yot_ratings_reader', ${oid}, 'truncate')`),
      grantOf(`select on ${name}`, `has_table_privilege('yot_ratings_reader', ${oid}, 'select')`),
    ]);
    expect(await wrong(role, statements)).toEqual([]);
  });

  test('may not vacuum or analyse a table', async () => {
    const client = new pg.Client(urlOf(database, role));
    client.on('error', () => {});
    await client.connect();
    const notices: string[] = [];
    client.on('notice', ({ message = '' }) => notices.push(message));
    for (const { name } of tables) {
      for (const statement of [`vacuum ${name}`, `analyze ${name}`]) {
        notices.length = 0;
        const code = await client.query(statement).then(
          () => 'done',
          ({ code }: { code: string }) => code,
        );
        const isSkipped = notices.some((notice) => /permission denied|only .* can/.test(notice));
        expect(code === forbidden || isSkipped, `${statement}: ${code} ${notices}`).toBe(true);
      }
    }
    await client.end();
  });

  test('reads the views that are for it, and changes none', async () => {
    const statements = views.flatMap(({ name, oid, columns: [column] }) => [
      either(viewRule(name)?.includes(role) === true, `select * from ${name} limit 1`),
      // 55000: a view through which nobody could write
      refused(`explain insert into ${name} default values`, '55000'),
      refused(`explain update ${name} set ${column} = null`, '55000'),
      refused(`explain delete from ${name}`, '55000'),
      refused(`truncate ${name}`, '42809'),
      refused(`lock table ${name} in access exclusive mode`),
      refused(`create or replace view ${name} as select 1 as mine`, '42P16'),
      refused(`alter view ${name} rename to mine`),
      refused(`alter view ${name} set (security_invoker = true)`),
      refused(`drop view ${name} cascade`),
      refused(`comment on view ${name} is 'mine'`),
      refused(`refresh materialized view ${name}`, '42809'),
      grantOf(`insert on ${name}`, `has_table_privilege('yot_ratings_reader', ${oid}, 'insert')`),
    ]);
    expect(await wrong(role, statements)).toEqual([]);
  });

  test('takes numbers from the sequences that are for it', async () => {
    const statements = sequences.flatMap(({ name, oid }) => [
      either(sequenceRules[name]?.includes(role) === true, `select nextval('${name}')`),
      refused(`select setval('${name}', 1)`),
      refused(`select * from ${name}`),
      refused(`alter sequence ${name} restart`),
      refused(`drop sequence ${name} cascade`),
      grantOf(`usage on sequence ${name}`, `has_sequence_privilege('yot_ratings_reader', ${oid}, 'usage')`),
    ]);
    expect(await wrong(role, statements)).toEqual([]);
  });

  test('calls the functions that are for it, and changes none', async () => {
    const statements = functions.flatMap(({ name, signature, call }) => [
      functionRule(name)?.includes(role)
        ? // called, it may still refuse its arguments
          { statement: `select ${call}`, codes: ['done', '22023', '22004'] }
        : // or before it comes to what it may not do
          refused(`select ${call}`, '22004'),
      refused(`alter function ${signature} owner to current_user`),
      refused(`alter function ${signature} security definer`),
      refused(`drop function ${signature} cascade`),
      refused(`comment on function ${signature} is 'mine'`),
    ]);
    expect(statements.length).toBeGreaterThan(30);
    expect(await wrong(role, statements)).toEqual([]);
  });

  test('names the types of core where it may look into core, and changes none', async () => {
    const statements = types.flatMap(({ name }) => [
      either(schemaRules.core?.includes(role) === true, `select null::${name}`),
      refused(`alter type ${name} rename to mine`),
      refused(`drop type ${name} cascade`),
      refused(`comment on type ${name} is 'mine'`),
    ]);
    expect(statements.length).toBeGreaterThan(3);
    expect(await wrong(role, statements)).toEqual([]);
  });

  test('looks into the schemas that are for it, and makes nothing in any', async () => {
    const makes = (schema: string) => [
      `create table ${schema}.mine (a integer)`,
      `create table ${schema}.mine as select 1 as a`,
      `select 1 as a into ${schema}.mine`,
      `create view ${schema}.mine as select 1 as a`,
      `create materialized view ${schema}.mine as select 1 as a`,
      `create sequence ${schema}.mine`,
      `create type ${schema}.mine as (a integer)`,
      `create domain ${schema}.mine as integer`,
      `create function ${schema}.mine() returns integer language sql return 1`,
      `create procedure ${schema}.mine() language sql as 'select 1'`,
      `create collation ${schema}.mine from "C"`,
      `alter schema ${schema} rename to mine`,
      `alter schema ${schema} owner to current_user`,
      `drop schema ${schema} cascade`,
      `comment on schema ${schema} is 'mine'`,
    ];
    expect(
      await wrong(
        role,
        ourSchemas.flatMap(makes).map((statement) => refused(statement)),
      ),
    ).toEqual([]);
    const looks = await list<{ name: string; may: boolean }>(
      `select nspname as name, has_schema_privilege('${roles[role]}', oid, 'usage') as may
       from pg_namespace where nspname = any('{${ourSchemas}}') order by 1`,
    );
    expect(looks).toEqual(
      [...ourSchemas].sort().map((name) => ({ name, may: schemaRules[name]?.includes(role) })),
    );
  });

  test('does nothing to the database, the server and the other roles', async () => {
    const others = everyRole.filter((other) => other !== role).map((other) => roles[other]);
    const statements = [
      'create schema mine',
      'create role mine',
      'create extension dblink',
      'create publication mine',
      'create event trigger mine on ddl_command_start execute function attempt.code_of()',
      'create foreign data wrapper mine',
      'create language mine handler plpgsql_call_handler',
      'create access method mine type index handler bthandler',
      `comment on database ${await databaseName()} is 'mine'`,
      `alter database ${await databaseName()} set search_path = mine`,
      `alter database ${await databaseName()} owner to current_user`,
      `alter default privileges for role ${owner} grant select on tables to public`,
      `alter role ${owner} password 'mine'`,
      `set role ${owner}`,
      `set session authorization ${owner}`,
      `grant ${owner} to current_user`,
      `reassign owned by ${owner} to current_user`,
      `drop owned by ${owner}`,
      ...others.flatMap((other) => [
        `set role ${other}`,
        `set session authorization ${other}`,
        `grant ${other} to current_user`,
        `alter role ${other} password 'mine'`,
        `alter role ${other} set statement_timeout = 0`,
      ]),
      'alter role current_user superuser',
      'alter role current_user createrole',
      'alter role current_user bypassrls',
      'alter role current_user connection limit -1',
      'set temp_file_limit = -1',
      'set session_replication_role = replica',
      'set log_statement = none',
      'checkpoint',
      "copy (select 1) to '/tmp/mine'",
      "copy (select 1) to program 'true'",
      "load 'mine'",
      "select pg_read_file('postgresql.conf')",
      "select pg_ls_dir('.')",
      "select lo_import('/etc/hostname')",
      'select pg_reload_conf()',
      'select pg_switch_wal()',
      "select pg_create_restore_point('mine')",
      'select * from pg_authid',
      'select * from pg_user_mapping',
      'select * from pg_largeobject',
      'delete from pg_class',
      'select pg_stat_reset()',
    ].map((statement) => refused(statement, ...(/^(load|alter default)/.test(statement) ? ['58P01'] : [])));
    // These are refused for where they are given, whoever gives them.
    const elsewhere = [
      'create database mine',
      `drop database ${await databaseName()}`,
      'alter system set work_mem = 64',
    ];
    expect(await wrong(role, statements)).toEqual([]);
    expect(
      await wrong(
        role,
        elsewhere.map((statement) => refused(statement, '25001')),
      ),
    ).toEqual([]);
  });

  test('ends and cancels no session of the owner', async () => {
    await database.db.connection().execute(async (session) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(session);
      const calls = ['pg_cancel_backend', 'pg_terminate_backend'].map(
        (call) => `select ${call}(${rows[0]?.pid})`,
      );
      expect(
        await wrong(
          role,
          calls.map((call) => refused(call)),
        ),
      ).toEqual([]);
    });
  });

  test('fills neither the table of locks nor the log of changes nor the disk, where an administrator could see to it', async () => {
    const calls = [
      'pg_advisory_lock(1)',
      'pg_advisory_lock(1, 2)',
      'pg_advisory_lock_shared(1)',
      'pg_advisory_xact_lock(1)',
      'pg_advisory_xact_lock_shared(1, 2)',
      'pg_try_advisory_lock(1)',
      'pg_try_advisory_lock_shared(1)',
      'pg_try_advisory_xact_lock(1, 2)',
      "pg_logical_emit_message(false, 'mine', 'much')",
      "pg_notify('mine', 'much')",
      'lo_creat(-1)',
      'lo_create(0)',
      "lo_from_bytea(0, 'mine')",
    ].map((call) => `select ${call}`);
    expect(
      await wrong(
        role,
        calls.map((call) => either(!isAdministrators, call)),
      ),
    ).toEqual([]);
  });

  test('may send and hear notifications, which nobody can take away, and which nothing here hears', async () => {
    expect(await wrong(role, ['listen mine', 'notify mine', 'unlisten *'].map(allowed))).toEqual([]);
  });
});

const databaseName = async () =>
  (await list<{ name: string }>('select quote_ident(current_database()) as name'))[0]?.name as string;
