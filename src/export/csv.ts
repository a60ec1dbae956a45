import { open } from 'node:fs/promises';
import type { ColumnDescription } from './describe.js';
import type { TextRow } from './rows.js';
import { spreadsheetSafe } from './spreadsheet-safe.js';
import type { TableWriter } from './table-writer.js';

/** Characters that go to the file at once. */
const pieceSize = 64 * 1024;

/**
 * Writes a CSV file (RFC 4180: commas, CRLF, quotes where they are needed; UTF-8 without a byte order mark). NULL is an empty
 * cell, an empty text a quoted one. `spreadsheetSafe` puts an apostrophe before texts that a spreadsheet would take for formulas.
 */
export async function csvWriter(
  file: string,
  columns: readonly ColumnDescription[],
  { spreadsheetSafe: isSafe }: { spreadsheetSafe: boolean },
): Promise<TableWriter> {
  const handle = await open(file, 'wx');
  const isText = columns.map(({ postgres }) => postgres.startsWith('text'));
  let piece = csvLine(columns.map(({ name }) => name));
  const flush = async () => {
    const text = piece;
    piece = '';
    await handle.writeFile(text);
  };
  return {
    write(row) {
      piece += csvLine(
        isSafe ? row.map((cell, at) => (cell !== null && isText[at] ? spreadsheetSafe(cell) : cell)) : row,
      );
      return piece.length < pieceSize ? undefined : flush();
    },
    async end() {
      await flush();
      await handle.close();
    },
    abandon: () => handle.close(),
  };
}

/** A row of a CSV file. */
export const csvLine = (row: TextRow): string => `${row.map(csvCell).join(',')}\r\n`;

function csvCell(cell: string | null): string {
  if (cell === null) return '';
  return cell === '' || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
