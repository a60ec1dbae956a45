import { Command, CommanderError } from 'commander';
import { exitCode, formatProblem, UserError } from '../problem.js';
import { programVersion } from '../version.js';
import { visible } from '../visible.js';
import { wrapText } from '../words/wrap.js';
import type { CommandMaker } from './command.js';
import { commandHasEnded, leftEarly } from './interrupt.js';
import { tell } from './print.js';
import { terminalWidth } from './width.js';

/** Commands by their names. */
type Commands = Record<string, () => Promise<CommandMaker>>;

/** The commands, each loaded when it is called: most of what takes time at the beginning is reading modules. */
const ours = {
  start: async () => (await import('./start.js')).startCommand,
  db: async () => (await import('./db.js')).dbCommand,
  load: async () => (await import('./load.js')).loadCommand,
  read: async () => (await import('./read.js')).readCommand,
  ratings: async () => (await import('./ratings.js')).ratingsCommand,
  reconcile: async () => (await import('./reconcile.js')).reconcileCommand,
  trends: async () => (await import('./trends.js')).trendsCommand,
  compare: async () => (await import('./compare.js')).compareCommand,
  distance: async () => (await import('./distance.js')).distanceCommand,
  export: async () => (await import('./export.js')).exportCommand,
  book: async () => (await import('./book.js')).bookCommand,
  connect: async () => (await import('./connect.js')).connectCommand,
  simulate: async () => (await import('./simulate.js')).simulateCommand,
  template: async () => (await import('./template.js')).templateCommand,
} satisfies Commands;

const shownProblems = 50;

/** Runs the command line and returns its exit code: 0 done, 1 the data is wrong, 2 the call is wrong, 3 no database. */
export async function main(args: string[], commands: Commands = ours): Promise<number> {
  let exit: number = exitCode.done;
  // Its messages name what the call says, which may be anything.
  const output = {
    writeOut: (text: string) => void process.stdout.write(wrapText(visible(text), terminalWidth())),
    writeErr: (text: string) => void process.stderr.write(visible(text)),
  };
  const program = new Command('yot-ratings')
    .description(
      'Ratings of youth justice inspections in England and Wales: computed in SQL, reconciled with the reports.',
    )
    .version(programVersion, '--version', 'print the version')
    .exitOverride()
    .configureOutput(output);
  const [called = ''] = args;
  for (const load of Object.hasOwn(commands, called)
    ? [commands[called] as Commands[string]]
    : Object.values(commands)) {
    const make = await load();
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
