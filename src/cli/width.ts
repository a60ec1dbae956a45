/** From so many columns on, tables have their wide form. Where nobody looks at a terminal, lines may be of any length. */
const wide = 124;
/** What the narrow form fits into. */
export const narrowWidth = 80;

/** Whether standard output is a terminal in which wide tables would break. */
export const isNarrow = (): boolean =>
  process.stdout.isTTY === true && process.stdout.columns > 0 && process.stdout.columns < wide;
