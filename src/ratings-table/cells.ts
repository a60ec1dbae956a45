import { plain } from '../words/names.js';

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
export const meaningOf = (cell: string, words: Words = {}): string =>
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
 * Reads a rating: the user's own words for it; else the scale's words in any case, or their initials where those are one word's only; else
 * what stands there, which is no rating. null where it says that there is none; undefined where it is not known.
 */
export function readRating(
  cell: string,
  scale: readonly string[],
  words: Words = {},
): string | null | undefined {
  const meant = meaningOf(cell, words);
  if (notKnown.includes(meant.toLowerCase())) return undefined;
  if (notRated.includes(meant.toLowerCase())) return null;
  const byInitials = scale.filter((one) => initials(one) === plain(meant));
  return (
    scale.find((one) => plain(one) === plain(meant)) ??
    (byInitials.length === 1 ? byInitials[0] : undefined) ??
    meant
  );
}

/** A printed score: points with the maximum beside them, or percent of the maximum, as text: "58.0" has one decimal. */
export interface PrintedScore {
  score?: number;
  score_percent?: string;
  out_of?: number;
}

/** Reads a score: "21", "21/36", "21 out of 36", "58%"; undefined when it can't be one. */
export function readScore(cell: string, isPercent: boolean): PrintedScore | undefined {
  const [, figure, sign, maximum] =
    /^(\d{1,6}(?:\.\d{1,6})?)\s*(?:(%)|(?:\/|out\s+of|of)\s*(\d{1,4}))?$/i.exec(cell) ?? [];
  const score = Number(figure);
  if (figure === undefined) return undefined;
  if (sign || (isPercent && !maximum)) return score <= 100 ? { score_percent: figure } : undefined;
  if (!Number.isInteger(score) || Number(maximum) === 0) return undefined;
  return { score, ...(maximum && { out_of: Number(maximum) }) };
}

/** The whole numbers of points that a printed percentage of the maximum may be, rounded half up to as many decimals as are printed. */
export function pointsOf(printed: string, maximum: number): number[] {
  const [whole = '', decimals = ''] = printed.split('.');
  const perPoint = 100 * 10 ** decimals.length;
  const all = Array.from({ length: maximum + 1 }, (_, score) => score);
  // whole numbers decide, no fraction does
  return all.filter(
    (score) => Math.floor((2 * perPoint * score + maximum) / (2 * maximum)) === Number(whole + decimals),
  );
}
