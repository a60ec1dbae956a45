import type { Draft } from '../draft.js';

/** A piece of a line that stands apart from the others, and where: from and to, in widths of a letter. */
export interface Fragment {
  left: number;
  right: number;
  text: string;
}

/** A line as it is printed: its pieces from left to right. */
export interface PlacedLine extends Omit<Draft, 'cells'> {
  fragments: Fragment[];
  /** The distance from the line before, in usual steps from line to line. */
  step: number;
  /** The sum of the steps to here. */
  at: number;
  /** Size of its letters in points, where it is known. */
  size?: number;
}

export const isFigure = (text: string) =>
  text.length <= 24 &&
  /^(?:[£<>]?\s?\d[\d,.]*\s?%?|n\/?a|-|–)$/i.test(text.replace(/[\uE010\uE011]\d+\uE012/g, '').trim());

export const overlap = (one: Fragment, other: Fragment) =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > -1.5;
