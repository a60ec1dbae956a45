import { groupBy } from '../group-by.js';
import type { CsvFile } from '../import/files/csv/csv-file.js';
import { type Problem, UserError } from '../problem.js';

/** How many lines are named of those that a message is on. */
const mostLines = 10;

/** What is the same of many cells of one column (a word that is no rating; by what an edition was told) is told once, with its lines. */
export const toldOnce = (problems: Problem[]): Problem[] =>
  [...groupBy(problems, ({ file, column, message }) => `${file} ${column} ${message}`).values()].map(
    (same) => {
      const [first] = same as [Problem, ...Problem[]];
      const others = same.slice(1, mostLines).map(({ line }) => line);
      const more = same.length > mostLines ? ', …' : '';
      return others.length === 0
        ? first
        : {
            ...first,
            message: `${first.message} (and line ${others.join(', ')}${more}: ${same.length} rows)`,
          };
    },
  );

/** The error that refuses a table, with all that is wrong with it in the order of its lines. */
export function refused({ file }: CsvFile, problems: Problem[]): UserError {
  const sorted = problems.toSorted(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  const count = sorted.length === 1 ? '1 problem' : `${sorted.length} problems`;
  return new UserError(`${file}: ${count}; nothing was loaded.`, undefined, toldOnce(sorted));
}
