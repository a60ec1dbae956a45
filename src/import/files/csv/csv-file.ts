import type { Problem } from '../../../problem.js';
import { type FileRecord, type Given, readSource } from '../source.js';
import { type Encoding, tableText } from './encoding.js';
import { type Delimiter, headingOf, type IsColumn } from './heading.js';
import { type CsvRow, rowsBelow } from './rows.js';

export type { CsvRow } from './rows.js';
export { isTotalsRow } from './totals-row.js';

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
  const heading = headingOf(file, text, isColumn);
  const { delimiter, header, headerLine } = heading;
  const message = 'not UTF-8: read as Windows-1252. Save it as CSV UTF-8 if accents come out wrong';
  return {
    ...{ file, record, encoding, delimiter, header, headerLine },
    notices: encoding === 'Windows-1252' ? [{ file, message }] : [],
    rows: () => rowsBelow(file, text, heading),
  };
}

/** A problem at a cell: its line, and as column the number of the field, counting from 1. */
export function cellProblem(csv: CsvFile, line: number, field: number | undefined, message: string): Problem {
  return { file: csv.file, line, ...(field === undefined ? {} : { column: field }), message };
}
