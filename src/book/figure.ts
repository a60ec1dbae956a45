import { csvLine } from '../export/csv.js';
import { spreadsheetSafe } from '../export/spreadsheet-safe.js';
import type { Chart } from './charts/draw.js';

/** A cell of a table: plain, a rating, or words that lead to a page. */
export type Cell =
  | string
  | number
  | null
  | { rating: string | null; rank: number | null; marker?: string | null }
  | { text: string; to: string };

/** A table: every cell of a row by its column. */
export interface Table {
  caption: string;
  columns: { title: string; isNumber?: boolean }[];
  rows: Cell[][];
  /** Can be put into another order, where JavaScript is. */
  isSortable?: boolean;
}

/** Columns by their titles; a number sign before one says that it is of numbers. */
export const columns = (...titles: string[]): Table['columns'] =>
  titles.map((title) => (title.startsWith('#') ? { title: title.slice(1), isNumber: true } : { title }));

/** A chart that says what it shows, with its table and its file. */
export interface Figure {
  id: string;
  /** What there is to see. */
  title: string;
  /** What is measured, from which source, up to when. */
  subtitle: string;
  chart: Chart | null;
  table: Table;
  notes?: string[];
  /** Its file, from the book's folder. */
  csv: string;
}

/** A figure's table as a CSV file: numbers as they are, an empty cell where nothing is known. */
export function csvOf({ columns, rows }: Table): string {
  const text = (cell: Cell): string | null => {
    if (cell === null) return null;
    if (typeof cell === 'number') return String(cell);
    if (typeof cell === 'string') return spreadsheetSafe(cell);
    return 'to' in cell ? spreadsheetSafe(cell.text) : (cell.rating ?? cell.marker ?? null);
  };
  return [columns.map(({ title }) => title), ...rows.map((row) => row.map(text))].map(csvLine).join('');
}
