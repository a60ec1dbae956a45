import Papa from 'papaparse';
import { type Problem, UserError } from '../../../problem.js';
import { mostCells, mostChars, type QuoteError, quotingProblem, trimmed } from './cells.js';
import { columnName, type Heading } from './heading.js';

/** A data row: its trimmed cells, as many as the heading has, and the line on which it begins. */
export interface CsvRow {
  cells: string[];
  line: number;
}

// Problems after which reading stops.
const mostProblems = 100;

/**
 * The rows of a table below its heading; `text` has line ends that are LF. Blank rows are left out (but counted as lines). Throws a
 * UserError with all problems (up to 100) at the end; after the first of them no more rows come, but those before a quote that breaks
 * the file off do.
 */
export function* rowsBelow(file: string, text: string, heading: Heading): Generator<CsvRow> {
  const { delimiter, header } = heading;
  const width = header.length;
  const problems: Problem[] = [];
  const add = (line: number, field: number | undefined, message: string) =>
    problems.push({ file, line, ...(field !== undefined && { column: field }), message });

  const below = text.slice(heading.rowsOffset);
  const { data, errors } = new Papa.Parser({ delimiter, newline: '\n' }).parse(below, 0, false) as {
    data: string[][];
    errors: QuoteError[];
  };
  const [broken] = errors;
  // What stands before a broken quote is read all the same, to be looked at.
  if (broken) data.length = broken.row;
  // Only cells that were in quotes have line breaks, and only then do the lines of a file have to be counted.
  const hasQuotes = below.includes('"');
  let unnamed = header.flatMap((title, at) => (title === '' ? [at] : []));
  let next = heading.rowsLine;
  for (const [nth, cells] of data.entries()) {
    if (problems.length >= mostProblems) break;
    // Only the caller may hold on to a row that was padded: below a wide heading it takes far more room than its text.
    data[nth] = [];
    const line = next++;
    let filled = 0;
    for (let at = 0; at < cells.length; at++) {
      const raw = cells[at] as string;
      if (raw === '') continue;
      if (hasQuotes) next += breaksIn(raw);
      const cell = trimmed(raw);
      cells[at] = cell;
      if (cell === '') continue;
      filled = at + 1;
      if (cell.length > mostChars)
        add(line, at + 1, `a cell of ${cell.length} characters: it may have up to ${mostChars}`);
      if (cell.includes('\0')) add(line, at + 1, 'a NUL character, which is no text: remove it');
    }
    if (filled === 0) continue;
    if (filled > mostCells) add(line, undefined, `${filled} cells: a line may have up to ${mostCells}`);
    else if (filled > width) {
      const name = delimiter === '\t' ? 'a tab' : `"${delimiter}"`;
      const message = `${filled} cells, but the heading names ${width}: put a cell that holds ${name} in quotes`;
      add(line, width + 1, message);
    }
    // Said once of each column.
    for (const column of unnamed.filter((each) => cells[each])) {
      add(line, column + 1, `${columnName(column + 1)} has no heading: name it, or empty its cells`);
      unnamed = unnamed.filter((each) => each !== column);
    }
    while (cells.length < width) cells.push('');
    cells.length = width;
    if (problems.length === 0) yield { cells, line };
  }
  if (broken) problems.push(quotingProblem(file, below, broken, heading.rowsLine));
  if (problems.length > 0)
    throw new UserError(`${file} can't be read.`, undefined, problems.slice(0, mostProblems));
}

function breaksIn(cell: string): number {
  let breaks = 0;
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) breaks++;
  return breaks;
}
