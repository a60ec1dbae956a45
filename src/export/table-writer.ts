import type { TextRow } from './rows.js';

/** Writes a table's rows into a file, as they come. */
export interface TableWriter {
  /** Takes a row; where it gives a promise, the next one waits for it. */
  write(row: TextRow): Promise<void> | undefined;
  /** Writes what is left and closes the file. */
  end(): Promise<void>;
  /** Closes the file as it is, after a failure. */
  abandon(): Promise<void>;
}
