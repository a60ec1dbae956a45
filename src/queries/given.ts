/** A view's row in which the named columns are never null; the database types have every column of a view nullable. */
export type Given<Row, Columns extends keyof Row> = Omit<Row, Columns> & {
  [Column in Columns]: NonNullable<Row[Column]>;
};

/** The columns that every view of inspections begins with and that are never null. */
export const givenKeys = [
  'inspection_id',
  'service_id',
  'service',
  'area',
  'edition',
  'year',
  'is_synthetic',
] as const;

/** Which inspections are asked for: one of them, and those that are invented, or those that are not. */
export interface Wanted {
  inspectionId?: number | undefined;
  synthetic?: boolean | undefined;
}
