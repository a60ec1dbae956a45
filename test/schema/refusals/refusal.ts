/** A statement that the schema has to refuse, by the constraint (or unique index) that stands in its way. */
export interface Refusal {
  /** The wrong row, in words. */
  what: string;
  constraint: string;
  statement: string;
}

/** A refusal, short enough for a list of them. */
export const refusal = (what: string, constraint: string, statement: string): Refusal => ({
  what,
  constraint,
  statement,
});
