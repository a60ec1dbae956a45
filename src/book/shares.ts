import type { Cell } from './figure.js';
import { interval } from './words.js';

/** How many of how many, in percent, with its interval. */
export interface Share {
  yes: number;
  among: number;
  percent: number | null;
  low: number | null;
  high: number | null;
}

/** Titles of a share's columns: no percentage stands without what it is of and its interval. */
export const shareTitles = (of: string, level: number): string[] => [`#${of}`, '#%', `#${level}% interval`];

/** The cells below them. */
export const shareCells = ({ yes, among, percent, low, high }: Share): Cell[] => [
  `${yes} of ${among}`,
  percent ?? '[x]',
  interval(low, high),
];

/** "61% (80% interval 56 to 66)". */
export const shareInWords = ({ percent, low, high }: Share, level: number): string =>
  `${percent ?? '[x]'}% (${level}% interval ${interval(low, high)})`;
