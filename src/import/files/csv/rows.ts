import Papa from 'papaparse';
import type { Problem } from '../../../problem.js';
import { mostCells, mostChars, type QuoteError, quotingProblem, trimmed } from './cells.js';
import type { CsvBatch } from './csv-file.js';
import { columnName, type Delimiter } from './heading.js';

// Problems after which reading stops.
const mostProblems = 100;

// A line of so many characters would be refused for its cells anyhow; most likely it is a quote that is never closed.
const longestLine = 8 * 1024 * 1024;

// Cells of a batch: short rows below a wide heading take far more room than their text.
const mostInBatch = 1024 * 1024;

/** Turns the text below a heading into rows, a piece at a time, and collects what is wrong with it. */
export interface RowReader {
  problems: Problem[];
  /** false once reading on would tell nothing more: after broken quotes, or too many problems */
  canGoOn(): boolean;
  /** Takes the next piece, whose line ends are LF. A line that the piece does not end waits for the next. */
  read(piece: string, isLast: boolean): Iterable<CsvBatch>;
}

/** A reader of the rows of `file`, of which the first is on `firstLine`. */
export function rowReader(
  file: string,
  header: string[],
  delimiter: Delimiter,
  firstLine: number,
): RowReader {
  const width = header.length;
  const parser = new Papa.Parser({ delimiter, newline: '\n' });
  const problems: Problem[] = [];
  let unnamed = header.flatMap((heading, at) => (heading === '' ? [at] : []));
  let rest = '';
  let line = firstLine;
  let isBroken = false;

  return { problems, canGoOn: () => !isBroken && problems.length < mostProblems, read };

  function* read(piece: string, isLast: boolean): Iterable<CsvBatch> {
    const text = rest === '' ? piece : rest + piece;
    const { data, errors, meta } = parser.parse(text, 0, !isLast) as {
      data: string[][];
      errors: QuoteError[];
      meta: { cursor: number };
    };
    rest = isLast ? '' : text.slice(meta.cursor);
    // Of the line that waits nothing can be said yet.
    const broken = errors.find(({ row }) => isLast || row < data.length);
    const breaksOff = broken && quotingProblem(file, text, broken, line);
    // What stands before a broken quote is read all the same, to be looked at.
    if (broken) data.length = broken.row;
    const hasQuotes = text.includes('"');
    const hasNul = text.includes('\0');
    const most = Math.ceil(mostInBatch / width);
    if (data.length <= most) yield tidy(data, hasQuotes, hasNul);
    else
      for (let at = 0; at < data.length; at += most) {
        const part = data.slice(at, at + most);
        // Only the caller may hold on to rows that were padded.
        data.fill([], at, at + most);
        yield tidy(part, hasQuotes, hasNul);
      }
    if (breaksOff) breakOff(breaksOff);
    else if (rest.length > longestLine)
      breakOff({ file, line, message: 'a line without an end: is a quote missing that closes a cell?' });
  }

  function breakOff(problem: Problem): void {
    isBroken = true;
    problems.push(problem);
  }

  /**
   * Trims the cells and brings the rows to the width of the heading, in place. Only cells that were in quotes have
   * line breaks, and only then do the lines of a file have to be counted.
   */
  function tidy(data: string[][], hasQuotes: boolean, hasNul: boolean): CsvBatch {
    const first = line;
    // The line of each row, once they do not follow one on the other.
    let lines: number[] | undefined;
    let kept = 0;
    for (const row of data) {
      const at = line++;
      let filled = 0;
      for (let i = 0; i < row.length; i++) {
        const raw = row[i] as string;
        if (raw === '') continue;
        if (hasQuotes) line += breaksIn(raw);
        const cell = trimmed(raw);
        if (cell !== raw) row[i] = cell;
        if (cell === '') continue;
        filled = i + 1;
        if (cell.length > mostChars)
          add(at, i + 1, `a cell of ${cell.length} characters: it may have up to ${mostChars}`);
        if (hasNul && cell.includes('\0')) add(at, i + 1, 'a NUL character, which is no text: remove it');
      }
      if (filled === 0) continue;
      if (filled > width) tooWide(at, filled);
      if (unnamed.length > 0) checkUnnamed(row, at);
      while (row.length < width) row.push('');
      if (row.length > width) row.length = width;
      if (!lines && at !== first + kept) lines = Array.from({ length: kept }, (_, before) => first + before);
      lines?.push(at);
      data[kept++] = row;
    }
    data.length = kept;
    return { rows: data, line: (at) => lines?.[at] ?? first + at };
  }

  function tooWide(at: number, filled: number): void {
    const name = delimiter === '\t' ? 'a tab' : `"${delimiter}"`;
    if (filled > mostCells) add(at, undefined, `${filled} cells: a line may have up to ${mostCells}`);
    else
      add(
        at,
        width + 1,
        `${filled} cells, but the heading names ${width}: put a cell that holds ${name} in quotes`,
      );
  }

  /** Says once of each column without a heading that something stands in it. */
  function checkUnnamed(row: string[], at: number): void {
    for (const column of unnamed.filter((each) => row[each])) {
      add(at, column + 1, `${columnName(column + 1)} has no heading: name it, or empty its cells`);
      unnamed = unnamed.filter((each) => each !== column);
    }
  }

  function add(at: number, field: number | undefined, message: string): void {
    if (problems.length < mostProblems)
      problems.push({ file, line: at, ...(field === undefined ? {} : { column: field }), message });
  }
}

function breaksIn(cell: string): number {
  let breaks = 0;
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) breaks++;
  return breaks;
}
