/** From so many columns on, tables have their wide form. */
const wide = 124;
/** What the narrow form fits into. */
export const narrowWidth = 80;

/** How many columns there are: those of the terminal. Where nobody looks at one, lines may be of any length. */
export const terminalWidth = (): number =>
  process.stdout.isTTY === true && process.stdout.columns > 0
    ? process.stdout.columns
    : Number.POSITIVE_INFINITY;

/** Whether standard output is a terminal in which wide tables would break. */
export const isNarrow = (): boolean => terminalWidth() < wide;
