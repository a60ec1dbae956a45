import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { relations } from '../../../src/database/catalogue.js';
import { analystsOnly } from '../../../src/database/views.js';
import { testDatabase, urlOf } from '../../support/database.js';

// Statements of the kind that the tools send, through the same catalogues, with the functions that they call.

const database = testDatabase();
let reader: pg.Client;
beforeAll(async () => {
  reader = new pg.Client(urlOf(database, 'reader'));
  await reader.connect();
});
afterAll(() => reader.end());

/** What a query gives, by the protocol whose messages the driver is to send. */
const query = (text: string, queryMode: 'simple' | 'extended') =>
  reader.query({ text, ...(queryMode === 'extended' && { queryMode }) } as pg.QueryConfig);

/** Rows that a query gives through a cursor, a hundred at a time, as tools fetch what is large. */
async function fetched(text: string): Promise<number> {
  await reader.query('begin transaction read only');
  try {
    await reader.query(`declare rows no scroll cursor for ${text}`);
    for (let rows = 0; ; ) {
      const { rowCount } = await reader.query('fetch 100 from rows');
      if (!rowCount) return rows;
      rows += rowCount;
    }
  } finally {
    await reader.query('rollback');
  }
}

test('the reader reads every view by the simple protocol, by the extended one, and through a cursor', async () => {
  for (const { name } of await relations(database.db, ['analytics'])) {
    if (analystsOnly.includes(`analytics.${name}`)) continue;
    const text = `select * from analytics.${name}`;
    const { rowCount } = await query(text, 'simple');
    expect((await query(text, 'extended')).rowCount, name).toBe(rowCount);
    expect(await fetched(text), name).toBe(rowCount);
  }
  expect(await fetched('select * from analytics.standard_rating')).toBe(62);
});

/** What a tool asks for; the values of the first column that have to be among those it gets, or all of them. */
test.each<[string, string, { among: string[] } | { all: unknown[] }]>([
  [
    'Power BI folds filters, sorting and the first rows into a query around the view',
    `select "$Ordered"."service", "$Ordered"."rating"
    from (
      select "_"."service", "_"."rating", "_"."rating_rank" from "analytics"."overall_rating" "_"
      where "_"."edition" = '2018' and "_"."edition" is not null
    ) "$Ordered"
    order by "$Ordered"."rating_rank" desc, "$Ordered"."service" limit 2`,
    { all: ['Essex Youth Offending Service', 'Kensington & Chelsea Youth Offending Service'] },
  ],
  [
    'Tableau and DBeaver find views with their comments',
    `select c.relname, n.nspname, c.relkind, d.description, pg_catalog.pg_get_expr(c.relpartbound, c.oid), pg_catalog.pg_get_partkeydef(c.oid)
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    left join pg_catalog.pg_description d on d.objoid = c.oid and d.objsubid = 0 and d.classoid = 'pg_class'::regclass
    where c.relkind in ('r', 'v', 'm', 'f', 'p') and n.nspname like 'analytics'`,
    { among: ['standard_rating'] },
  ],
  [
    'Tableau and DBeaver find columns',
    `select a.attname, t.typname, a.atttypmod, a.attnotnull, t.typtype, a.attidentity, pg_get_expr(d.adbin, d.adrelid),
      format_type(a.atttypid, a.atttypmod), information_schema._pg_char_max_length(a.atttypid, a.atttypmod), dsc.description, dep.objid
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_type t on t.oid = a.atttypid
    left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    left join pg_catalog.pg_description dsc on a.attrelid = dsc.objoid and a.attnum = dsc.objsubid
    left join pg_catalog.pg_depend dep on dep.refobjid = a.attrelid and dep.deptype = 'i' and dep.refobjsubid = a.attnum
    where a.attrelid = '"analytics"."standard_rating"'::regclass and a.attnum > 0 and not a.attisdropped`,
    { among: ['rating_rank', 'lowest_percent'] },
  ],
  [
    'Metabase finds the tables that may be read, by their privileges',
    `select t.name
    from (
      select schemaname as schema, tablename as name from pg_catalog.pg_tables
      union select schemaname, viewname from pg_catalog.pg_views
      union select schemaname, matviewname from pg_catalog.pg_matviews
    ) t
    where t.schema !~ '^pg_' and t.schema <> 'information_schema' and t.name in ('standard_rating', 'subgroup_count', 'inspected_case')
      and pg_catalog.has_schema_privilege(current_user, t.schema, 'usage')
      and pg_catalog.has_table_privilege(current_user, quote_ident(t.schema) || '.' || quote_ident(t.name), 'select')
      and not pg_catalog.has_any_column_privilege(current_user, quote_ident(t.schema) || '.' || quote_ident(t.name), 'update')`,
    { all: ['standard_rating'] },
  ],
])('%s', async (_, statement, expected) => {
  const { rows } = await reader.query({ text: statement, rowMode: 'array' });
  const found = rows.map(([value]) => value);
  if ('all' in expected) expect(found).toEqual(expected.all);
  else expect(found).toEqual(expect.arrayContaining(expected.among));
});
