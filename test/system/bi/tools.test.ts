import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asReader } from '../../../src/database/roles.js';
import { testDatabase } from '../../support/database.js';

const database = testDatabase();
let reader: pg.Client;
beforeAll(async () => {
  reader = new pg.Client(asReader(database.url, process.env.YOT_RATINGS_READER_PASSWORD as string));
  await reader.connect();
});
afterAll(() => reader.end());

/** The first column of what a statement gives. */
async function first(text: string, parameters: unknown[] = []): Promise<unknown[]> {
  const { rows } = await reader.query({ text, values: parameters, rowMode: 'array' });
  return rows.map(([value]) => value);
}

const aView = 'standard_rating';

// Statements of the kind that the tools send, through the same catalogues, with the functions that they call.

describe('on connecting', () => {
  test.each([
    'select version()',
    'select current_schema(), current_database(), session_user',
    'show search_path',
    'show transaction isolation level',
    "select set_config('application_name', 'a tool', false)",
    'set extra_float_digits = 3',
    "set datestyle to 'ISO'",
    "set time zone 'Europe/London'",
    'set session characteristics as transaction read only',
    'begin isolation level repeatable read',
    'commit',
    'discard all',
    'select character_set_name from information_schema.character_sets',
    'select name, setting, category, unit, short_desc from pg_settings',
    'select datname, pg_get_userbyid(datdba), shobj_description(oid, $$pg_database$$) from pg_database where datallowconn',
    'select rolname, rolsuper, rolcanlogin from pg_roles',
    'select extname, extversion from pg_extension',
    'select ns.nspname, t.typname, t.oid, t.typtype, t.typrelid, t.typbasetype, t.typelem from pg_type t join pg_namespace ns on ns.oid = t.typnamespace',
  ])('%s', async (statement) => {
    await expect(reader.query(statement)).resolves.toBeDefined();
  });
});

describe('Power BI', () => {
  test('finds tables, their columns and that there are no keys to join by', async () => {
    const tables = await first(
      `select table_schema || '.' || table_name, table_type
      from information_schema.tables
      where table_schema not in ('information_schema', 'pg_catalog')
      order by table_schema, table_name`,
    );
    expect(tables).toContain(`analytics.${aView}`);
    const columns = await first(
      `select column_name, ordinal_position, is_nullable,
        case when data_type = 'ARRAY' then 'array' else data_type end as data_type
      from information_schema.columns
      where table_schema = $1 and table_name = $2
      order by ordinal_position`,
      ['analytics', aView],
    );
    expect(columns.slice(0, 2)).toEqual(['inspection_id', 'service_id']);
    const keys = `
      select pk.column_name, fk.table_schema, fk.table_name, fk.column_name, fk.ordinal_position, fk.constraint_name
      from information_schema.referential_constraints r
      join information_schema.key_column_usage fk
        on fk.constraint_schema = r.constraint_schema and fk.constraint_name = r.constraint_name
      join information_schema.key_column_usage pk
        on pk.constraint_schema = r.unique_constraint_schema and pk.constraint_name = r.unique_constraint_name
        and pk.ordinal_position = fk.position_in_unique_constraint
      where pk.table_schema = 'analytics' and pk.table_name = '${aView}'`;
    expect(await first(keys)).toEqual([]);
    const indexes = `
      select c.constraint_name, k.column_name, k.ordinal_position, c.constraint_type = 'PRIMARY KEY'
      from information_schema.table_constraints c
      join information_schema.key_column_usage k using (constraint_schema, constraint_name, table_schema, table_name)
      where c.table_schema = 'analytics' and c.constraint_type in ('PRIMARY KEY', 'UNIQUE')`;
    expect(await first(indexes)).toEqual([]);
  });

  test('folds filters, sorting and the first rows into a query around the view', async () => {
    const rows = await first(
      `select "$Ordered"."service", "$Ordered"."rating"
      from (
        select "_"."service", "_"."rating", "_"."rating_rank"
        from "analytics"."overall_rating" "_"
        where "_"."edition" = '2018' and "_"."edition" is not null
      ) "$Ordered"
      order by "$Ordered"."rating_rank" desc, "$Ordered"."service"
      limit 1000`,
    );
    expect(rows).toEqual([
      'Essex Youth Offending Service',
      'Kensington & Chelsea Youth Offending Service',
      'Wigan Youth Offending Team',
    ]);
  });
});

describe('Tableau', () => {
  test('finds tables and columns in pg_catalog', async () => {
    const tables = await first(
      `select c.relname, n.nspname, c.relkind, d.description
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      left join pg_catalog.pg_description d on d.objoid = c.oid and d.objsubid = 0 and d.classoid = 'pg_class'::regclass
      where c.relkind in ('r', 'v', 'm', 'f', 'p') and n.nspname like 'analytics'
      order by n.nspname, c.relname`,
    );
    expect(tables).toContain(aView);
    const columns = await first(
      `select a.attname, t.typname, a.atttypmod, a.attnotnull, t.typtype, a.attidentity, pg_get_expr(d.adbin, d.adrelid),
        format_type(a.atttypid, a.atttypmod), information_schema._pg_char_max_length(a.atttypid, a.atttypmod)
      from pg_catalog.pg_attribute a
      join pg_catalog.pg_type t on t.oid = a.atttypid
      left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = '"analytics"."${aView}"'::regclass and a.attnum > 0 and not a.attisdropped
      order by a.attnum`,
    );
    expect(columns).toContain('rating_rank');
  });

  test('asks for the form of a result without its rows, and counts and sums around a view', async () => {
    const { fields, rows } = await reader.query(`select * from "analytics"."${aView}" where 1 = 0`);
    expect(rows).toEqual([]);
    expect(fields.map(({ name }) => name)).toContain('rating');
    expect(
      await first(
        `select sum(1) as "cnt", cast("t"."fieldwork_start" as date) as "day", date_trunc('YEAR', "t"."fieldwork_start") as "year"
        from "analytics"."${aView}" "t"
        where "t"."area" = 'Wigan'
        group by 2, 3
        having count(1) > 0`,
      ),
    ).toEqual(['12']);
  });
});

describe('Metabase', () => {
  test('finds the schemas and tables that may be read, by their privileges', async () => {
    const tables = await first(
      `select t.name
      from (
        select schemaname as schema, tablename as name from pg_catalog.pg_tables
        union select schemaname, viewname from pg_catalog.pg_views
        union select schemaname, matviewname from pg_catalog.pg_matviews
      ) t
      where t.schema !~ '^pg_' and t.schema <> 'information_schema'
        and pg_catalog.has_schema_privilege(current_user, t.schema, 'usage')
        and pg_catalog.has_table_privilege(current_user, quote_ident(t.schema) || '.' || quote_ident(t.name), 'select')
        and not pg_catalog.has_any_column_privilege(current_user, quote_ident(t.schema) || '.' || quote_ident(t.name), 'update')`,
    );
    expect(tables).toContain(aView);
    expect(tables).not.toContain('subgroup_count');
    expect(tables).not.toContain('inspected_case');
  });

  test('reads fields with types and comments, no enumeration, a sample of values, and fingerprints', async () => {
    const fields = await first(
      `select c.column_name, c.udt_name, c.ordinal_position - 1, c.column_default is null and c.is_identity = 'NO',
        col_description(cast(format('%I.%I', c.table_schema, c.table_name) as regclass), c.ordinal_position)
      from information_schema.columns c
      where c.table_schema !~ '^information_schema|catalog_history|pg_' and c.table_schema in ('analytics')
      order by c.table_schema, c.table_name, c.ordinal_position`,
    );
    expect(fields).toContain('driving_key_question');
    const enumerations = `
      select nspname, typname, enumlabel from pg_enum
      join pg_type on pg_type.oid = enumtypid join pg_namespace on pg_namespace.oid = typnamespace
      where nspname = 'analytics'`;
    expect(await first(enumerations)).toEqual([]);
    expect(
      await first(
        `select "analytics"."${aView}"."rating" as "rating"
        from "analytics"."${aView}" group by "analytics"."${aView}"."rating" order by 1 limit 1001`,
      ),
    ).toEqual(['Good', 'Outstanding', 'Requires improvement']);
    expect(
      await first(
        `select substring("title", 1, 1234) from (select * from "analytics"."${aView}" limit 10000) as "source" limit 3`,
      ),
    ).toHaveLength(3);
  });

  test('groups by a month of a date', async () => {
    expect(
      await first(
        `select count(*), cast(date_trunc('month', "analytics"."inspection"."fieldwork_start") as date) as "month"
        from "analytics"."inspection" group by 2 order by 2 asc`,
      ),
    ).toEqual(['1', '1', '1', '1', '1']);
  });
});

describe('DBeaver', () => {
  test('walks from schemas to views, columns, definitions and rights', async () => {
    const schemas = await first(
      `select n.nspname, n.*, d.description from pg_catalog.pg_namespace n
      left join pg_catalog.pg_description d on d.objoid = n.oid and d.objsubid = 0 and d.classoid = 'pg_namespace'::regclass
      order by nspname`,
    );
    expect(schemas).toContain('analytics');
    const views = await first(
      `select c.relname, c.*, d.description, pg_catalog.pg_get_expr(c.relpartbound, c.oid), pg_catalog.pg_get_partkeydef(c.oid)
      from pg_catalog.pg_class c
      left join pg_catalog.pg_description d on d.objoid = c.oid and d.objsubid = 0 and d.classoid = 'pg_class'::regclass
      where c.relnamespace = 'analytics'::regnamespace and c.relkind not in ('i', 'I', 'c')`,
    );
    expect(views).toContain(aView);
    const columns = await first(
      `select a.attname, a.*, pg_catalog.pg_get_expr(ad.adbin, ad.adrelid, true), dsc.description, dep.objid
      from pg_catalog.pg_attribute a
      join pg_catalog.pg_class c on a.attrelid = c.oid
      left join pg_catalog.pg_attrdef ad on a.attrelid = ad.adrelid and a.attnum = ad.adnum
      left join pg_catalog.pg_description dsc on c.oid = dsc.objoid and a.attnum = dsc.objsubid
      left join pg_catalog.pg_depend dep on dep.refobjid = a.attrelid and dep.deptype = 'i' and dep.refobjsubid = a.attnum
      where not a.attisdropped and a.attnum > 0 and c.oid = 'analytics.${aView}'::regclass
      order by a.attnum`,
    );
    expect(columns).toContain('lowest_percent');
    for (const statement of [
      "select pg_catalog.pg_get_viewdef('analytics.standard_rating'::regclass, true)",
      "select conname, pg_catalog.pg_get_constraintdef(oid) from pg_constraint where conrelid = 'analytics.standard_rating'::regclass",
      "select rulename, pg_get_ruledef(oid) from pg_rewrite where ev_class = 'analytics.standard_rating'::regclass",
      "select proname, pg_get_function_identity_arguments(oid) from pg_proc where pronamespace = 'analytics'::regnamespace",
      "select pg_relation_size('analytics.standard_rating'::regclass)",
      'select sequencename, last_value from pg_sequences',
      'select * from pg_stat_activity',
      'select pid, locktype, mode from pg_locks',
      "explain (format json) select * from analytics.standard_rating where area = 'Barnet'",
    ])
      await expect(reader.query(statement), statement).resolves.toBeDefined();
  });

  test('reads a view two hundred rows at a time, with its own count', async () => {
    expect(await first('select count(*) from analytics.prompt_result')).toEqual([
      String((await first('select * from analytics.prompt_result x')).length),
    ]);
    expect(await first('select x.* from analytics.prompt_result x limit 200 offset 200')).not.toEqual([]);
  });
});
