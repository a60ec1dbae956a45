/** A row as PostgreSQL prints it: a text a column, null for NULL. */
export type TextRow = (string | null)[];

/** A row of a CSV file (RFC 4180). NULL is an empty cell, an empty text a quoted one. */
export const csvLine = (row: TextRow): string => `${row.map(csvCell).join(',')}\r\n`;

function csvCell(cell: string | null): string {
  if (cell === null) return '';
  return cell === '' || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
