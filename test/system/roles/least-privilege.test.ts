import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { connect } from '../../../src/database/connect.js';
import { type RoleName, roles } from '../../../src/database/role-names.js';
import type { DB } from '../../../src/database/schema.js';
import { testDatabase, urlOf } from '../../support/database.js';
import { allowAttempts, allowed, type Expected, either, forbidden, refused, wrongIn } from './attempts.js';
import { schemaRules, tableRules, usersOf } from './rules.js';

const database = testDatabase();
const everyRole = Object.keys(roles) as RoleName[];

/** Something that a statement can be about. */
interface Thing {
  kind: string;
  name: string;
  columns: string[];
  /** Of a function: its name with the types of its arguments, and a call. */
  signature: string;
  call: string;
}
let things: Thing[];
const namesOf = (kind: string) => things.filter((one) => one.kind === kind).map(({ name }) => name);
/** Whether the owner is the server's administrator, who can take rights on its functions away. */
let isAdministrators: boolean;
const sessions = {} as Record<RoleName | 'owner', Kysely<DB>>;

const list = async <T>(query: string): Promise<T[]> => (await sql.raw<T>(query).execute(database.db)).rows;

const inOurs = (schema: string) => `${schema}::regnamespace::text !~ '^(pg_|information_schema$|attempt$)'
  and not exists (select from pg_depend where objid = thing.oid and deptype = 'e')`;

beforeAll(async () => {
  await allowAttempts(database.db);
  sessions.owner = connect(database.url, { max: 1 });
  const { rows: own } = await sql<{ pid: string }>`select pg_backend_pid()::text as pid`.execute(
    sessions.owner,
  );
  things = await list<Thing>(`
    select case relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end as kind,
      relnamespace::regnamespace || '.' || relname as name, null as signature, null as call,
      (select array_agg(quote_ident(attname) order by attnum) from pg_attribute
       where attrelid = thing.oid and attnum > 0 and not attisdropped) as columns
    from pg_class as thing where relkind in ('r', 'p', 'f', 'm', 'v', 'S') and ${inOurs('relnamespace')}
    union all
    select 'function', pronamespace::regnamespace || '.' || proname, thing.oid::regprocedure::text,
      format('%s.%I(%s)', pronamespace::regnamespace, proname,
        (select string_agg('null::' || type::regtype, ', ') from unnest(proargtypes) as type)), null
    from pg_proc as thing where ${inOurs('pronamespace')}
    union all
    select 'type', typnamespace::regnamespace || '.' || typname, null, null, null
    from pg_type as thing where typtype in ('e', 'd') and ${inOurs('typnamespace')}
    union all
    select 'schema', nspname, null, null, null from pg_namespace where nspname !~ '^(pg_|information_schema$|attempt$)'
    union all
    select unnest(array['owner', 'role']), quote_ident(current_user), null, null, null
    union all
    select 'database', quote_ident(current_database()), null, null, null
    union all
    select unnest(array['server', 'unless the owner is no administrator']), '', null, null, null
    union all
    select 'session', '${own[0]?.pid}', null, null, null
    order by 1, 2`);
  const [owner] = await list<{ is: boolean }>(
    "select pg_has_role(proowner, 'usage') as is from pg_proc where oid = 'lo_create(oid)'::regprocedure",
  );
  isAdministrators = owner?.is as boolean;
  for (const role of everyRole) sessions[role] = connect(urlOf(database, role), { max: 1 });
});
afterAll(() => Promise.all(Object.values(sessions).map((session) => session.destroy())));

/** test/system/roles/refused.yaml: statements by kind, as they stand or with codes beside that of a missing right. */
const refusals: Record<string, (string | Record<string, (string | number)[]>)[]> = parse(
  readFileSync(new URL('refused.yaml', import.meta.url), 'utf8'),
);

function refusedTo({ name, columns, signature }: Thing, of: (typeof refusals)[string]): Expected[] {
  const words: Record<string, string> = { NAME: name, COLUMN: columns?.[0] ?? '', SIGNATURE: signature };
  return of.map((one) => {
    const [template, codes] =
      typeof one === 'string' ? [one, []] : (Object.entries(one)[0] as [string, string[]]);
    const statement = template.replaceAll(/\b(NAME|COLUMN|SIGNATURE)\b/g, (word) => words[word] as string);
    const grant = /^grant (\w+) on (sequence )?/.exec(statement);
    if (!grant) return refused(statement, ...codes.map(String));
    // A grant by somebody who may not is a warning where he has some other right: what counts is whether it was given.
    const has = `has_${grant[2] ? 'sequence' : 'table'}_privilege('yot_ratings_reader', '${name}', '${grant[1]}')`;
    return refused(`do $do$ begin
      ${statement} to yot_ratings_reader; if not ${has} then raise insufficient_privilege; end if; end $do$`);
  });
}

test('every table, view, sequence, function and schema has a decision, and every decision has its object', () => {
  const undecided = (['view', 'sequence', 'function'] as const).flatMap((kind) =>
    namesOf(kind).filter((name) => !usersOf(kind, name)),
  );
  expect(undecided).toEqual([]);
  expect(namesOf('table').sort()).toEqual(Object.keys(tableRules).sort());
  expect(namesOf('schema').sort()).toEqual(Object.keys(schemaRules).sort());
  expect(namesOf('type').filter((name) => !name.startsWith('core.'))).toEqual([]);
  expect(namesOf('view').length).toBeGreaterThan(40);
});

test('no role has any of the powers that a role can have, nor is in another one', async () => {
  const powers = await list(`
    select rolname from pg_roles
    where rolname in ('${Object.values(roles).join("', '")}')
      and not (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
      and not exists (select from pg_auth_members where member = pg_roles.oid)`);
  expect(powers).toHaveLength(3);
});

test('what runs with the rights of its owner is known, and for the loader alone', async () => {
  const functions = await list<{ proname: string; others: boolean }>(`
    select proname,
      has_function_privilege('yot_ratings_reader', oid, 'execute')
        or has_function_privilege('yot_ratings_analyst', oid, 'execute') as others
    from pg_proc where prosecdef and pronamespace <> 'pg_catalog'::regnamespace order by proname`);
  expect(functions).toEqual(
    ['analyze_loaded', 'attach_answer_part', 'has_authorities', 'is_named', 'new_answer_part']
      .concat('record_ratings', 'record_removal')
      .map((proname) => ({ proname, others: false })),
  );
});

describe.each(everyRole)('the %s', (role) => {
  const isLoader = role === 'loader';
  const wrong = (expected: readonly Expected[]) => wrongIn(sessions[role], expected);

  test('has of each table and column the rights that the rules say', async () => {
    const columns = (right: string) => `array(
      select attname::text from pg_attribute
      where attrelid = thing.oid and attnum > 0 and not attisdropped and has_column_privilege('${roles[role]}', thing.oid, attnum, '${right}')
      order by attnum)`;
    const found = await list<{ name: string; rights: string[]; insert: string[]; update: string[] }>(`
      select relnamespace::regnamespace || '.' || relname as name, ${columns('insert')} as insert, ${columns('update')} as update,
        array(
          select kind from unnest(array['select', 'delete', 'truncate', 'references', 'trigger']) as kind
          where has_table_privilege('${roles[role]}', thing.oid, kind)
        ) as rights
      from pg_class as thing where relkind in ('r', 'p') and ${inOurs('relnamespace')}`);
    const expected = found.map(({ name }) => {
      const { select, insert, update, delete: mayDelete } = tableRules[name] as (typeof tableRules)[string];
      const all = things.find((one) => one.kind === 'table' && one.name === name)?.columns ?? [];
      return {
        name,
        rights: [...(select.includes(role) ? ['select'] : []), ...(isLoader && mayDelete ? ['delete'] : [])],
        insert: isLoader ? all.filter((column) => insert === 'all' || insert.includes(column)) : [],
        update: isLoader ? all.filter((column) => update.includes(column)) : [],
      };
    });
    expect(found.length).toBeGreaterThan(50);
    expect(found).toEqual(expected);
  });

  test('reads the views, calls the functions, takes numbers from the sequences and names the types that are for it', async () => {
    const statements = things.flatMap(({ kind, name, call }) => {
      if (kind === 'view')
        return [either(usersOf(kind, name)?.includes(role) === true, `select * from ${name} limit 1`)];
      if (kind === 'sequence')
        return [either(usersOf(kind, name)?.includes(role) === true, `select nextval('${name}')`)];
      if (kind === 'schema')
        return [
          [
            `do $$ begin if not has_schema_privilege('${name}', 'usage') then raise insufficient_privilege; end if; end $$`,
            schemaRules[name]?.includes(role) ? 'done' : forbidden,
          ] as Expected,
        ];
      if (kind === 'type') return [either(schemaRules.core?.includes(role) === true, `select null::${name}`)];
      if (kind !== 'function') return [];
      // Called, a function may still refuse its arguments; or before it comes to what may not be done.
      const isFor = usersOf(kind, name)?.includes(role);
      return [[`select ${call}`, ...(isFor ? ['done', '22023', '22004'] : [forbidden, '22004'])] as Expected];
    });
    expect(statements.length).toBeGreaterThan(100);
    expect(await wrong(statements)).toEqual([]);
  });

  test.each(Object.keys(refusals))('does nothing that is refused to all: %s', async (kind) => {
    const others = everyRole
      .filter((other) => other !== role)
      .map((other) => ({ name: roles[other] }) as Thing);
    const about = [...things.filter((one) => one.kind === kind), ...(kind === 'role' ? others : [])];
    const statements = about.flatMap((thing) => refusedTo(thing, refusals[kind] ?? []));
    expect(statements.length).toBeGreaterThan(1);
    const isElse = kind === 'unless the owner is no administrator' && !isAdministrators;
    expect(await wrong(isElse ? statements.map(([statement]) => allowed(statement)) : statements)).toEqual(
      [],
    );
  });
});
