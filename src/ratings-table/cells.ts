import { plain } from '../names.js';
import { didYouMean, listed } from '../nearest.js';

/** Words for what is not known; a blank cell is one. */
const notKnown = ['', '-', '–', '—', 'n/a', 'na', '#n/a', 'null', '.', '..', '...', '[x]'].concat(
  'not known',
  'unknown',
  'not available',
);
const notRated = ['not rated', 'unrated', 'not applicable', '[z]'];

/** The user's own words, each with what it means. */
export type Words = Readonly<Record<string, string>>;

const comparable = (word: string) => plain(word) || word.trim();

/** What a cell means by the user's own words; else what it says. */
export const meaningOf = (cell: string, words: Words): string =>
  Object.entries(words).find(([word]) => comparable(word) === comparable(cell))?.[1] ?? cell;

/** Whether a cell that is no rating has nothing in it: what is not known, and what there is none of. A number is one, whatever it is as a rating. */
export function isBlank(cell: string, words: Words = {}): boolean {
  const meant = /\d/.test(cell) ? cell : meaningOf(cell, words);
  return [...notKnown, ...notRated].includes(meant.toLowerCase());
}

/**
 * The marks of a footnote at the end of a cell: "Good*", "Leeds [1]", "Good²", and after a word "Good (1)", "Good^1". A cell that is
 * nothing else keeps them, and a number that may be meant: "5²", "24 (1)".
 */
const mark =
  /(?<=\S)\s*(?:[*†‡§¶]+|(?<!^\d+)[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[(?:\d{1,2}|[a-y])\]|(?<=\p{L}\s*)(?:\(\d{1,2}\)|\^\d{1,2}))$/u;
export const withoutMark = (cell: string): string => cell.trim().replace(mark, '');

const initials = (rating: string) =>
  plain(rating)
    .split(' ')
    .map((word) => word.charAt(0))
    .join('');

/**
 * Reads a rating: the user's own words for it; else the scale's words in any case, or their initials where those are one word's only.
 * null where it says that there is none; undefined where it is not known.
 */
export function readRating(
  cell: string,
  scale: readonly string[],
  words: Words = {},
): string | null | undefined | { problem: string } {
  const meant = meaningOf(cell, words);
  if (notKnown.includes(meant.toLowerCase())) return undefined;
  if (notRated.includes(meant.toLowerCase())) return null;
  const byInitials = scale.filter((one) => initials(one) === plain(meant));
  const rating =
    scale.find((one) => plain(one) === plain(meant)) ?? (byInitials.length === 1 ? byInitials[0] : undefined);
  if (rating !== undefined) return rating;
  const shown = meant === cell ? `"${cell}"` : `"${cell}" (by the column map "${meant}")`;
  return {
    problem:
      `${shown} is no rating${didYouMean(meant, scale)}: ${listed(scale)}, not rated ("unrated", "not applicable"), ` +
      'not known (a blank cell, "..", "n/a", "null" and the like). ' +
      `Which of these it means is said in a column map: ratings: {${JSON.stringify(cell)}: …}`,
  };
}

/** A score as text, so that what was printed is what is kept: whole points, or percent of the maximum ("58.0" has one decimal). */
export interface PrintedScore {
  score?: string;
  score_percent?: string;
  out_of?: string;
}

/** Reads a score: "21", "21/36", "21 out of 36", "58%"; undefined when it is none. */
export function readScore(cell: string, plainNumberIs: 'points' | 'percent'): PrintedScore | undefined {
  const [, figure, sign, outOf] =
    /^(\d{1,6}(?:\.\d{1,6})?)\s*(?:(%)|(?:\/|out\s+of|of)\s*(\d{1,4}))?$/i.exec(cell) ?? [];
  if (figure === undefined) return undefined;
  if (outOf !== undefined) return { score: figure, out_of: outOf };
  return sign || plainNumberIs === 'percent' ? { score_percent: figure } : { score: figure };
}
