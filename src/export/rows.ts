import { sql } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { ColumnDescription, ViewDescription } from './describe.js';

/** A row as PostgreSQL prints it: a text a column, null for NULL. */
export type TextRow = (string | null)[];

/** A value as PostgreSQL prints it; of a list, its values with commas between. */
const textOf = ({ name, postgres }: ColumnDescription) =>
  postgres.endsWith('[]')
    ? sql<string | null>`array_to_string(${sql.ref(`row.${name}`)}, ', ')`
    : sql<string | null>`${sql.ref(`row.${name}`)}::text`;

/** Whether invented inspections are among the rows, or nothing but them. */
export type Invented = boolean | 'only';

/** Rows that are fetched at once. */
const atOnce = 1000;

/**
 * Rows of a view in the order of its key (of all columns where it has none), read through a cursor. Text is sorted by its
 * code points, so that the order does not hang on the server's language. Nothing else may be asked of the connection
 * meanwhile.
 */
export async function* rowsOf(
  db: Connection,
  { name, key, columns }: ViewDescription,
  { synthetic }: { synthetic: Invented },
): AsyncIterable<TextRow> {
  const all = columns.map((column) => column.name);
  let query = db
    .selectFrom(sql<Record<string, unknown>>`${sql.table(`analytics.${name}`)}`.as('row'))
    .select(columns.map((column) => textOf(column).as(column.name)));
  if (synthetic !== true && all.includes('is_synthetic'))
    query = query.where(sql<boolean>`row.is_synthetic = ${synthetic === 'only'}`);
  for (const column of key.length > 0 ? key : all) {
    const isText = columns.find((one) => one.name === column)?.postgres === 'text';
    query = query.orderBy(
      isText ? sql`${sql.ref(`row.${column}`)} collate "C"` : sql`${sql.ref(`row.${column}`)}`,
    );
  }
  for await (const row of query.stream(atOnce)) yield all.map((column) => row[column] ?? null);
}
