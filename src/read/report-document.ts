/** Where something stands in a source: a line of a text, or a page of a PDF and a line of it. Both count from 1. */
export interface Place {
  page?: number;
  line: number;
}

/** "line 414", or "page 22, line 7". */
export const placeText = ({ page, line }: Place): string =>
  page === undefined ? `line ${line}` : `page ${page}, line ${line}`;

/** A number to put places of one document in order by, of a text or of pages. */
export const positionOf = ({ page, line }: Place): number => (page ?? 0) * 1_000_000 + line;

/** What belongs to the paper, not to the report: it stands between lines that belong together. */
export type Noise = 'running head' | 'page number' | 'contents' | 'markup';

/** A footnote's mark, where it is cited. */
export interface Mark {
  mark: string;
  /** The cell in which it stands, from 0. */
  cell: number;
}

/** A logical line: a paragraph, a heading, a bullet, or a row of a table. */
export interface ReportLine {
  place: Place;
  /** As it stands in the source. */
  raw: string;
  /** Without markup and footnote marks; straight quotes, no ligatures, single blanks; cells joined by a blank. */
  text: string;
  /** Cells of a table's row, cleaned like text; a line that is no row has one. */
  cells: string[];
  /** Footnotes that it cites, in their order. */
  marks: Mark[];
  /** 1 to 6, where markup or a larger script says that it is a heading. */
  heading?: number;
  /** Whether all of it is bold. */
  bold?: boolean;
  /** Whether it begins with a bullet, or a number of a list; text is without the bullet, not without the number. */
  bullet?: boolean;
  /** The mark of the footnote that begins here; text is without the mark. */
  footnote?: string;
  noise?: Noise;
}

/** A report as lines, however it came. */
export interface ReportDocument {
  /** Path of the file, as it was given. */
  file: string;
  kind: 'pdf' | 'text';
  /** SHA-256 of the file's bytes, in hexadecimal digits. */
  hash: string;
  lines: ReportLine[];
}
