/** Where something stands in a source: a line of a text, or a page of a PDF and a line of it. Both count from 1. */
export interface Place {
  page?: number;
  line: number;
}

/** "line 414", or "page 22, line 7". */
export const placeText = ({ page, line }: Place): string =>
  page === undefined ? `line ${line}` : `page ${page}, line ${line}`;

export const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+(?=[A-Z])/);

/** A logical line: a paragraph, a heading, a bullet, or a row of a table. */
export interface Line {
  place: Place;
  /** As it stands in the source. */
  raw: string;
  /** Without markup and footnote marks; straight quotes, no ligatures, single blanks; cells joined by a blank. */
  text: string;
  /** Cells of a table's row, cleaned like text; a line that is no row has one. */
  cells: string[];
  /** Marks of the footnotes that it cites, in their order. */
  marks: string[];
  /** 1 to 6, where markup or a larger script says that it is a heading. */
  heading?: number;
  /** Whether it begins with a bullet, or a number of a list; text is without the bullet, not without the number. */
  bullet?: boolean;
  /** The mark of the footnote that begins here; text is without the mark. */
  footnote?: string;
  /** Belongs to the paper, not to the report: it stands between lines that belong together. */
  furniture?: 'running head' | 'page number' | 'contents' | 'markup';
}

export interface Report {
  /** Path of the file, as it was given. */
  file: string;
  kind: 'pdf' | 'text' | 'html';
  /** SHA-256 of the file's bytes, in hexadecimal digits. */
  hash: string;
  lines: Line[];
}
