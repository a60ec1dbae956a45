import type { SchemaElement } from 'hyparquet-writer';
import { sql } from 'kysely';
import { type Relation, relations } from '../database/catalogue.js';
import type { ColumnMeaning, ColumnMeanings } from '../database/columns.js';
import type { Connection } from '../database/connect.js';
import { readerRole } from '../database/role-names.js';
import { analystsOnly, viewSources } from '../database/views.js';
import { exitCode, UserError } from '../problem.js';
import { didYouMean } from '../words/nearest.js';

/** What a PostgreSQL type is called elsewhere, and how its text becomes a value in Parquet. */
interface ColumnType {
  tableSchema: string;
  csvw: string;
  parquet: Pick<SchemaElement, 'type' | 'converted_type' | 'logical_type'>;
  parse: (text: string) => string | number | bigint | boolean;
}

const text: ColumnType = {
  ...{ tableSchema: 'string', csvw: 'string', parse: String },
  parquet: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
};
const double = { tableSchema: 'number', parquet: { type: 'DOUBLE' }, parse: Number } as const;
const millisecondsOfDay = 86_400_000;

/** The types that views of analytics have, by PostgreSQL's names. */
export const columnTypes: Readonly<Record<string, ColumnType>> = {
  text,
  // A list is written as people write one: 2.1, 2.2
  'text[]': text,
  'integer[]': text,
  integer: { tableSchema: 'integer', csvw: 'int', parquet: { type: 'INT32' }, parse: Number },
  bigint: { tableSchema: 'integer', csvw: 'long', parquet: { type: 'INT64' }, parse: BigInt },
  'double precision': { ...double, csvw: 'double' },
  // Parquet's decimals have a fixed scale, which figures of reports have not.
  numeric: { ...double, csvw: 'decimal' },
  boolean: {
    ...{ tableSchema: 'boolean', csvw: 'boolean', parse: (text) => text === 'true' },
    parquet: { type: 'BOOLEAN' },
  },
  date: {
    ...{ tableSchema: 'date', csvw: 'date', parse: (text) => Date.parse(text) / millisecondsOfDay },
    parquet: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
  },
};

export interface ColumnDescription extends ColumnMeaning {
  name: string;
  /** PostgreSQL's name of the type. */
  postgres: string;
  type: ColumnType;
}

export interface ViewDescription {
  name: string;
  /** What one row is. */
  comment: string;
  /** Columns that tell a row from every other. */
  key: string[];
  columns: ColumnDescription[];
}

/** Describes a public view. Throws an Error for a type that no export knows. */
export function describe({ name, comment, columns }: Relation, meanings: ColumnMeanings): ViewDescription {
  return {
    name,
    comment: (comment ?? '').replace(/\s*\bKey: [\w, ]+\.$/, ''),
    key: meanings.keyOf(name),
    columns: columns.map((column) => {
      const type = columnTypes[column.type];
      if (!type)
        throw new Error(`analytics.${name}.${column.name} is of type ${column.type}, which no export knows`);
      const meaning = meanings.of(column.name, name);
      return { name: column.name, postgres: column.type, type, ...meaning };
    }),
  };
}

/** Says which version a database is of: nothing to publish. */
const ofDatabase = 'database_version';

/**
 * The views that are open to everybody, described: those of analytics that this program makes and the reader's role may
 * read. What is for analysts only is never among them, whatever rights somebody has given out.
 */
export async function openViews(db: Connection): Promise<ViewDescription[]> {
  const { views, meanings } = await viewSources();
  const made = views.map(({ name }) => name).filter((name) => !analystsOnly.includes(name));
  const { rows } = await sql<{ name: string }>`
    select c.relname as name
    from pg_class c
    where c.relkind = 'v'
      and c.relnamespace = 'analytics'::regnamespace
      and has_table_privilege(${readerRole}, c.oid, 'select')`.execute(db);
  const open = rows
    .map(({ name }) => name)
    .filter((name) => made.includes(`analytics.${name}`) && name !== ofDatabase);
  return (await relations(db, ['analytics']))
    .filter(({ name }) => open.includes(name))
    .map((view) => describe(view, meanings));
}

/** The views of the given names, in their own order; all without names. Throws a UserError for a name that is none. */
export function chosenViews(
  views: readonly ViewDescription[],
  only: readonly string[] | undefined,
): ViewDescription[] {
  if (only === undefined) return [...views];
  const names = views.map(({ name }) => name);
  for (const given of only) {
    if (names.includes(given)) continue;
    throw new UserError(
      `There is no view "${given}"${didYouMean(given, names)}: there are ${names.join(', ')}.`,
      exitCode.call,
    );
  }
  return views.filter(({ name }) => only.includes(name));
}

/**
 * Lets "today" in the views be a day of the data, for as long as the transaction takes: what is written of it is the same whenever
 * it is written.
 */
export async function countDaysTo(trx: Connection, day: string): Promise<void> {
  await sql`select set_config('yot_ratings.day', ${day}, true)`.execute(trx);
}
