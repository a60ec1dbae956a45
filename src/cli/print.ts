import Papa from 'papaparse';
import { formatProblem, toldOnce, type UserError } from '../problem.js';
import { spreadsheetSafe } from '../words/spreadsheet-safe.js';
import { visible, visibleJson } from '../words/visible.js';
import { wrapLine } from '../words/wrap.js';

/** How many columns there are: those of the terminal. Where nobody looks at one, lines may be of any length. */
export const terminalWidth = (): number =>
  process.stdout.isTTY === true && process.stdout.columns > 0
    ? process.stdout.columns
    : Number.POSITIVE_INFINITY;

/** Prints lines to standard output: results. What a terminal would obey or hide is written out. */
export function print(...lines: string[]): void {
  const width = terminalWidth();
  // A word that is longer than a line stays whole, for it may be an address.
  const shown = visible(lines.join('\n')).split('\n');
  process.stdout.write(`${shown.flatMap((line) => wrapLine(line, width)).join('\n')}\n`);
}

/** Prints a value as JSON to standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${visibleJson(JSON.stringify(value, null, 2))}\n`);
}

/**
 * Prints rows, which all have the same columns, as CSV with a heading; null is an empty cell. An apostrophe stands before
 * texts that a spreadsheet would take for formulas; numbers are as they are.
 */
export function printCsv(rows: readonly object[]): void {
  const safe = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, cell]) => [
        column,
        typeof cell === 'string' ? spreadsheetSafe(cell) : Array.isArray(cell) ? cell.join(', ') : cell,
      ]),
    ),
  );
  const text = Papa.unparse(safe, { newline: '\n' });
  // A program that reads it gets every character; a terminal does not.
  process.stdout.write(`${process.stdout.isTTY ? visible(text) : text}\n`);
}

/** What a command that prints a table is given: whether of invented inspections, and in which form. */
export interface TableOptions {
  synthetic?: boolean;
  json?: boolean;
  csv?: boolean;
}

/** Prints rows as the call wants them: as JSON, as CSV, or in lines for people. */
export function printRows(
  { json, csv }: TableOptions,
  rows: readonly object[],
  inLines: () => readonly string[],
): void {
  if (json) printJson(rows);
  else if (csv) printCsv(rows);
  else print(...inLines());
}

/** Prints lines to standard error: progress and messages. */
export function tell(...lines: string[]): void {
  process.stderr.write(`${visible(lines.join('\n'))}\n`);
}

const shownProblems = 50;

/** Tells a user error: its message and its problems, what is the same of many lines once; a stack trace is there only for who asks for it. */
export function tellError({ message, problems, cause }: UserError): void {
  const told = toldOnce(problems);
  tell(message, ...told.slice(0, shownProblems).map((problem) => `  ${formatProblem(problem)}`));
  if (told.length > shownProblems) tell(`  … and ${told.length - shownProblems} more`);
  if (cause instanceof Error && process.env.YOT_RATINGS_DEBUG === '1') tell(cause.stack ?? cause.message);
}
