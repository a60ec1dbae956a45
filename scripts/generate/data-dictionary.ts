import type { Kysely } from 'kysely';
import { type Relation, relations } from '../../src/database/catalogue.js';
import type { DB } from '../../src/database/schema.js';

/** The data dictionary in Markdown: every public view and column from its comment, then the base tables. */
export async function dataDictionary(db: Kysely<DB>): Promise<string> {
  const found = await relations(db, ['analytics', 'core']);
  const views = found.filter(({ schema }) => schema === 'analytics');
  const tables = found.filter(({ schema }) => schema === 'core');
  return [
    '# Data dictionary',
    '',
    'Made from the comments in the database by `npm run generate`; not to be edited by hand.',
    '',
    '## Public views',
    '',
    'Schema `analytics`, open to the role `yot_ratings_reader`. A percentage is never shown without what it is taken of;',
    'NULL means unknown or none, never zero.',
    ...views.flatMap(section),
    '',
    '## Base tables',
    '',
    'Schema `core`, not open to readers. One line a table; the columns are in `db/migrations`.',
    '',
    ...tables.map(({ name, comment }) => `- \`${name}\`: ${comment ?? ''}`),
    '',
  ].join('\n');
}

function section({ name, comment, columns }: Relation): string[] {
  return [
    '',
    `### ${name}`,
    '',
    comment ?? '',
    '',
    '| column | type | meaning |',
    '|---|---|---|',
    ...columns.map(
      ({ name, type, comment }) => `| \`${name}\` | ${type} | ${(comment ?? '').replaceAll('|', '\\|')} |`,
    ),
  ];
}
