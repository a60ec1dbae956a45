import { exitCode, formatProblem, UserError } from '../problem.js';
import { tell } from './print.js';

/** Problems of one refusal that are printed. */
const mostProblems = 10;

/**
 * Does a thing for one of several files; what refuses it is told and kept, and does not end the others'. An error of the program itself is
 * told as one, with the file that brought it about.
 */
export async function refusing(
  refusals: UserError[],
  file: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const refusal = error instanceof UserError ? error : faultAt(file, error);
    refusals.push(refusal);
    const { message, problems, cause } = refusal;
    tell(message, ...problems.slice(0, mostProblems).map((problem) => `  ${formatProblem(problem)}`));
    if (problems.length > mostProblems) tell(`  … and ${problems.length - mostProblems} more`);
    if (cause instanceof Error && process.env.YOT_RATINGS_DEBUG === '1') tell(cause.stack ?? cause.message);
  }
}

function faultAt(file: string, error: unknown): UserError {
  const cause = error instanceof Error ? error : new Error(String(error));
  const [first = ''] = cause.message.split('\n');
  const what = `${cause.name}${first === '' ? '' : `: ${first.slice(0, 200)}`}`;
  return new UserError(
    `${file} could not be read: the program has a fault (${what}). Please report it, and name this file; YOT_RATINGS_DEBUG=1 shows where it is.`,
    exitCode.data,
    [],
    cause,
  );
}

/** The call is wrong when nothing but that is; else the data. */
export const exitOf = (refusals: readonly UserError[]): number =>
  refusals.every(({ exit }) => exit === exitCode.call) ? exitCode.call : exitCode.data;
