import { csvLine } from '../export/csv.js';
import { spreadsheetSafe } from '../export/spreadsheet-safe.js';
import type { Chart } from './charts/draw.js';
import { interval } from './words.js';

/** A cell of a table, or a part of a sentence: plain, a rating, or words that lead to a page of the book or elsewhere. */
export type Cell =
  | string
  | number
  | null
  | { rating: string | null; rank: number | null; marker?: string | null | undefined }
  | { text: string; to: string };

/** A rating; where there is none, the marker that says why. */
export const rated = (rating: string | null, rank: number | null, marker?: string | null): Cell => ({
  rating,
  rank,
  marker,
});

/** A percentage, or the marker in its place, with what it is of ("11 of 15") and its interval. */
export interface Share {
  of: string;
  percent: number | string | null;
  low: number | null;
  high: number | null;
}

/**
 * A column's title and its cell in a row. A number sign before the title says that it is of numbers, a percent sign that it is of
 * shares: no percentage stands without what it is of and its interval, so that is three columns.
 */
export type Column<Row> = [title: string, cell: (row: Row) => Cell | Share];

export interface Table {
  caption: string;
  columns: { title: string; isNumber: boolean }[];
  rows: Cell[][];
}

/** Makes tables, the intervals in them of a level in percent. */
export const tableMaker =
  (level: number) =>
  <Row>(caption: string, rows: readonly Row[], columns: readonly Column<Row>[]): Table => {
    const titles = columns.flatMap(([title]) =>
      title.startsWith('%') ? [`#${title.slice(1)}`, '#%', `#${level}% interval`] : title,
    );
    return {
      caption,
      columns: titles.map((title) => ({ title: title.replace(/^#/, ''), isNumber: title.startsWith('#') })),
      rows: rows.map((row) => columns.flatMap(([, cell]) => cellsOf(cell(row)))),
    };
  };

const cellsOf = (value: Cell | Share): Cell[] =>
  value !== null && typeof value === 'object' && 'of' in value
    ? [value.of, value.percent ?? '[x]', interval(value)]
    : [value];

/** A chart that says what it shows, with its table and its file. */
export interface Figure {
  /** No two of a page have the same: its file is called by it. */
  name: string;
  /** What there is to see. */
  title: string;
  /** What is measured, and from which source. */
  subtitle: string;
  chart: Chart | null;
  table: Table;
  note?: string;
}

/** A piece of a section, its parts one below the other; left out whole where its list or table has nothing in it. */
export interface Block {
  heading?: string;
  text?: Cell[];
  isNote?: boolean;
  facts?: [term: string, fact: string][];
  list?: Cell[][];
  /** Its list is the one that the page's filter makes shorter. */
  isFiltered?: boolean;
  code?: string;
  figure?: Figure | undefined;
  table?: Table;
  /** A template with words that no data changes but the book's own. */
  template?: string;
}

export interface Section {
  id: string;
  heading: string;
  /** Its blocks stand side by side, where there is room. */
  isPair?: boolean;
  /** A section without blocks is left out. */
  blocks: Block[];
}

/** A page: what stands on it, in words and figures; templates make HTML of it. */
export interface Page {
  /** From the book's folder. */
  path: string;
  title: string;
  /** An overall rating, and what is said of it. */
  headline?: { rating: Cell; words: string };
  lead: Cell[];
  sections: Section[];
  /** The label of a field by which its list is made shorter. */
  filter?: string;
}

/** Those of a page's sections, and of their blocks, that have something in them. */
export const filled = (sections: readonly Section[]): Section[] =>
  sections
    .map((section) => ({ ...section, blocks: section.blocks.filter(hasSomething) }))
    .filter(({ blocks }) => blocks.length > 0);

const hasSomething = (block: Block): boolean =>
  (block.list ?? block.table?.rows)?.length !== 0 && Object.values(block).some((part) => part !== undefined);

/** The figures of a page. */
export const figuresOf = ({ sections }: Page): Figure[] =>
  sections.flatMap(({ blocks }) => blocks.flatMap(({ figure }) => figure ?? []));

/** A figure's file, from the book's folder. */
export const csvPath = (page: Page, { name }: Figure): string =>
  `data/${page.path.replace(/\.html$/, '').replaceAll('/', '-')}-${name}.csv`;

/** A table as a CSV file: numbers as they are, an empty cell where nothing is known. */
export function csvOf({ columns, rows }: Table): string {
  const text = (cell: Cell): string | null => {
    if (cell === null) return null;
    if (typeof cell !== 'object') return typeof cell === 'number' ? String(cell) : spreadsheetSafe(cell);
    return 'to' in cell ? spreadsheetSafe(cell.text) : (cell.rating ?? cell.marker ?? null);
  };
  return [columns.map(({ title }) => title), ...rows.map((row) => row.map(text))].map(csvLine).join('');
}
