import Papa from 'papaparse';
import { type Problem, UserError } from '../../../problem.js';
import { type FileRecord, type Given, readSource } from '../source.js';
import { type Encoding, tableText } from './encoding.js';

const delimiters = [',', ';', '\t'];

/** Whether a cell of a table that may have a title names a column of it. */
type IsColumn = (cell: string) => boolean;

/** A data row: its trimmed cells, as many as the heading has, and the line on which it begins. */
export interface CsvRow {
  cells: string[];
  line: number;
}

/** A table that was opened: its bytes hashed, its encoding known, its heading read. */
export interface CsvFile {
  /** what messages call it: the path given, or "standard input" */
  file: string;
  /** sha256 is of all bytes, as they are in the file */
  record: FileRecord;
  encoding: Encoding;
  /**
   * Headings, trimmed, as they are written in the file; no two are the same but for upper and lower case. Trailing
   * empty columns are left off; one in the middle is '', and all its cells are empty.
   */
  header: string[];
  /** line of the heading, counting from 1 */
  headerLine: number;
  /** things worth saying that are no errors: "not UTF-8: read as Windows-1252" */
  notices: Problem[];
  /** The data rows (see rowsBelow); may be asked for once or several times. */
  rows(): Iterable<CsvRow>;
}

/** In megabytes. The largest inspection that there can be, with 32,000 cases, has less. */
const largest = 200;
/** Characters that a cell may have, and cells that a line may have. */
const mostChars = 1000;
const mostCells = 5000;
/** Problems after which reading stops. */
const mostProblems = 100;
/** The heading is one of so many first lines, where there may be a title above it. */
const mostTitles = 6;

/** Opens a table. With `isColumn` there may be titles above the heading. Throws a UserError when it can't be read or is no table. */
export async function openCsv(given: Given, { isColumn }: { isColumn?: IsColumn } = {}): Promise<CsvFile> {
  const { bytes, record } = await readSource(given, largest);
  const { file } = record;
  const { encoding, text: written } = tableText(file, bytes);
  const text = written.includes('\r') ? written.replace(/\r\n?/g, '\n') : written;
  const { header, headerLine, ...below } = headingOf(file, text, isColumn);
  const message = 'not UTF-8: read as Windows-1252. Save it as CSV UTF-8 if accents come out wrong';
  return {
    ...{ file, record, encoding, header, headerLine },
    notices: encoding === 'Windows-1252' ? [{ file, message }] : [],
    rows: () => rowsBelow(file, { header, ...below }),
  };
}

/** A problem at a cell: its line, and as column the number of the field, counting from 1. */
export function cellProblem(
  { file }: Pick<CsvFile, 'file'>,
  line: number,
  field: number | undefined,
  message: string,
): Problem {
  return { file, line, ...(field === undefined ? {} : { column: field }), message };
}

/** What Papa's parser says of a quote: `index` is the position after the quote that opens the cell. */
interface QuoteError {
  code: string;
  row: number;
  index: number;
}

/** Reads the records of a text with LF as line end; `end` is where the last one ends. */
function recordsOf(text: string, delimiter: string, preview = 0) {
  // In its fast mode it does not say where it has stopped.
  const options = { delimiter, newline: '\n' as const, preview, ...(preview > 0 && { fastMode: false }) };
  const { data, errors, meta } = new Papa.Parser(options).parse(text, 0, false);
  return { data: data as string[][], error: errors[0] as QuoteError | undefined, end: meta.cursor as number };
}

/**
 * Finds the heading: the first line that is not blank; where a table may have titles, the first that names a column. Throws a UserError
 * when there is none, or when something is wrong with it.
 */
function headingOf(file: string, text: string, isColumn: IsColumn | undefined) {
  const first: (ReturnType<typeof firstRecord> & { at: number; line: number })[] = [];
  let line = 1;
  for (let at = 0; at < text.length && first.length < (isColumn ? mostTitles : 1); line++) {
    const end = text.indexOf('\n', at);
    const next = end < 0 ? text.length : end + 1;
    if (!/^[\s,;]*$/.test(text.slice(at, next))) first.push({ ...firstRecord(text.slice(at)), at, line });
    at = next;
  }
  const [top] = first;
  if (!top) {
    const what = text === '' ? 'it is empty' : 'it has nothing but blank lines';
    throw new UserError(`${file} can't be read: ${what}. Its first line has to name the columns.`);
  }
  const heading = first.find(({ cells }) => isColumn && cells.some(isColumn)) ?? top;
  const { cells: header, delimiter, error } = heading;
  const record = text.slice(heading.at, heading.at + heading.end);
  const problems = error
    ? [quotingProblem(file, record, error, heading.line)]
    : headingProblems(header, record).map(([column, message]) =>
        cellProblem({ file }, heading.line, column || undefined, message),
      );
  if (problems.length > 0) throw new UserError(`${file} can't be read.`, undefined, problems);
  return {
    ...{ header, headerLine: heading.line, delimiter },
    text: text.slice(heading.at + heading.end),
    firstLine: heading.line + record.split('\n').length - 1,
  };
}

/** The record that a text begins with, by the delimiter that makes most cells of it, and where it ends. */
function firstRecord(text: string) {
  const read = delimiters.map((delimiter) => {
    const { data, ...rest } = recordsOf(text, delimiter, 1);
    const cells = (data[0] ?? []).map(trimmed);
    while (cells.at(-1) === '') cells.pop();
    return { delimiter, cells, ...rest };
  });
  // By a wrong delimiter, what follows a closing quote is not the end of the cell.
  const rank = ({ cells, error }: (typeof read)[number]) =>
    error?.code === 'InvalidQuotes' ? 0 : cells.length;
  return read.reduce((best, one) => (rank(one) > rank(best) ? one : best));
}

/** What is wrong with headings, each at its column, or at 0 for all of them. */
function headingProblems(header: string[], record: string): [column: number, message: string][] {
  const [first] = header;
  if (first === undefined) return [[0, 'an empty heading: this line has to name the columns']];
  if (header.length === 1 && record.startsWith('"') && /[^,;\t][,;\t][^,;\t]/.test(first)) {
    const message =
      'the line stands in one pair of quotes, and is one cell: a program has quoted each line as a whole. Take the quotes around the lines away, or export the table anew';
    return [[0, message]];
  }
  if (header.length > mostCells)
    return [[mostCells + 1, `${header.length} columns: a table may have up to ${mostCells}`]];
  const seen = new Map<string, number>();
  return header.flatMap((heading, at): [number, string][] => {
    const plain = heading.toLowerCase();
    const before = heading === '' ? undefined : seen.get(plain);
    // said once, however often it stands there
    seen.set(plain, before === undefined ? at + 1 : 0);
    const twice = before && `heading "${heading}" stands more than once: it is that of column ${before}, too`;
    const wrong = wrongCell(heading) ?? twice;
    return wrong ? [[at + 1, wrong]] : [];
  });
}

/**
 * The rows of a table below its heading. Blank rows are left out (but counted as lines). Throws a UserError with all problems (up to
 * 100) at the end; after the first of them no more rows come, but those before a quote that breaks the file off do.
 */
function* rowsBelow(
  file: string,
  table: { text: string; firstLine: number; delimiter: string; header: readonly string[] },
): Generator<CsvRow> {
  const { text, firstLine, delimiter, header } = table;
  const width = header.length;
  const problems: Problem[] = [];
  const add = (line: number, field: number | undefined, message: string) =>
    problems.push(cellProblem({ file }, line, field, message));
  const { data, error } = recordsOf(text, delimiter);
  // What stands before a broken quote is read all the same, to be looked at.
  if (error) data.length = error.row;
  // Only cells that were in quotes have line breaks, and only then do the lines of a file have to be counted.
  const hasQuotes = text.includes('"');
  const unnamed = new Set(header.flatMap((title, at) => (title === '' ? [at] : [])));
  let next = firstLine;
  for (const [nth, raw] of data.entries()) {
    if (problems.length >= mostProblems) break;
    // Only the caller may hold on to a row that was padded: below a wide heading it takes far more room than its text.
    data[nth] = [];
    const line = next++;
    if (hasQuotes) for (const cell of raw) next += cell.split('\n').length - 1;
    const cells = raw.map(trimmed);
    while (cells.at(-1) === '') cells.pop();
    const filled = cells.length;
    if (filled === 0) continue;
    if (filled > mostCells) add(line, undefined, `${filled} cells: a line may have up to ${mostCells}`);
    else if (filled > width) {
      const name = delimiter === '\t' ? 'a tab' : `"${delimiter}"`;
      const message = `${filled} cells, but the heading names ${width}: put a cell that holds ${name} in quotes`;
      add(line, width + 1, message);
    }
    for (const [at, cell] of cells.entries()) {
      const wrong = wrongCell(cell);
      if (wrong) add(line, at + 1, wrong);
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
  if (error) problems.push(quotingProblem(file, text, error, firstLine));
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
    if (totals !== undefined) say(cellProblem(csv, totals, 1, 'a totals row has to be the last one'));
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
function trimmed(cell: string): string {
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
function wrongCell(cell: string): string | undefined {
  if (cell.length > mostChars) return `a cell of ${cell.length} characters: it may have up to ${mostChars}`;
  return cell.includes('\0') ? 'a NUL character, which is no text: remove it' : undefined;
}

/** A quote that is not closed, or not by the end of its cell, as a problem at the line on which the cell begins. */
function quotingProblem(file: string, text: string, error: QuoteError, firstLine: number): Problem {
  const line = firstLine + text.slice(0, error.index).split('\n').length - 1;
  const message =
    error.code === 'MissingQuotes'
      ? 'a quote opens a cell here and is never closed'
      : 'a quote opens a cell here, and what follows the closing quote is not the end of the cell: write a quote inside a cell twice ("")';
  return { file, line, message };
}
