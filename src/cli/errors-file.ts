import { readFile, stat, writeFile } from 'node:fs/promises';
import Papa from 'papaparse';
import { checkName, writing } from '../disk/writing.js';
import { exitCode, type Problem, UserError } from '../problem.js';
import { plural } from '../words/plural.js';
import { visibleLine } from '../words/visible.js';
import { tell } from './print.js';

const columns = ['file', 'line', 'column', 'message'];

/** Does work; when it fails with problems, they go to a file as well, each a row. */
export async function withErrorsFile(file: string | undefined, work: () => Promise<void>): Promise<void> {
  if (file === undefined) return work();
  await refuseOther(file);
  // Before the work: that it can't be written is better known before anything is loaded.
  await writeProblems(file, []);
  try {
    await work();
  } catch (error) {
    if (error instanceof UserError && error.exit === exitCode.data) {
      const { about = '', message } = error;
      // What is wrong with a path as a whole is said by the message alone.
      const problems = error.problems.length > 0 ? error.problems : [{ file: about, message }];
      await writeProblems(file, problems);
      tell(`${plural(problems.length, 'problem')} written to ${file}.`);
    }
    throw error;
  }
}

/** Refuses to write over a file that is not one of problems: it may be what is to be loaded. Throws a UserError. */
async function refuseOther(file: string): Promise<void> {
  checkName(file, 'file');
  // What is no file, such as /dev/stderr, is not read: it might never end.
  if (!(await stat(file).catch(() => undefined))?.isFile()) return;
  const beginning = await readFile(file, 'utf8');
  if (beginning !== '' && !beginning.startsWith(columns.join(',')))
    throw new UserError(
      `--errors would write over ${file}, which is something else: name a new file, or one of an earlier call.`,
      exitCode.call,
    );
}

async function writeProblems(file: string, problems: Problem[]): Promise<void> {
  const rows = problems.map(({ file: at, line = '', column = '', message }) => [
    at,
    line,
    column,
    visibleLine(message),
  ]);
  const text = Papa.unparse([columns, ...rows], { escapeFormulae: true });
  await writing(file, () => writeFile(file, `${text}\r\n`));
}
