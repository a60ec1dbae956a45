import type { Kysely } from 'kysely';
import { type Relation, relations } from '../../src/database/catalogue.js';
import type { DB } from '../../src/database/schema.js';

/** The data dictionary in Markdown: every public view and column from its comment, then the base tables. */
export async function dataDictionary(db: Kysely<DB>): Promise<string> {
  const found = await relations(db, ['analytics', 'core']);
  const views = found.filter(({ schema }) => schema === 'analytics');
  const level = (
    await db.selectFrom('core.display_rule').select('confidence_level').executeTakeFirstOrThrow()
  ).confidence_level;
  const tables = found.filter(({ schema }) => schema === 'core');
  return [
    '# Data dictionary',
    '',
    'Made from the comments in the database by `npm run generate`; not to be edited by hand.',
    '',
    '## Public views',
    '',
    'Schema `analytics`, open to the role `yot_ratings_reader` (but `subgroup_count`, which analysts alone may see). A percentage is never shown without what it is taken of;',
    'NULL means unknown or none, never zero. A reader need not name the schema.',
    '',
    '**Joins** name their columns: `using (inspection_id)`, and `standard`, `key_question`, `prompt` or `edition` beside it as the keys below say.',
    'A natural join would compare all columns of one name, and some are about what the row is: `rating`, `score` and `evidence` of an',
    'inspection are not those of its standards; `published` is a date, but in `reconciliation` the printed figure.',
    '',
    'Of two views with several rows an inspection, such as recommendations and facts, each row of one would meet every row of the other:',
    'count each first.',
    '',
    '**Sums**: a number is added up only over what its comment allows. Real and invented inspections (`is_synthetic`) are never',
    'pooled, editions not without saying so: across them `question_series` says which questions are the same.',
    '',
    '**Shares** are in percent wherever a column is called so, and between 0 and 1 where it is called a share.',
    '',
    `**Intervals** called \`low\` to \`high\` are at ${level} per cent; those with \`_95\` at 95. Those of one inspection take its cases for a sample.`,
    'Inspections differ by more than that: limits of a funnel, or a test over many of them, that take all cases for independent find far too many',
    'outliers. `design_effect` says how much they differ, between the inspections that its row pools: of a year and edition in the trends,',
    'of an edition in `key_question_all_years`. Of other groupings, such as all inspections of a service, it has to be reckoned from their own rows.',
    '',
    '**Editions** differ in what a percentage is taken of: in results `percent` is as the edition has it (`base`), and what is compared across',
    'editions is `percent_of_relevant`; in the trends all are of relevant cases. `series_break_because` says where figures do not go on.',
    '',
    '**Real inspections** are known in part: of most only published ratings, often the overall one alone; fieldwork is known of few, so that their',
    '`year` is that of publication. What is known of a standard or a year may be a selection; `not_known` and `inspections_without_counts` say how many are left out.',
    '',
    '**Not to be had here**: answers case by case, so also which prompts go with an answer (the analyst reads the tables); a characteristic by another;',
    'groups of cases across editions.',
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
