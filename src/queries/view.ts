import { type RawBuilder, type Selectable, sql } from 'kysely';
import { rowsAsJson } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';

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

/** The condition on rows, by the name of their table in a query, that they are of such inspections. */
export function isOf(table: string, { service, inspections, synthetic }: InspectionsOf): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  const is_synthetic = isSynthetic(synthetic, inspections !== undefined);
  const conditions = [withKeys(`${table}.inspection_id`, inspections)];
  if (service !== undefined) conditions.push(sql`strpos(lower(${column('service')}), lower(${service})) > 0`);
  if (is_synthetic !== undefined) conditions.push(sql`${column('is_synthetic')} = ${is_synthetic}`);
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

/** The condition that a column has one of some keys; no condition where none are given. */
export const withKeys = (column: string, keys: readonly number[] | undefined): RawBuilder<boolean> =>
  keys === undefined ? sql`true` : sql`${sql.ref(column)} = any(${keys}::bigint[])`;

type Column<View extends ViewName> = keyof ViewRow<View> & string;

/** What rows are put in order by: columns, each from the least value on, NULL last; before them a code of a question or standard. */
interface Order<View extends ViewName> {
  by: readonly (Column<View> | RawBuilder<unknown> | { descending: Column<View> })[];
  /** 2.1.9 before 2.1.10. */
  code?: (row: ViewRow<View>) => string;
}

/** Rows of a public view whose columns have some values (undefined: any), in order; `only` leaves others out. */
export async function rowsOf<View extends ViewName>(
  db: Connection,
  view: View,
  where: { [Name in Column<View>]?: ViewRow<View>[Name] | undefined },
  { by, code }: Order<View>,
  only?: RawBuilder<boolean>,
): Promise<ViewRow<View>[]> {
  // To the compiler the union of all views is too much; names and types of columns are checked above.
  let query = (db as Connection).selectFrom(`analytics.${view as 'inspection'}` as const).selectAll();
  for (const [column, value] of Object.entries(where))
    if (value !== undefined) query = query.where(column as 'service', '=', value as string);
  if (only) query = query.where(only);
  for (const one of by)
    query =
      typeof one === 'object' && 'descending' in one
        ? query.orderBy(one.descending as 'service', (order) => order.desc().nullsLast())
        : query.orderBy(one as 'service');
  const rows = (await rowsAsJson(db, query)) as unknown as ViewRow<View>[];
  return code ? byCode(rows, code) : rows;
}

/** What can be asked for: values of columns, by the names that a function has for them, of real inspections where nothing else is said. */
type Asked<View extends ViewName, Names extends Record<string, Column<View>>> = {
  [Name in keyof Names]?: NonNullable<ViewRow<View>[Names[Name]]> | undefined;
} & { synthetic?: Synthetic };

/** Makes the function that asks a view for rows: `names` are the columns whose values can be asked for. */
export function asking<View extends ViewName, const Names extends Record<string, Column<View>>>(
  view: View,
  names: Names,
  order: Order<View>,
): (db: Connection, wanted?: Asked<View, Names>) => Promise<ViewRow<View>[]> {
  return (db, wanted) => {
    const given = (wanted ?? {}) as Record<string, unknown> & Wanted;
    const where = Object.entries(names).map(([name, column]) => [column, given[name]]);
    const is_synthetic = isSynthetic(given.synthetic, given.inspectionId !== undefined);
    return rowsOf(db, view, Object.fromEntries([...where, ['is_synthetic', is_synthetic]]), order);
  };
}

const codes = new Intl.Collator('en', { numeric: true });

/** Rows put in order of a code of theirs, 2.1.9 before 2.1.10; those of one code stay as they are. The array itself is sorted. */
export function byCode<Row>(rows: Row[], codeOf: (row: Row) => string): Row[] {
  return rows.sort((a, b) => codes.compare(codeOf(a), codeOf(b)));
}
