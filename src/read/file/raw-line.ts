import type { Line } from '../report.js';
import { markEnd, markStart, raisedDigits, singleBlanks } from './clean.js';

/** A line on its way to a Line: cleaned, its footnote marks still among its letters (see markStart). */
export interface RawLine extends Omit<Line, 'text' | 'marks' | 'footnote'> {
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
  const bare = start.replace(sign, '');
  return { text: bare, bullet: bare !== start || number.test(start) };
}

/** How many lines a footnote may stand away from where it is cited, where only the shape of a digit says that it is a mark. */
const near = 150;

const anyMark = /[\uE010\uE011](\d{1,3})\uE012/g;
const leadingMark = /^[\uE010\uE011](\d{1,3})\uE012\s*(?=\S)/;

/** Makes lines of raw ones, with the footnotes' marks apart from the words. */
export function withMarks(raws: readonly RawLine[]): Line[] {
  const defined = raws.map(({ furniture, heading, cells: [cell = '', ...others] }) =>
    furniture || heading || others.length > 0 ? undefined : leadingMark.exec(cell)?.[1],
  );
  return raws.map(({ pageStart: _, ...raw }, at) => {
    const footnote = defined[at];
    const marks: string[] = [];
    const isNear = (mark: string) => defined.slice(Math.max(0, at - near), at + near).includes(mark);
    const cells = raw.cells.map((cell, index) => {
      const source = footnote && index === 0 ? cell.replace(leadingMark, '') : cell;
      return source.includes(markEnd)
        ? withoutMarks(source, marks, (mark) => index === 0 || isNear(mark))
        : source;
    });
    return { ...raw, cells, marks, text: wordsOf({ cells }), ...(footnote !== undefined && { footnote }) };
  });
}

/** Takes the marks out of a cell; what is no mark is put back as it was. */
function withoutMarks(source: string, marks: string[], isCited: (mark: string) => boolean): string {
  const bare = source.replace(anyMark, '').trim();
  // Asked once: a line may have a hundred thousand marks.
  const [hasWords, hasDigits] = [/[a-z]{3}/i.test(bare), /\d/.test(bare)];
  const text = source.replace(anyMark, (whole, mark: string) => {
    const isCertain = whole.startsWith(markStart.markup);
    // A figure that was taken for a raised digit must not vanish, nor be taken for another: "ve ³", "4²".
    const isMark = hasWords || (hasDigits && (isCertain || isCited(mark)));
    if (!isMark) return raisedDigits(mark);
    if (!marks.includes(mark)) marks.push(mark);
    return '';
  });
  return singleBlanks(text).replace(/ (?=[.,;:?!)](?:\s|$))/g, '');
}
