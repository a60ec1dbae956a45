import { plain } from '../../names.js';
import { didYouMean, listed } from '../../nearest.js';

const unknown = new Set(['', '-', '–', '—', 'n/a', 'na', 'not rated', 'not known', 'unknown', '[x]', '[z]']);

/** Whether a cell says that nothing is known. */
export const isUnknown = (cell: string): boolean => unknown.has(cell.trim().toLowerCase());

const initials = (rating: string) =>
  plain(rating)
    .split(' ')
    .map((word) => word.charAt(0))
    .join('');

/**
 * Reads a rating: the scale's words in any case, their initials where those are one word's only, or the user's own words
 * for them. A problem names the nearest.
 */
export function readRating(
  cell: string,
  scale: readonly string[],
  words: Readonly<Record<string, string>> = {},
): string | { problem: string } {
  const own = Object.entries(words).find(([word]) => plain(word) === plain(cell))?.[1];
  const meant = plain(own ?? cell);
  const byName = scale.find((rating) => plain(rating) === meant);
  if (byName !== undefined) return byName;
  const byInitials = scale.filter((rating) => initials(rating) === meant);
  if (byInitials.length === 1) return byInitials[0] as string;
  const shown = own === undefined ? `"${cell}"` : `"${cell}" (by the column map "${own}")`;
  return {
    problem: `${shown} is no rating${didYouMean(own ?? cell, scale)}: ${listed(scale)}; a blank cell is not known`,
  };
}
