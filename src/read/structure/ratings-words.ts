import { essence, likeness } from './wording.js';

/** A rating as it is printed, and how near it is to the word of the scale. */
export interface PrintedRating {
  rating: string;
  /** 1 when it is spelt as on the scale. */
  likeness: number;
  /** What stands behind it, for a text that only ends with a rating what stands before it. */
  rest: string;
}

/** A word of the scale that is a damaged word's nearest by far; anything less near is no rating. */
const nearEnough = 0.72;

/** The rating that a short text is, nothing else besides: "Good", "Requires improvernent", "'Outstanding' ☆"; else undefined. */
export function ratingIn(text: string, ratings: readonly string[]): PrintedRating | undefined {
  const plain = essence(text.replaceAll(/\\[a-z]+|[{}$^]/gi, ' '));
  if (plain.length < 3 || plain.length > 26) return undefined;
  const found = ratings
    .map((rating) => ({ rating, likeness: likeness(plain, essence(rating), nearEnough), rest: '' }))
    .sort((a, b) => b.likeness - a.likeness);
  const [best] = found;
  return best && best.likeness >= nearEnough ? best : undefined;
}

/** The rating that ends a short text, as in "2.1 Assessment Outstanding", with what stands before it; else undefined. */
export function ratingAtEnd(text: string, ratings: readonly string[]): PrintedRating | undefined {
  const words = text.trim().split(/\s+/);
  for (const length of [2, 1, 3]) {
    const found = ratingIn(words.slice(-length).join(' '), ratings);
    const isWhole = found && found.rating.split(' ').length === Math.min(length, 2);
    if (found && (isWhole || length === 3)) return { ...found, rest: words.slice(0, -length).join(' ') };
  }
  return undefined;
}

/** The rating that begins a text, as in "Outstanding Planning is well-informed, …"; else undefined. */
export function ratingAtStart(text: string, ratings: readonly string[]): PrintedRating | undefined {
  const words = text.trim().split(/\s+/);
  for (const length of [2, 1]) {
    const found = ratingIn(words.slice(0, length).join(' '), ratings);
    if (found && found.rating.split(' ').length === length)
      return { ...found, rest: words.slice(length).join(' ') };
  }
  return undefined;
}
