import { initials } from '../words/initials.js';
import type { Part } from './charts/bars.js';

/**
 * A colour for each rank of a scale of four, the lowest first: apart for the colour-blind (brown against blue), and of four
 * different greys in print. No colour stands without the rating's letters.
 */
const colours = ['#a63a1e', '#f4d9a8', '#5b9bd0', '#0b3c6f'];

/** The colour of a rank; grey where there is none, or none is known. */
export const ratingColour = (rank: number | null): string =>
  (rank === null ? undefined : colours[rank]) ?? '#e2e2e2';

/** The letters of a rating: RI for Requires improvement. */
export const ratingInitials = (rating: string): string => initials(rating);

/** "O Outstanding, G Good, …" of a scale that begins with the lowest: the best first. */
export const legend = (scale: readonly { rating: string }[]): string =>
  scale
    .map(({ rating }) => `${ratingInitials(rating)} ${rating}`)
    .reverse()
    .join(', ');

/** Counted ratings as parts of a bar. */
export const partsOf = (counts: readonly { rating: string; rank: number; count: number }[]): Part[] =>
  counts.map(({ rating, rank, count }) => ({
    letters: ratingInitials(rating),
    count,
    colour: ratingColour(rank),
  }));

/** Black or white, whichever can be read on a colour. */
export function inkOn(colour: string): string {
  const channel = (at: number) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return luminance > 0.19 ? '#1a1a1a' : '#ffffff';
}
