import type { Line } from '../report.js';

/** A line on its way to a Line: cleaned, its footnote marks still among its letters (see markStart). */
export interface RawLine extends Omit<Line, 'text' | 'marks' | 'footnote'> {
  /** Empty lines before it. */
  gap: number;
  /** Whether it begins a page, where that is known. */
  pageStart?: boolean;
}

/** A line's words, its marks among them. */
export const wordsOf = ({ cells }: Pick<RawLine, 'cells'>): string =>
  cells.filter((cell) => cell !== '').join(' ');

const sign = /^[-*+•·▪●○◦‣⁃–—■□➢➤✓✔\uE000-\uE00F\uE013-\uF8FF]\s+(?=\S)|^[•▪](?=\p{Lu})/u;
const number = /^(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S)/i;

/** Whether a text begins with a bullet or with a number of a list ("3.", "b)"), and the text without the bullet. */
export function withoutBullet(text: string): { text: string; bullet: boolean } {
  const start = text.trimStart();
  const found = sign.exec(start);
  return {
    text: found ? start.slice(found[0].length) : start,
    bullet: found !== null || number.test(start),
  };
}
