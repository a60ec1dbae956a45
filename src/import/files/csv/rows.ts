import Papa from 'papaparse';
import { type Problem, UserError } from '../../../problem.js';
import type { CsvFile } from './csv-file.js';

/** A data row: its trimmed cells, as many as the heading has, and the line on which it begins. */
export interface CsvRow {
  cells: string[];
  line: number;
}

/** Characters that a cell may have, and cells that a line may have. */
export const mostChars = 1000;
export const mostCells = 5000;
/** Problems after which reading stops. */
const mostProblems = 100;

/**
 * The rows of a table below its heading; `text` has line ends that are LF. Blank rows are left out (but counted as lines). Throws a
 * UserError with all problems (up to 100) at the end; after the first of them no more rows come, but those before a quote that breaks
 * the file off do.
 */
export function* rowsBelow(
  file: string,
  table: { text: string; firstLine: number; delimiter: string; header: readonly string[] },
): Generator<CsvRow> {
  const { text, firstLine, delimiter, header } = table;
  const width = header.length;
  const problems: Problem[] = [];
  const add = (line: number, field: number | undefined, message: string) =>
    problems.push({ file, line, ...(field !== undefined && { column: field }), message });
  const { data, errors } = new Papa.Parser({ delimiter, newline: '\n' }).parse(text, 0, false) as {
    data: string[][];
    errors: QuoteError[];
  };
  const [broken] = errors;
  // What stands before a broken quote is read all the same, to be looked at.
  if (broken) data.length = broken.row;
  // Only cells that were in quotes have line breaks, and only then do the lines of a file have to be counted.
  const hasQuotes = text.includes('"');
  const unnamed = new Set(header.flatMap((title, at) => (title === '' ? [at] : [])));
  let next = firstLine;
  for (const [nth, cells] of data.entries()) {
    if (problems.length >= mostProblems) break;
    // Only the caller may hold on to a row that was padded: below a wide heading it takes far more room than its text.
    data[nth] = [];
    const line = next++;
    let filled = 0;
    for (let at = 0; at < cells.length; at++) {
      const raw = cells[at] as string;
      if (raw === '') continue;
      if (hasQuotes) next += raw.split('\n').length - 1;
      const cell = trimmed(raw);
      cells[at] = cell;
      if (cell === '') continue;
      filled = at + 1;
      const wrong = wrongCell(cell);
      if (wrong) add(line, at + 1, wrong);
    }
    if (filled === 0) continue;
    if (filled > mostCells) add(line, undefined, `${filled} cells: a line may have up to ${mostCells}`);
    else if (filled > width) {
      const name = delimiter === '\t' ? 'a tab' : `"${delimiter}"`;
      const message = `${filled} cells, but the heading names ${width}: put a cell that holds ${name} in quotes`;
      add(line, width + 1, message);
    }
    for (const at of unnamed) {
      if (!cells[at]) continue;
      add(line, at + 1, `column ${at + 1} has no heading: name it, or empty its cells`);
      // Said once of each column.
      unnamed.delete(at);
    }
    while (cells.length < width) cells.push('');
    cells.length = width;
    if (problems.length === 0) yield { cells, line };
  }
  if (broken) problems.push(quotingProblem(file, text, broken, firstLine));
  if (problems.length > 0)
    throw new UserError(`${file} can't be read.`, undefined, problems.slice(0, mostProblems));
}

/** The data rows of a table without a row of totals at its end; one elsewhere is said. What `isData` knows is no label of totals. */
export function* withoutTotals(
  csv: CsvFile,
  say: (problem: Problem) => void,
  isData: (cell: string) => boolean = () => false,
): Generator<CsvRow> {
  let totals: number | undefined;
  for (const row of csv.rows()) {
    if (totals !== undefined)
      say({ file: csv.file, line: totals, column: 1, message: 'a totals row has to be the last one' });
    totals = isTotalsRow(row.cells) && !isData(row.cells[0] as string) ? row.line : undefined;
    if (totals === undefined) yield row;
  }
}

const totals = /^((grand )?totals?|sum) ?:?$/i;
const number = /^[-+]?[\d ,.]*\d[\d ,.]*%?$/;

/**
 * True for a row that sums up those above it: its first cell says so ("Total", "Totals:", "Grand total", "Sum")
 * and what is filled in beside it is not words alone, or is empty and all beside it are numbers.
 */
export function isTotalsRow([label = '', ...others]: string[]): boolean {
  const filled = others.filter((cell) => cell !== '');
  if (label === '') return filled.length > 0 && filled.every((cell) => number.test(cell));
  // a case may be called Sum: what stands beside it are words then
  return totals.test(label) && (filled.length === 0 || filled.some((cell) => number.test(cell)));
}

/**
 * A cell as it is compared: without the blanks around it, every kind of blank a blank, nothing that can't be seen, and accents in the
 * one form that they have as letters (NFC). Most cells are plain, which is found out first.
 */
export function trimmed(cell: string): string {
  for (let at = 0; at < cell.length; at++) if (cell.charCodeAt(at) > 126) return inOneForm(cell);
  return cell.charCodeAt(0) <= 32 || cell.charCodeAt(cell.length - 1) <= 32 ? cell.trim() : cell;
}

const inOneForm = (cell: string): string =>
  cell
    .normalize('NFC')
    // zero width and soft hyphens alone: a mark that turns text round changes what is seen
    .replaceAll(/[\u00ad\u200b-\u200d\u2060\ufeff]/gu, '')
    .replaceAll(/\p{Zs}/gu, ' ')
    .trim();

/** What no cell and no heading may be; undefined for what it may. */
export function wrongCell(cell: string): string | undefined {
  if (cell.length > mostChars) return `a cell of ${cell.length} characters: it may have up to ${mostChars}`;
  return cell.includes('\0') ? 'a NUL character, which is no text: remove it' : undefined;
}

/** What Papa's parser says of a quote: `index` is the position after the quote that opens the cell. */
interface QuoteError {
  code: string;
  row: number;
  index: number;
}

/** A quote that is not closed, or not by the end of its cell, as a problem at the line on which the cell begins. */
export function quotingProblem(file: string, text: string, error: QuoteError, firstLine: number): Problem {
  const line = firstLine + text.slice(0, error.index).split('\n').length - 1;
  const message =
    error.code === 'MissingQuotes'
      ? 'a quote opens a cell here and is never closed'
      : 'a quote opens a cell here, and what follows the closing quote is not the end of the cell: write a quote inside a cell twice ("")';
  return { file, line, message };
}
