import { initials } from '../words/initials.js';

/**
 * A colour for each rank of a scale of four, the lowest first: apart for the colour-blind (brown against blue), and of four
 * different greys in print. No colour stands without the rating's letters.
 */
const colours = ['#a63a1e', '#f4d9a8', '#5b9bd0', '#0b3c6f'];

/** The colours of charts on which letters are white. */
const dark = ['#a63a1e', '#0b3c6f', '#2f6aa8'];

/** The colour of a rank; grey where there are more than four. */
export const ratingColour = (rank: number): string => colours[rank] ?? '#e2e2e2';

/** Inspections of a rating as a part of a bar. */
export const ratingPart = (rating: string, rank: number, count: number) => ({
  name: rating,
  letters: initials(rating),
  count,
  colour: ratingColour(rank),
});

/** Black or white, whichever can be read on a colour. */
export const inkOn = (colour: string): string => (dark.includes(colour) ? '#ffffff' : '#1a1a1a');
