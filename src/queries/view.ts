import { type RawBuilder, type Selectable, sql } from 'kysely';
import { rowsAsJson } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { refuseOthers } from '../words/nearest.js';

/** A public view, by its name without schema. */
export type ViewName = {
  [Name in keyof DB]: Name extends `analytics.${infer View}` ? View : never;
}[keyof DB];

/** A row of a public view: what each column means, and when it is null, the view's comments say. */
export type ViewRow<View extends ViewName> = Selectable<DB[`analytics.${View}`]>;

/** Whether invented inspections are asked for in place of real ones (these where nothing is said), or both. */
export type Synthetic = boolean | 'both' | undefined;

/** Which inspections are asked for: one of them, whatever it is; or the real ones, the invented ones, or both. */
export interface Wanted {
  inspectionId?: number | undefined;
  synthetic?: Synthetic;
}

/** The condition on is_synthetic, where inspections are named (then each is meant) or not. */
export const isSynthetic = (synthetic: Synthetic, areNamed = false): boolean | undefined =>
  synthetic === 'both' ? undefined : (synthetic ?? (areNamed ? undefined : false));

/** Inspections: those of services whose name has a text, those of some keys; real ones where nothing else is said. */
export interface InspectionsOf {
  service?: string | undefined;
  inspections?: readonly number[] | undefined;
  synthetic?: Synthetic;
}

/**
 * The condition on rows, by the name of their table in a query, that they are of such inspections. Throws a RangeError for what none can
 * be asked for by: a slip that would ask for all.
 */
export function isOf(table: string, which: InspectionsOf): RawBuilder<boolean> {
  refuseOthers("Inspections can't be asked for by", which, ['service', 'inspections', 'synthetic']);
  const { service, inspections, synthetic } = which;
  const column = (name: string) => sql.ref(`${table}.${name}`);
  const is_synthetic = isSynthetic(synthetic, inspections !== undefined);
  const conditions = [withKeys(`${table}.inspection_id`, inspections)];
  if (service !== undefined) conditions.push(sql`strpos(lower(${column('service')}), lower(${service})) > 0`);
  if (is_synthetic !== undefined) conditions.push(sql`${column('is_synthetic')} = ${is_synthetic}`);
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

/** The condition that a column has one of some keys; no condition where none are given. Throws a RangeError for what are no keys. */
export const withKeys = (column: string, keys: readonly number[] | undefined): RawBuilder<boolean> =>
  keys === undefined ? sql`true` : sql`${sql.ref(column)} = any(${checkedKeys(keys)}::bigint[])`;

/** Keys of inspections as they are given. Throws a RangeError for what are none. */
export function checkedKeys(keys: readonly number[]): readonly number[] {
  if (Array.isArray(keys) && keys.every(Number.isSafeInteger)) return keys;
  throw new RangeError('Inspections are named by a list of their keys, which are whole numbers.');
}

type Column<View extends ViewName> = keyof ViewRow<View> & string;

/** What can be asked of a view: values of its columns, of real inspections where nothing else is said. */
export type Asked<View extends ViewName> = Wanted & {
  [Name in Column<View>]?: NonNullable<ViewRow<View>[Name]> | undefined;
};

/**
 * The rows of a view that are asked for (undefined: any value; of a view that is of no inspections, `synthetic` is 'both'), in the order of some
 * columns, NULL last, else of `inOrder`; `only` leaves others out.
 */
export async function rowsOf<View extends ViewName>(
  db: Connection,
  view: View,
  { synthetic, inspectionId, ...columns }: Asked<View>,
  { only, by = [] }: { only?: RawBuilder<boolean> | undefined; by?: readonly Column<View>[] } = {},
): Promise<ViewRow<View>[]> {
  const is_synthetic = isSynthetic(synthetic, inspectionId !== undefined);
  // To the compiler the union of all views is too much; names and types of columns are checked above.
  let query = db.selectFrom(`analytics.${view as 'inspection'}` as const).selectAll();
  const values: object = { ...columns, inspection_id: inspectionId, is_synthetic };
  for (const [column, value] of Object.entries(values))
    if (value !== undefined) query = query.where(column as 'service', '=', value as string);
  if (only) query = query.where(only);
  for (const column of by) query = query.orderBy(column as 'service');
  const rows = (await rowsAsJson(db, query)) as unknown as ViewRow<View>[];
  return by.length > 0 ? rows : inOrder(rows);
}

/** Makes the function that asks a view for rows, in the order of some columns, else of `inOrder`. */
export const asking =
  <View extends ViewName>(view: View, ...by: Column<View>[]) =>
  (db: Connection, wanted: Asked<View> = {}): Promise<ViewRow<View>[]> =>
    rowsOf(db, view, wanted, { by });

/** What rows are in order of: those of these columns that they have. */
const order = [
  ...[
    'is_synthetic',
    'rank',
    'standard',
    'key_question',
    'prompt',
    'other_key_question',
    'service',
    'authority',
  ],
  ...['as_of', 'year', 'edition', 'inspection_id', 'service_id', 'attribute', 'value', 'beside', 'direction'],
  ...['step', 'version', 'valid_until', 'rating_rank'],
];

/** These come before others of their kind. */
const first = new Set<unknown>(['overall', 'up', 'everywhere']);
const words = new Intl.Collator('en', { numeric: true });

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  if (first.has(a) || first.has(b)) return first.has(a) ? -1 : 1;
  return typeof a === 'number' ? a - Number(b) : words.compare(String(a), String(b));
}

/**
 * Rows by code (overall first, 2.1.9 before 2.1.10), then by service and time, then by what else tells them apart; NULL last. The array
 * itself is sorted.
 */
export function inOrder<Row extends object>(rows: Row[]): Row[] {
  const columns = order.filter((column) => column in (rows[0] ?? {})) as (keyof Row)[];
  const differ = (a: Row, b: Row) => {
    for (const column of columns) {
      const by = compare(a[column], b[column]);
      if (by !== 0) return by;
    }
    return 0;
  };
  return rows.sort(differ);
}

/** Rows put in order of a code of theirs, 2.1.9 before 2.1.10; those of one code stay as they are. The array itself is sorted. */
export function byCode<Row>(rows: Row[], codeOf: (row: Row) => string): Row[] {
  return rows.sort((a, b) => words.compare(codeOf(a), codeOf(b)));
}
