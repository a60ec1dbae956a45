import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { openDatabase } from '../../../src/database/open.js';
import { asReader } from '../../../src/database/roles.js';
import type { DB } from '../../../src/database/schema.js';
import { testDatabase, withEmptyDatabase } from '../../support/database.js';

const database = testDatabase();
let reader: Kysely<DB>;
beforeAll(() => {
  reader = connect(asReader(database.url, process.env.YOT_RATINGS_READER_PASSWORD as string));
});
afterAll(() => reader.destroy());

/** The SQLSTATE with which the server refuses a statement; 'done' when it does as told. */
async function refusalOf(statement: string, as: Kysely<DB> = reader): Promise<string> {
  try {
    await sql.raw(statement).execute(as);
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** Names of what the owner sees in schemas. */
async function relations(kinds: string[], schemas: string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', relnamespace::regnamespace::text, relname) as name
    from pg_class
    where relkind = any(${kinds}) and relnamespace::regnamespace::text = any(${schemas})
    order by 1`.execute(database.db);
  return rows.map(({ name }) => name);
}

const forbidden = '42501';

describe('the reader', () => {
  test('is who it says, without any of the powers a role can have', async () => {
    const { rows } = await sql`
      select session_user, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
        (select count(*) from pg_auth_members where member = pg_roles.oid) as memberships
      from pg_roles where rolname = session_user`.execute(reader);
    expect(rows).toEqual([
      {
        session_user: 'yot_ratings_reader',
        rolsuper: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
        rolbypassrls: false,
        memberships: 0,
      },
    ]);
  });

  test('reads every view of analytics but that of small groups of cases', async () => {
    const views = await relations(['v'], ['analytics']);
    expect(views.length).toBeGreaterThanOrEqual(10);
    for (const view of views) {
      const expected = view === 'analytics.subgroup_count' ? forbidden : 'done';
      expect(await refusalOf(`select * from ${view}`), view).toBe(expected);
    }
    const { rows } = await sql`select count(*) as inspections from analytics.inspection`.execute(reader);
    expect(rows).toEqual([{ inspections: 5 }]);
  });

  test('reads no table of core and no view of rating', async () => {
    const others = await relations(['r', 'v', 'm', 'S'], ['core', 'rating']);
    expect(others.length).toBeGreaterThan(45);
    for (const other of others) expect(await refusalOf(`select * from ${other}`), other).toBe(forbidden);
    expect(await refusalOf('select * from public.schema_migrations')).toBe(forbidden);
  });

  test.each([
    [['core', 'public'], ['r'], [forbidden]],
    // 55000: a view that nobody could write through; 42809: one that nobody could truncate
    [['rating', 'analytics'], ['v'], [forbidden, '55000', '42809']],
  ])('changes nothing in %s', async (schemas, kinds, refusals) => {
    for (const name of await relations(kinds, schemas)) {
      const { rows } = await sql<{ column: string }>`
        select quote_ident(attname) as column from pg_attribute
        where attrelid = ${name}::regclass and attnum = 1`.execute(database.db);
      for (const statement of [
        `insert into ${name} default values`,
        `update ${name} set ${rows[0]?.column} = null`,
        `delete from ${name}`,
        `truncate ${name}`,
        `do 'begin lock table ${name} in access exclusive mode; end'`,
      ]) {
        expect(refusals, statement).toContain(await refusalOf(statement));
      }
    }
  });

  test.each(['public', 'analytics', 'rating', 'core'])('makes nothing in schema %s', async (schema) => {
    for (const statement of [
      `create table ${schema}.mine (a integer)`,
      `create view ${schema}.mine as select 1 as a`,
      `create sequence ${schema}.mine`,
      `create type ${schema}.mine as (a integer)`,
      `create function ${schema}.mine() returns integer language sql return 1`,
      `create materialized view ${schema}.mine as select 1 as a`,
    ]) {
      expect(await refusalOf(statement), statement).toBe(forbidden);
    }
  });

  test.each([
    'create schema mine',
    'create role mine',
    'create database mine',
    'create extension dblink',
    'alter view analytics.inspection rename to mine',
    'drop view analytics.inspection',
    "comment on view analytics.inspection is ''",
    'alter table core.answer add column mine integer',
    'drop schema analytics cascade',
    'alter role yot_ratings_reader superuser',
    "copy (select 1) to '/tmp/mine'",
    "copy (select 1) to program 'true'",
    'alter system set work_mem = 64',
  ])('may not: %s', async (statement) => {
    expect(await refusalOf(statement)).toBe(forbidden);
  });

  test('may not become the owner', async () => {
    const { rows } = await sql<{ owner: string }>`select quote_ident(current_user) as owner`.execute(
      database.db,
    );
    expect(await refusalOf(`set role ${rows[0]?.owner}`)).toBe(forbidden);
  });

  test.each([
    "nextval('core.load_load_id_seq')",
    "setval('core.load_load_id_seq', 1)",
    "rating.percentage(1, 2, 'half up')",
    "pg_read_file('postgresql.conf')",
    "pg_ls_dir('.')",
    "lo_import('/etc/hostname')",
    'pg_reload_conf()',
    'pg_switch_wal()',
    'pg_terminate_backend((select pid from pg_stat_activity where usename <> current_user and datname = current_database() limit 1))',
  ])('may not call %s', async (call) => {
    // a connection of the owner's, to be spared
    await sql`select 1`.execute(database.db);
    expect(await refusalOf(`select ${call}`)).toBe(forbidden);
  });

  test('sees nothing of core in the statistics of the server', async () => {
    await sql`analyze core.published_result`.execute(database.db);
    const seen = (db: Kysely<DB>) =>
      sql`select 1 from pg_stats where schemaname = 'core'`.execute(db).then(({ rows }) => rows.length);
    expect(await seen(database.db)).toBeGreaterThan(0);
    expect(await seen(reader)).toBe(0);
  });

  test('may call no function that runs with the rights of its owner', async () => {
    const { rows } = await sql`
      select
        proname,
        has_function_privilege('yot_ratings_reader', pg_proc.oid, 'execute') as reader,
        has_function_privilege('yot_ratings_analyst', pg_proc.oid, 'execute') as analyst
      from pg_proc
      where prosecdef and pronamespace <> 'pg_catalog'::regnamespace
      order by proname`.execute(database.db);
    expect(rows).toEqual([
      { proname: 'analyze_loaded', reader: false, analyst: false },
      { proname: 'attach_answer_part', reader: false, analyst: false },
      { proname: 'has_authorities', reader: false, analyst: false },
      { proname: 'is_named', reader: false, analyst: false },
      { proname: 'new_answer_part', reader: false, analyst: false },
      { proname: 'record_ratings', reader: false, analyst: false },
      { proname: 'record_removal', reader: false, analyst: false },
    ]);
  });
});

describe('the analyst', () => {
  /** The SQLSTATE with which the server refuses a statement to the analysts' role; 'done' when it does as told. */
  const refusalOfAnalyst = (statement: string) =>
    database.db.connection().execute(async (session) => {
      await sql`set role yot_ratings_analyst`.execute(session);
      try {
        return await refusalOf(statement, session);
      } finally {
        await sql`reset role`.execute(session);
      }
    });

  test('has none of the powers that a role can have', async () => {
    const { rows } = await sql`
      select rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
        (select count(*) from pg_auth_members where member = pg_roles.oid) as memberships
      from pg_roles where rolname = 'yot_ratings_analyst'`.execute(database.db);
    expect(rows).toEqual([
      {
        rolsuper: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
        rolbypassrls: false,
        memberships: 0,
      },
    ]);
  });

  test('reads the views of analytics, and the rows that they rest on', async () => {
    const readable = await relations(['r', 'p', 'v'], ['analytics', 'core', 'kept', 'rating']);
    expect(readable.length).toBeGreaterThan(70);
    for (const name of readable)
      expect(await refusalOfAnalyst(`select * from ${name} limit 1`), name).toBe('done');
  });

  test.each([
    'delete from core.inspection',
    'create table analytics.mine (a integer)',
    'create table public.mine (a integer)',
    'select * from core_answer.one_at_a_time',
    'select core.new_answer_part()',
  ])('may not: %s', async (statement) => {
    expect(await refusalOfAnalyst(statement)).toBe(forbidden);
  });
});

// Rights on a database are not cloned with it: this needs one that was set up itself.
test('the reader has no temporary schema, where a function of his own could spy on what views leave out', async () => {
  await withEmptyDatabase(async (url) => {
    const opened = await openDatabase(url);
    const db = connect(opened.readerUrl as string, { max: 1 });
    try {
      expect(await refusalOf('create temporary table mine (a integer)', db)).toBe(forbidden);
      expect(
        await refusalOf('create function pg_temp.spy() returns boolean language sql return true', db),
      ).toBe(forbidden);
    } finally {
      await db.destroy();
      await opened.close();
    }
  });
});
