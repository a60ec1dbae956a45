import { type Problem, UserError } from '../../../problem.js';
import type { FileRecord } from '../yaml-file.js';
import { bytesOfFile, bytesOfStream } from './bytes.js';
import { decodingOf, type Encoding } from './encoding.js';
import { type Delimiter, headingOf, type IsColumn } from './heading.js';
import { type RowReader, rowReader } from './rows.js';
import { beginningOf, type Piece, pieces } from './texts.js';

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
  /**
   * The data rows in batches; may be asked for once or several times. Each row is as wide as the heading, each cell is
   * trimmed, and line breaks inside cells are LF. Blank rows are left out (but counted as lines). Throws a UserError
   * with all problems (up to 100) at the end of the file; after the first of them no more batches come. The rows before a
   * quote that breaks the file off do come.
   */
  batches(): AsyncIterable<CsvBatch>;
}

export interface CsvBatch {
  rows: string[][];
  /** file line of row `at` of this batch: of its first line, when it has several */
  line(at: number): number;
}

/** Opens a file (its path) or a stream (its name, and its bytes). With `isColumn` there may be a title above the heading. Throws a UserError when it can't be read or is no table. */
export async function openCsv(
  source: string | { name: string; chunks: AsyncIterable<Uint8Array> },
  { isColumn }: { isColumn?: IsColumn } = {},
): Promise<CsvFile> {
  const bytes =
    typeof source === 'string' ? await bytesOfFile(source) : await bytesOfStream(source.name, source.chunks);
  const { record, pass } = bytes;
  const { file } = record;
  const decoding = decodingOf(file, bytes.beginning, bytes.isUtf8);
  const beginning = beginningOf(bytes, decoding);
  const heading = headingOf(file, beginning, { isWhole: !pass, isColumn });
  const { delimiter, header, headerLine, rowsLine, rowsOffset } = heading;
  const texts = pass ? () => pieces(pass, decoding) : () => [{ text: beginning, isLast: true }];
  return {
    file,
    record,
    encoding: decoding.encoding,
    delimiter,
    header,
    headerLine,
    notices: noticesOf(file, decoding.encoding),
    batches: () => batchesOf(file, texts(), rowsOffset, rowReader(file, header, delimiter, rowsLine)),
  };
}

/** A problem at a cell: its line, and as column the number of the field, counting from 1. */
export function cellProblem(csv: CsvFile, line: number, field: number | undefined, message: string): Problem {
  return { file: csv.file, line, ...(field === undefined ? {} : { column: field }), message };
}

async function* batchesOf(
  file: string,
  texts: AsyncIterable<Piece> | Iterable<Piece>,
  offset: number,
  reader: RowReader,
): AsyncIterable<CsvBatch> {
  // Characters of the heading, and of what stands before it, that are still to come.
  let skip = offset;
  for await (const { text, isLast } of texts) {
    // A wide heading may be longer than a piece.
    const below = text.slice(skip);
    skip -= text.length - below.length;
    for (const batch of reader.read(below, isLast))
      if (reader.problems.length === 0 && batch.rows.length > 0) yield batch;
    if (!reader.canGoOn()) break;
  }
  if (reader.problems.length > 0) throw new UserError(`${file} can't be read.`, undefined, reader.problems);
}

function noticesOf(file: string, encoding: Encoding): Problem[] {
  if (encoding !== 'Windows-1252') return [];
  return [
    { file, message: 'not UTF-8: read as Windows-1252. Save it as CSV UTF-8 if accents come out wrong' },
  ];
}
