import { type Kysely, sql } from 'kysely';
import type { DB } from '../src/database/schema.js';

interface Column {
  schema: string;
  relation: string;
  about: string | null;
  column: string;
  type: string;
  meaning: string | null;
}

/** The data dictionary in Markdown: every public view and column from its comment, then the base tables. */
export async function dataDictionary(db: Kysely<DB>): Promise<string> {
  const { rows } = await sql<Column>`
    select
      n.nspname as schema,
      c.relname as relation,
      obj_description(c.oid, 'pg_class') as about,
      a.attname as column,
      format_type(a.atttypid, a.atttypmod) as type,
      col_description(c.oid, a.attnum) as meaning
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname in ('analytics', 'core') and c.relkind in ('r', 'v')
    order by n.nspname, c.relname, a.attnum`.execute(db);
  const relations = [...new Set(rows.map(({ schema, relation }) => `${schema}.${relation}`))];
  const columnsOf = (name: string) => rows.filter(({ schema, relation }) => `${schema}.${relation}` === name);
  const views = relations.filter((name) => name.startsWith('analytics.'));
  const tables = relations.filter((name) => name.startsWith('core.'));
  return [
    '# Data dictionary',
    '',
    'Made from the comments in the database by `npm run generate`; not to be edited by hand.',
    '',
    '## Public views',
    '',
    'Schema `analytics`, open to the role `yot_ratings_reader`. A percentage is never shown without what it is taken of;',
    'NULL means unknown or none, never zero.',
    ...views.flatMap((name) => section(name, columnsOf(name))),
    '',
    '## Base tables',
    '',
    'Schema `core`, not open to readers. One line a table; the columns are in `db/migrations`.',
    '',
    ...tables.map((name) => `- \`${name.replace('core.', '')}\`: ${columnsOf(name)[0]?.about ?? ''}`),
    '',
  ].join('\n');
}

function section(name: string, columns: Column[]): string[] {
  return [
    '',
    `### ${name.replace('analytics.', '')}`,
    '',
    columns[0]?.about ?? '',
    '',
    '| column | type | meaning |',
    '|---|---|---|',
    ...columns.map(
      ({ column, type, meaning }) =>
        `| \`${column}\` | ${type} | ${(meaning ?? '').replaceAll('|', '\\|')} |`,
    ),
  ];
}
