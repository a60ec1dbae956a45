import { Command, CommanderError } from 'commander';
import { exitCode, formatProblem, UserError } from '../problem.js';
import { programVersion } from '../version.js';
import { visible } from '../visible.js';
import { benchCommand } from './bench.js';
import { bookCommand } from './book.js';
import { compareCommand } from './compare.js';
import { connectCommand } from './connect.js';
import { dbCommand } from './db.js';
import { distanceCommand } from './distance.js';
import { exportCommand } from './export.js';
import { commandHasEnded, leftEarly } from './interrupt.js';
import { loadCommand } from './load.js';
import { tell } from './print.js';
import { ratingsCommand } from './ratings.js';
import { readCommand } from './read.js';
import { reconcileCommand } from './reconcile.js';
import { simulateCommand } from './simulate.js';
import { startCommand } from './start.js';
import { templateCommand } from './template.js';
import { trendsCommand } from './trends.js';

const shownProblems = 50;

/** Runs the command line and returns its exit code: 0 done, 1 the data is wrong, 2 the call is wrong, 3 no database. */
export async function main(args: string[]): Promise<number> {
  let exit: number = exitCode.done;
  // Its messages name what the call says, which may be anything.
  const output = {
    writeOut: (text: string) => void process.stdout.write(visible(text)),
    writeErr: (text: string) => void process.stderr.write(visible(text)),
  };
  const program = new Command('yot-ratings')
    .description(
      'Ratings of youth justice inspections in England and Wales: computed in SQL, reconciled with the reports.',
    )
    .version(programVersion, '--version', 'print the version')
    .exitOverride()
    .configureOutput(output);
  for (const make of [
    startCommand,
    dbCommand,
    loadCommand,
    readCommand,
    ratingsCommand,
    reconcileCommand,
    trendsCommand,
    compareCommand,
    distanceCommand,
    exportCommand,
    bookCommand,
    connectCommand,
    simulateCommand,
    templateCommand,
    benchCommand,
  ]) {
    const command = make((code) => {
      exit = code;
    });
    for (const each of [command, ...command.commands])
      each.exitOverride().configureOutput(output).showHelpAfterError('(--help explains the command)');
    program.addCommand(command);
  }
  program.showHelpAfterError('(yot-ratings --help lists the commands)');
  try {
    await program.parseAsync(args, { from: 'user' });
    return exit;
  } catch (error) {
    const left = leftEarly();
    if (left) return left;
    // Commander has printed its message already. Help that nobody asked for is a call that is wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.call;
    if (error instanceof UserError) return complain(error);
    throw error;
  } finally {
    commandHasEnded();
  }
}

/** A user error is its message and its problems; a stack trace is there only for who asks for it. */
function complain({ message, problems, exit, cause }: UserError): number {
  tell(message);
  for (const problem of problems.slice(0, shownProblems)) tell(`  ${formatProblem(problem)}`);
  if (problems.length > shownProblems) tell(`  … and ${problems.length - shownProblems} more`);
  if (cause instanceof Error && process.env.YOT_RATINGS_DEBUG === '1') tell(cause.stack ?? cause.message);
  return exit;
}
