import { interval } from './words.js';

/** A cell of a table, or a part of a sentence: plain, a rating, or words that lead to a page of the book or elsewhere. */
export type Cell =
  | string
  | number
  | null
  | { rating: string | null; rank: number | null; marker?: string | null | undefined }
  | { text: string; to: string };

/** A percentage, or the marker in its place, with what it is of ("11 of 15") and its interval. */
export interface Share {
  of: string;
  percent: number | string | null;
  low: number | null;
  high: number | null;
}

export interface Table {
  caption: string;
  columns: { title: string; isNumber: boolean }[];
  rows: Cell[][];
}

/** A rating; where there is none, the marker that says why. */
export const rated = (rating: string | null, rank: number | null, marker?: string | null): Cell => ({
  rating,
  rank,
  marker,
});

/** What columns are called whose own name would not say enough. */
const titles: Readonly<Record<string, string>> = {
  text: 'Wording',
  evidence: 'Rests on',
  place: 'Place in the report',
  explanation: 'Why',
  discretion_reason: 'Reason',
  subject: 'Standard',
};

/** "key_question" is "Key question". */
const titleOf = (name: string): string =>
  titles[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`;

/**
 * Makes tables of rows: the columns that are named (else all), in that order, each called by its name in words. What has a rank beside
 * it is a rating. No percentage stands without what it is of and its interval, so that a share is three columns, its interval of a level in
 * percent. A column in which no row has anything is left out. Throws an Error for a column that rows have not.
 */
export const tableMaker =
  (level: number) =>
  (caption: string, rows: readonly object[], names?: string): Table => {
    const columns = (names?.split(' ') ?? Object.keys(rows[0] ?? {}))
      .map((name) => ({ name, cells: rows.map((row) => cellOf(row as Record<string, unknown>, name)) }))
      .filter(({ cells }) => rows.length === 0 || cells.some((cell) => cell !== null))
      .flatMap(({ name, cells }) => {
        if (!cells.some(isShare)) return { title: titleOf(name), cells: cells as Cell[] };
        const shares = cells as (Share | null)[];
        return [
          { title: titleOf(name), cells: shares.map((share) => share?.of ?? null) },
          { title: '%', cells: shares.map((share) => share?.percent ?? null) },
          { title: `${level}% interval`, cells: shares.map((share) => share && interval(share)) },
        ];
      });
    return {
      caption,
      columns: columns.map(({ title, cells }) => ({
        title,
        isNumber: cells.some((cell) => typeof cell === 'number') || cells.every(isNumeric),
      })),
      rows: rows.map((_, at) => columns.map(({ cells }) => cells[at] as Cell)),
    };
  };

function cellOf(row: Record<string, unknown>, name: string): Cell | Share {
  if (!(name in row)) throw new Error(`a table of the book has no column ${name}`);
  const value = row[name] as Cell | Share;
  const rank = row[`${name}_rank`] as number | null | undefined;
  if (rank !== undefined) {
    const marker = name === 'rating' ? (row.marker as string | null) : null;
    return { rating: value as string | null, rank, marker };
  }
  // A year is no amount.
  return name === 'year' ? String(value) : value;
}

const isShare = (cell: Cell | Share): cell is Share =>
  cell !== null && typeof cell === 'object' && 'of' in cell;

/** Whether a cell is a number in words, such as "11 of 15" or "28 to 64", or a marker in place of one. */
const isNumeric = (cell: Cell): boolean =>
  cell === null || /^(\[[xz]\]|.+ of \d+|\d+ to \d+|\d+)$/.test(typeof cell === 'object' ? '' : String(cell));
