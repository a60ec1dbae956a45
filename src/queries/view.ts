import type { RawBuilder, Selectable } from 'kysely';
import { rowsAsJson } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';

/** A public view, by its name without schema. */
export type ViewName = {
  [Name in keyof DB]: Name extends `analytics.${infer View}` ? View : never;
}[keyof DB];

/** A row of a public view: which columns may be null says db/views/columns.yaml, what each means the view's comments. */
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

/** The conditions on the rows of a view of inspections. */
export const ofWanted = ({ inspectionId, synthetic }: Wanted) => ({
  inspection_id: inspectionId,
  is_synthetic: isSynthetic(synthetic, inspectionId !== undefined),
});

type Column<View extends ViewName> = keyof ViewRow<View> & string;

/** Which rows, and what they are put in order by: columns of the view, each from the least value on, NULL last; before them a code of a question or standard. */
export interface Order<View extends ViewName> {
  by: readonly (Column<View> | RawBuilder<unknown> | { descending: Column<View> })[];
  /** 2.1.9 before 2.1.10. */
  code?: (row: ViewRow<View>) => string;
  /** Leaves others out. */
  only?: RawBuilder<boolean> | undefined;
}

/** Rows of a public view whose columns have some values (undefined: any), in order. */
export async function rowsOf<View extends ViewName>(
  db: Connection,
  view: View,
  where: { [Name in Column<View>]?: ViewRow<View>[Name] | undefined },
  { by, code, only }: Order<View>,
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

const codes = new Intl.Collator('en', { numeric: true });

/** Rows put in order of a code of theirs, 2.1.9 before 2.1.10; those of one code stay as they are. The array itself is sorted. */
export function byCode<Row>(rows: Row[], codeOf: (row: Row) => string): Row[] {
  return rows.sort((a, b) => codes.compare(codeOf(a), codeOf(b)));
}
