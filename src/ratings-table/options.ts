import type { Problem } from '../problem.js';

export interface RatingsTableOptions {
  /** Path of a column map. */
  columns?: string;
  /** The edition of every row that does not name one itself; comes before the column map's. */
  edition?: string;
  /** Whether a service that is in no register, and of no local authority, may be added. */
  newService?: boolean;
  /** Whether the inspections are invented. */
  synthetic?: boolean;
  /** Whether rows that name an edition which is not loaded are left out, and not refused. */
  passOverUnknownEditions?: boolean;
  /** Whether everything is to be done and taken back. */
  dryRun?: boolean;
  /** Is told what is worth saying of the table as a whole. */
  notice?: (notice: Problem) => void;
}

/** What became of a row of the table. */
export interface RatingsRow {
  /** "table.csv:12 Barnet 2022-05" */
  name: string;
  /** 'known better' when the inspection's own report is loaded: then nothing is written. */
  outcome: 'loaded' | 'replaced' | 'unchanged' | 'known better';
  inspectionId?: number;
  /** What is strange about the row. It is kept as published. */
  remarks: Problem[];
}
