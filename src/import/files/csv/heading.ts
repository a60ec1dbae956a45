import Papa from 'papaparse';
import { UserError } from '../../../problem.js';
import { mostCells, mostChars, quotingProblem, trimmed } from './cells.js';

export type Delimiter = ',' | ';' | '\t';

/** Whether a cell of a table that may have a title names a column of it. */
export type IsColumn = (cell: string) => boolean;

/** The heading of a table, and where its rows begin. */
export interface Heading {
  delimiter: Delimiter;
  header: string[];
  /** line of the heading, counting from 1 */
  headerLine: number;
  /** line after the heading, and characters before it */
  rowsLine: number;
  rowsOffset: number;
}

/**
 * Finds the heading in the beginning of a table, whose line ends are LF. Blank lines and Excel's `sep=;` before it are
 * passed over, and titles above it where the table may have some. Throws a UserError when there is none, or when a heading stands twice.
 */
export function headingOf(file: string, text: string, isColumn: IsColumn | undefined): Heading {
  let offset = 0;
  let line = 1;
  let separator: Delimiter | undefined;
  for (;;) {
    const end = text.indexOf('\n', offset);
    const here = text.slice(offset, end < 0 ? text.length : end);
    const named = line === 1 ? /^"?sep=([,;\t])"?[,;\t]*$/i.exec(here.replace(/ +$/, '')) : null;
    if (named) separator = named[1] as Delimiter;
    else if (!/^[\s,;]*$/.test(here) && !(isColumn && end >= 0 && isTitle(text.slice(offset), isColumn)))
      break;
    if (end < 0) throw new UserError(noHeading(file, text));
    offset = end + 1;
    line++;
  }
  const { end, counts } = scan(text, offset);
  const record = text.slice(offset, end);
  const delimiter = separator ?? mostFrequent(counts);
  const header = headingCells(file, record, delimiter, line);
  const lines = record.split('\n').length;
  return {
    delimiter,
    header,
    headerLine: line,
    rowsLine: line + lines,
    rowsOffset: end === undefined ? text.length : end + 1,
  };
}

/** Whether a first line is a title: it has one cell that is filled, or none that names a column and fewer than one of the lines below. */
function isTitle(text: string, isColumn: IsColumn): boolean {
  const [filled, ...below] = text
    .slice(0, 2 * mostChars)
    .split('\n')
    .slice(0, 6)
    .map(filledCells);
  if (filled === undefined) return false;
  const widest = Math.max(...below.map((cells) => cells?.length ?? 0));
  return filled.length === 1 || (filled.length < widest && !filled.some(isColumn));
}

/** The cells of a line that have something in them; undefined where a cell goes on in the next line. */
function filledCells(line: string): string[] | undefined {
  const delimiter = mostFrequent(scan(line, 0).counts);
  const { data, errors } = new Papa.Parser({ delimiter, newline: '\n' }).parse(line, 0, false);
  return errors.length > 0 ? undefined : (data[0] as string[] | undefined)?.filter((cell) => /\S/.test(cell));
}

function noHeading(file: string, text: string): string {
  const what = text === '' ? 'it is empty' : 'it has nothing but blank lines';
  return `${file} can't be read: ${what}. Its first line has to name the columns.`;
}

/** Where the heading ends (undefined: with the text), and how often each delimiter stands in it outside of quotes. */
function scan(text: string, from: number): { end: number | undefined; counts: Map<Delimiter, number> } {
  const counts = new Map<Delimiter, number>([
    [',', 0],
    [';', 0],
    ['\t', 0],
  ]);
  let isFieldStart = true;
  for (let at = from; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '\n') return { end: at, counts };
    if (char === '"' && isFieldStart) {
      at = closingQuote(text, at);
      isFieldStart = false;
      continue;
    }
    const count = counts.get(char as Delimiter);
    if (count !== undefined) counts.set(char as Delimiter, count + 1);
    isFieldStart = count !== undefined;
  }
  return { end: undefined, counts };
}

/** Position of the quote that closes the one at `from`; the last position when none does. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return text.length;
}

function mostFrequent(counts: Map<Delimiter, number>): Delimiter {
  let best: Delimiter = ',';
  for (const [delimiter, count] of counts) if (count > (counts.get(best) ?? 0)) best = delimiter;
  return best;
}

function headingCells(file: string, record: string, delimiter: Delimiter, line: number): string[] {
  const { data, errors } = new Papa.Parser({ delimiter, newline: '\n' }).parse(record, 0, false);
  if (errors.length > 0)
    throw new UserError(`${file} can't be read.`, undefined, [quotingProblem(file, record, errors[0], line)]);
  const header = (data[0] as string[]).map(trimmed);
  while (header.at(-1) === '') header.pop();
  if (header.length === 0)
    throw new UserError(`${file} can't be read.`, undefined, [
      { file, line, message: 'an empty heading: this line has to name the columns' },
    ]);
  if (
    header.length === 1 &&
    /^[^,;\t]+([,;\t])[^,;\t]+(\1|$)/.test(header[0] as string) &&
    record.startsWith('"')
  )
    throw new UserError(`${file} can't be read.`, undefined, [
      {
        file,
        line,
        message:
          'the line stands in one pair of quotes, and is one cell: a program has quoted each line as a whole. Take the quotes around the lines away, or export the table anew',
      },
    ]);
  const problems = headingProblems(header).map(([column, message]) => ({ file, line, column, message }));
  if (problems.length > 0) throw new UserError(`${file} can't be read.`, undefined, problems);
  return header;
}

function headingProblems(header: string[]): [column: number, message: string][] {
  if (header.length > mostCells)
    return [[mostCells + 1, `${header.length} columns: a table may have up to ${mostCells}`]];
  const found: [number, string][] = [];
  const seen = new Map<string, number>();
  for (const [at, heading] of header.entries()) {
    if (heading.length > mostChars)
      found.push([at + 1, `a heading of ${heading.length} characters: it may have up to ${mostChars}`]);
    if (heading.includes('\0')) found.push([at + 1, 'a heading with a NUL character: remove it']);
    const plain = heading.toLowerCase();
    const before = seen.get(plain);
    if (heading !== '' && before !== undefined)
      found.push([
        at + 1,
        `heading "${heading}" stands twice: in ${columnName(before)} and ${columnName(at + 1)}`,
      ]);
    else seen.set(plain, at + 1);
  }
  return found;
}

/** `column 28 (AB)`: by number, and by the letters that spreadsheets use. */
export function columnName(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode('A'.charCodeAt(0) + ((rest - 1) % 26)) + letters;
  return `column ${column} (${letters})`;
}
