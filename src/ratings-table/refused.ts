import type { CsvFile } from '../import/files/csv/csv-file.js';
import { type Problem, UserError } from '../problem.js';
import { toldOnce } from './told-once.js';

/** The error that refuses a table, with all that is wrong with it in the order of its lines. */
export function refused(csv: CsvFile, problems: Problem[]): UserError {
  const sorted = [...problems].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  const count = sorted.length === 1 ? '1 problem' : `${sorted.length} problems`;
  return new UserError(`${csv.file}: ${count}; nothing was loaded.`, undefined, toldOnce(sorted));
}
