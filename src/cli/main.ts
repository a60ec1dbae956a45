import { Command, CommanderError } from 'commander';
import { exitCode, UserError } from '../problem.js';
import { programVersion } from '../version.js';
import { visible } from '../words/visible.js';
import { wrapText } from '../words/wrap.js';
import { type Action, declareCommands } from './commands.js';
import { commandHasEnded, leftEarly } from './interrupt.js';
import { tellError, terminalWidth } from './print.js';

/** Runs the command line and returns its exit code: 0 done, 1 the data is wrong, 2 the call is wrong, 3 no database. */
export async function main(
  args: string[],
  declare: (program: Command, action: Action) => void = declareCommands,
): Promise<number> {
  let exit: number = exitCode.done;
  // Messages name what the call says, which may be anything.
  const program = new Command('yot-ratings')
    .description(
      'Ratings of youth justice inspections in England and Wales: computed in SQL, reconciled with the reports.',
    )
    .version(programVersion, '--version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void process.stdout.write(wrapText(visible(text), terminalWidth())),
      writeErr: (text) => void process.stderr.write(visible(text)),
    })
    .showHelpAfterError('(--help explains the command)');
  declare(program, (load) => async (...given) => {
    const ended = await (await load())(...given);
    if (typeof ended === 'number') exit = ended;
  });
  program.showHelpAfterError('(yot-ratings --help lists the commands)');
  try {
    await program.parseAsync(args, { from: 'user' });
    return exit;
  } catch (error) {
    const left = leftEarly();
    if (left) return left;
    // Commander has printed its message already. Help that nobody asked for is a call that is wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.call;
    if (!(error instanceof UserError)) throw error;
    tellError(error);
    return error.exit;
  } finally {
    commandHasEnded();
  }
}
