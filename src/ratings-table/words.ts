import { plain } from '../names.js';
import { didYouMean, listed } from '../nearest.js';

/** What a cell says of a rating: one of the scale's words; that it was not rated, which is published too; or nothing. */
export type SaidRating = { rating: string } | 'not rated' | 'not known';

const notKnown = [
  '-',
  '–',
  '—',
  'n/a',
  'na',
  '#n/a',
  'null',
  '.',
  '..',
  '...',
  'not known',
  'unknown',
  'not available',
  '[x]',
];
const notRated = ['not rated', 'unrated', 'not applicable', '[z]'];

/** The user's own words, each with what it means. */
export type Words = Readonly<Record<string, string>>;

const isUnknown = (cell: string): boolean => cell === '' || notKnown.includes(cell.toLowerCase());

/** What a cell means by the user's own words; undefined where they do not have it. */
const ownMeaning = (cell: string, words: Words): string | undefined =>
  Object.entries(words).find(([word]) => comparable(word) === comparable(cell))?.[1];

/** Whether a cell that is no rating has nothing in it: what is not known, and what there is none of. A number is one, whatever it is as a rating. */
export function isBlank(cell: string, words: Words = {}): boolean {
  const meant = cell === '' || /\d/.test(cell) ? cell : (ownMeaning(cell, words) ?? cell);
  return isUnknown(meant) || notRated.includes(meant.toLowerCase());
}

/** What else a cell may be that has no number, for messages. */
export const orBlank = (cell: string): string =>
  /\d/.test(cell)
    ? ''
    : `, or blank, "..", "n/a", "null" and the like; a word of your own for that is said in a column map: ratings: {${JSON.stringify(cell)}: not known}`;

/**
 * The marks of a footnote at the end of a cell: "Good*", "Leeds [1]", "Good²", and after a word "Good (1)", "Good^1". A cell that is
 * nothing else keeps them, and a number that may be meant: "5²", "24 (1)".
 */
const mark =
  /(?<=\S)\s*(?:[*†‡§¶]+|(?<!^\d+)[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[(?:\d{1,2}|[a-y])\]|(?<=\p{L}\s*)(?:\(\d{1,2}\)|\^\d{1,2}))$/u;
export const withoutMark = (cell: string): string => cell.replace(mark, '');

const initials = (rating: string) =>
  plain(rating)
    .split(' ')
    .map((word) => word.charAt(0))
    .join('');

/**
 * Reads a rating: the user's own words for it; else the scale's words in any case, or their initials where those are one word's
 * only. A problem names the nearest, and how a map says what another word means.
 */
export function readRating(
  cell: string,
  scale: readonly string[],
  words: Words = {},
): SaidRating | { problem: string } {
  const own = ownMeaning(cell, words);
  const meant = own ?? cell;
  if (isUnknown(meant)) return 'not known';
  if (notRated.includes(meant.toLowerCase())) return 'not rated';
  const rating =
    scale.find((one) => plain(one) === plain(meant)) ??
    only(scale.filter((one) => initials(one) === plain(meant)));
  if (rating !== undefined) return { rating };
  const shown = own === undefined ? `"${cell}"` : `"${cell}" (by the column map "${own}")`;
  return {
    problem:
      `${shown} is no rating${didYouMean(meant, scale)}: ${listed(scale)}, not rated ("unrated", "not applicable"), ` +
      'not known (a blank cell, "..", "n/a", "null" and the like). ' +
      `Which of these it means is said in a column map: ratings: {${JSON.stringify(cell)}: …}`,
  };
}

const comparable = (word: string) => plain(word) || word.trim();

const only = <T>(all: T[]): T | undefined => (all.length === 1 ? all[0] : undefined);
