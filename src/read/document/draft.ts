import type { Noise, Place } from '../report-document.js';

/** A line on its way to a ReportLine: cleaned, its footnote marks still among its letters (see markStart). */
export interface Draft {
  place: Place;
  raw: string;
  cells: string[];
  /** Empty lines before it. */
  gap: number;
  heading?: number;
  bold?: boolean;
  bullet?: boolean;
  noise?: Noise;
  /** Whether it begins a page: a text may mark them. */
  pageStart?: boolean;
}

/** A draft's words, its marks among them. */
export const wordsOf = (draft: Draft): string => draft.cells.filter((cell) => cell !== '').join(' ');
