import { type Problem, UserError } from '../../problem.js';

/** Throws a UserError with the problems, if there are any. */
export function refuse(message: string, problems: Problem[]): void {
  if (problems.length > 0) throw new UserError(message, undefined, problems);
}
