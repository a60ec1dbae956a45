import type { Line } from '../report.js';
import { markEnd, markStart, raisedDigits, singleBlanks } from './characters.js';
import { type RawLine, wordsOf } from './raw-line.js';

/** How many lines a footnote may stand away from where it is cited, where only the shape of a digit says that it is a mark. */
const near = 150;

const anyMark = /[\uE010\uE011](\d{1,3})\uE012/g;
const leadingMark = /^[\uE010\uE011](\d{1,3})\uE012\s*(?=\S)/;

/** Makes lines of raw ones, with the footnotes' marks apart from the words. */
export function withMarks(raws: readonly RawLine[]): Line[] {
  const defined = raws.map(({ furniture, heading, cells: [cell = '', ...others] }) =>
    furniture || heading || others.length > 0 ? undefined : leadingMark.exec(cell)?.[1],
  );
  return raws.map((raw, at) => {
    const { gap: _, pageStart: __, ...rest } = raw;
    const footnote = defined[at];
    const isNear = (mark: string) => defined.slice(Math.max(0, at - near), at + near).includes(mark);
    const marks: string[] = [];
    const cells = raw.cells.map((cell, index) =>
      withoutMarks(footnote && index === 0 ? cell.replace(leadingMark, '') : cell, {
        marks,
        isCited: (mark) => index === 0 || isNear(mark),
      }),
    );
    return { ...rest, cells, marks, text: wordsOf({ cells }), ...(footnote !== undefined && { footnote }) };
  });
}

/** Takes the marks out of a cell; what is no mark is put back as it was. */
function withoutMarks(
  source: string,
  { marks, isCited }: { marks: string[]; isCited: (mark: string) => boolean },
): string {
  if (!source.includes(markEnd)) return source;
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
