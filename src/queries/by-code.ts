const order = new Intl.Collator('en', { numeric: true });

/** Rows put in order of a code of theirs, 2.1.9 before 2.1.10; those of one code stay as they are. The array itself is sorted. */
export function byCode<Row>(rows: Row[], codeOf: (row: Row) => string): Row[] {
  return rows.sort((a, b) => order.compare(codeOf(a), codeOf(b)));
}
