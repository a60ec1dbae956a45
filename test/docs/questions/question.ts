import type { Connection } from '../../../src/index.js';

/** A cell of an answer. */
export type Cell = string | number | boolean | null;

/** A question of an analyst, asked in two ways that have to give the same answer. */
export interface Question {
  ask: string;
  /** How the answer is to be read, in Markdown. */
  note: string;
  /**
   * Which inspections it is asked of: those that are known whole, an invented programme, or one and then the other; or all real ones, the
   * published ratings of the country among them.
   */
  of: 'real' | 'invented' | 'both' | 'country';
  /** Columns that are otherwise every day: the two answers have to agree in them, and the page leaves them out. */
  changing?: string[];
  /** Of real inspections where it is asked of both: `not is_synthetic` is `is_synthetic` for the others. */
  sql: string;
  /** Rows with the columns of the SQL, and maybe others; `synthetic` says of which inspections, where it is asked of both. */
  typescript: (db: Connection, synthetic: boolean) => Promise<object[]>;
}
