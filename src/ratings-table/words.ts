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

/** Whether a cell says that nothing is known. */
export const isUnknown = (cell: string): boolean => cell === '' || notKnown.includes(cell.toLowerCase());

/** The marks of a footnote at the end of a cell: "Good*", "Leeds [1]", "Good²". A cell that is nothing else keeps them, and "5²". */
const mark = /(?<=\S)\s*(?:[*†‡§¶]+|(?<!\d)[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[(?:\d{1,2}|[a-y])\])$/u;
export const withoutMark = (cell: string): string => cell.replace(mark, '');

const initials = (rating: string) =>
  plain(rating)
    .split(' ')
    .map((word) => word.charAt(0))
    .join('');

/**
 * Reads a rating: the user's own words for it; else the scale's words in any case, or their initials where those are one word's
 * only. A problem names the nearest, and the words that mean no rating.
 */
export function readRating(
  cell: string,
  scale: readonly string[],
  words: Readonly<Record<string, string>> = {},
): SaidRating | { problem: string } {
  const own = Object.entries(words).find(([word]) => comparable(word) === comparable(cell))?.[1];
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
      `${shown} is no rating${didYouMean(meant, scale)}: ${listed(scale)}. ` +
      `A blank cell, ${quoted(notKnown)} say that it is not known, ${quoted(notRated)} that it was not rated; ` +
      'what another word means is said under ratings in a column map',
  };
}

const comparable = (word: string) => plain(word) || word.trim();

const only = <T>(all: T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

const quoted = (words: readonly string[]) => words.map((word) => `"${word}"`).join(', ');
