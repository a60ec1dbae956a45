import { type Problem, toldOnce, UserError } from '../../problem.js';

/** Throws a UserError with the problems, if there are any. */
export function refuse(message: string, problems: Problem[]): void {
  if (problems.length > 0) throw new UserError(message, undefined, problems);
}

/** The error that refuses a table, with all that is wrong with it in the order of its lines. */
export function refused({ file }: { file: string }, problems: Problem[]): UserError {
  const sorted = problems.toSorted(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  const count = sorted.length === 1 ? '1 problem' : `${sorted.length} problems`;
  return new UserError(`${file}: ${count}; nothing was loaded.`, undefined, toldOnce(sorted));
}
