import Papa from 'papaparse';
import { type Problem, UserError } from '../../../problem.js';
import { type FileRecord, type Given, readSource } from '../source.js';
import { type Encoding, tableText } from './encoding.js';
import { type CsvRow, mostCells, mostChars, quotingProblem, rowsBelow, trimmed, wrongCell } from './rows.js';

export { isTotalsRow, withoutTotals } from './rows.js';

const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/** Whether a cell of a table that may have a title names a column of it. */
type IsColumn = (cell: string) => boolean;

/** A table that was opened: its bytes hashed, its encoding known, its heading read. */
export interface CsvFile {
  /** what messages call it: the path given, or "standard input" */
  file: string;
  /** sha256 is of all bytes, as they are in the file */
  record: FileRecord;
  encoding: Encoding;
  delimiter: Delimiter;
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

/** Opens a table. With `isColumn` there may be a title above the heading. Throws a UserError when it can't be read or is no table. */
export async function openCsv(given: Given, { isColumn }: { isColumn?: IsColumn } = {}): Promise<CsvFile> {
  const { bytes, record } = await readSource(given, largest);
  const { file } = record;
  const { encoding, text: written } = tableText(file, bytes);
  const text = written.includes('\r') ? written.replace(/\r\n?/g, '\n') : written;
  const { delimiter, header, headerLine, below } = headingOf(file, text, isColumn);
  const message = 'not UTF-8: read as Windows-1252. Save it as CSV UTF-8 if accents come out wrong';
  return {
    ...{ file, record, encoding, delimiter, header, headerLine },
    notices: encoding === 'Windows-1252' ? [{ file, message }] : [],
    rows: () => rowsBelow(file, { delimiter, header, ...below }),
  };
}

/** A problem at a cell: its line, and as column the number of the field, counting from 1. */
export function cellProblem(csv: CsvFile, line: number, field: number | undefined, message: string): Problem {
  return { file: csv.file, line, ...(field === undefined ? {} : { column: field }), message };
}

/**
 * Finds the heading in the beginning of a table. Blank lines and Excel's `sep=;` before it are passed over, and titles above it
 * where the table may have some. Throws a UserError when there is none, or when something is wrong with it.
 */
function headingOf(file: string, text: string, isColumn: IsColumn | undefined) {
  let rest = text;
  let line = 1;
  let separators: readonly Delimiter[] = delimiters;
  for (;;) {
    const end = rest.indexOf('\n');
    const here = end < 0 ? rest : rest.slice(0, end);
    const named = line === 1 ? /^"?sep=([,;\t])"?[,;\t ]*$/i.exec(here) : null;
    if (named) separators = [named[1] as Delimiter];
    else if (!/^[\s,;]*$/.test(here) && !(isColumn && isTitle(rest, isColumn))) break;
    if (end < 0) {
      const what = text === '' ? 'it is empty' : 'it has nothing but blank lines';
      throw new UserError(`${file} can't be read: ${what}. Its first line has to name the columns.`);
    }
    rest = rest.slice(end + 1);
    line++;
  }
  const { cells, delimiter, end, error } = firstRecord(rest, separators);
  const record = rest.slice(0, end);
  const header = cells.map(trimmed);
  while (header.at(-1) === '') header.pop();
  const problems = error
    ? [quotingProblem(file, record, error, line)]
    : headingProblems(header, record).map(([column, message]) => ({
        ...{ file, line, message },
        ...(column > 0 && { column }),
      }));
  if (problems.length > 0) throw new UserError(`${file} can't be read.`, undefined, problems);
  const below = { text: rest.slice(end), firstLine: line + record.split('\n').length - 1 };
  return { delimiter, header, headerLine: line, below };
}

/** The record that a text begins with, by the delimiter that makes most cells of it, and where it ends. */
function firstRecord(text: string, among: readonly Delimiter[] = delimiters) {
  const read = among.map((delimiter) => {
    const parser = new Papa.Parser({ delimiter, newline: '\n', preview: 1, fastMode: false });
    const { data, errors, meta } = parser.parse(text, 0, false);
    return { delimiter, cells: (data[0] ?? []) as string[], end: meta.cursor as number, error: errors[0] };
  });
  // By a wrong delimiter, what follows a closing quote is not the end of the cell.
  const rank = ({ cells, error }: (typeof read)[number]) =>
    error?.code === 'InvalidQuotes' ? 0 : cells.length;
  return read.reduce((best, one) => (rank(one) > rank(best) ? one : best));
}

/** Whether a first line is a title: it has one cell that is filled, or none that names a column and fewer than one of the lines below. */
function isTitle(text: string, isColumn: IsColumn): boolean {
  const [first, ...below] = text
    .slice(0, 2 * mostChars)
    .split('\n')
    .slice(0, 6)
    .map((line) => firstRecord(line))
    .map(({ cells, error }) => (error ? undefined : cells.filter((cell) => /\S/.test(cell))));
  if (first === undefined || below.length === 0) return false;
  const widest = Math.max(...below.map((cells) => cells?.length ?? 0));
  return first.length === 1 || (first.length < widest && !first.some(isColumn));
}

/** What is wrong with headings, each at its column, or at 0 for all of them. */
function headingProblems(header: string[], record: string): [column: number, message: string][] {
  const [first] = header;
  if (first === undefined) return [[0, 'an empty heading: this line has to name the columns']];
  if (header.length === 1 && record.startsWith('"') && /[^,;\t][,;\t][^,;\t]/.test(first))
    return [
      [
        0,
        'the line stands in one pair of quotes, and is one cell: a program has quoted each line as a whole. Take the quotes around the lines away, or export the table anew',
      ],
    ];
  if (header.length > mostCells)
    return [[mostCells + 1, `${header.length} columns: a table may have up to ${mostCells}`]];
  const found: [number, string][] = [];
  const seen = new Map<string, number>();
  for (const [at, heading] of header.entries()) {
    const wrong = wrongCell(heading);
    if (wrong) found.push([at + 1, wrong]);
    const plain = heading.toLowerCase();
    const before = seen.get(plain);
    if (heading === '' || before === undefined) seen.set(plain, at + 1);
    else found.push([at + 1, `heading "${heading}" stands twice: it is that of column ${before}, too`]);
  }
  return found;
}
