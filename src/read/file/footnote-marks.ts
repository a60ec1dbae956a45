import type { Line } from '../report.js';
import { markEnd, markStart, raisedDigits, singleBlanks } from './characters.js';
import { type RawLine, wordsOf } from './raw-line.js';

/** How many lines a footnote may stand away from where it is cited, where nothing but the number says that it is a mark. */
const near = { plain: 60, superscript: 150 };

const anyMark = /[\uE010\uE011](\d{1,3})\uE012/g;
const leadingMark = /^[\uE010\uE011](\d{1,3})\uE012\s*(?=\S)/;
/** Digits that are glued to the end of a word or sentence, or to a percentage. */
const glued = /(?<=[a-z]{2}[.,;:?!)'"]{0,3}|\)[.,;:?!]{0,2}|\d%)(\d{1,3})(?=[\s.,;:?!)'"]|$)/g;
/** A footnote whose mark is a plain number. */
const plainDefinition = /^(\d{1,3})\s+(?=['"(]?[A-Z])/;

/** Where each mark is defined, or cited: the positions of the lines. */
type Positions = Map<string, number[]>;

const noteAt = (positions: Positions, mark: string, at: number) =>
  positions.set(mark, [...(positions.get(mark) ?? []).slice(-200), at]);

/** Makes lines of raw ones, with the footnotes' marks apart from the words. */
export function withMarks(raws: readonly RawLine[]): Line[] {
  const definitions: Positions = new Map();
  const defined = raws.map((raw, at) => {
    const isNone = raw.furniture !== undefined || raw.heading !== undefined || raw.cells.length > 1;
    const mark = isNone ? undefined : leadingMark.exec(raw.cells[0] as string)?.[1];
    if (mark) noteAt(definitions, mark, at);
    return mark;
  });
  const plain = plainDefinitions(raws, defined);
  for (const [at, mark] of plain) noteAt(definitions, mark, at);
  return raws.map((raw, at) => {
    const isNear = (mark: string, distance: number) =>
      definitions.get(mark)?.some((where) => where !== at && Math.abs(where - at) <= distance) ?? false;
    const footnote = defined[at] ?? plain.get(at);
    const marks: string[] = [];
    const cells = raw.cells.map((source, cell) => {
      let text = source;
      if (cell === 0 && footnote) text = text.replace(defined[at] ? leadingMark : plainDefinition, '');
      if (!raw.furniture)
        text = text.replace(glued, (digits) =>
          isNear(digits, near.plain) ? `${markStart.markup}${digits}${markEnd}` : digits,
        );
      return withoutMarks(text, { cell, marks, isNear });
    });
    const { gap: _, pageStart: __, ...rest } = raw;
    return {
      ...rest,
      ...{ cells, marks, text: wordsOf({ cells }) },
      ...(footnote !== undefined && { footnote }),
    };
  });
}

/** Takes the marks out of a cell; what is no mark is put back as it was. */
function withoutMarks(
  source: string,
  found: { cell: number; marks: string[]; isNear: (mark: string, distance: number) => boolean },
): string {
  if (!source.includes(markEnd)) return source;
  const bare = source.replace(anyMark, '').trim();
  const [hasWord, hasDigit] = [/[a-z]{3}/i.test(bare), /\d/.test(bare)];
  const text = source.replace(anyMark, (whole, mark: string) => {
    const isCertain = whole.startsWith(markStart.markup);
    const isCited = isCertain || found.cell === 0 || found.isNear(mark, near.superscript);
    // A figure that was taken for a raised digit must not vanish, nor be taken for another: "ve ³", "4²".
    if (!(hasWord || (hasDigit && isCited))) return raisedDigits(mark);
    found.marks.push(mark);
    return '';
  });
  return singleBlanks(text).replace(/ (?=[.,;:?!)](?:\s|$))/g, '');
}

/** Plain numbers that define a footnote: those that are cited near by, glued to a word's end, and in ascending order. */
function plainDefinitions(
  raws: readonly RawLine[],
  defined: readonly (string | undefined)[],
): Map<number, string> {
  const cited: Positions = new Map();
  for (const [at, { cells, furniture }] of raws.entries())
    if (!furniture)
      for (const cell of cells) for (const [digits] of cell.matchAll(glued)) noteAt(cited, digits, at);
  const found = new Map<number, string>();
  let highest = 0;
  for (const [at, raw] of raws.entries()) {
    if (defined[at] || raw.furniture || raw.heading || raw.bullet || raw.cells.length > 1) continue;
    const words = raw.cells[0] as string;
    const mark = plainDefinition.exec(words)?.[1];
    if (!mark || words.length < 20 || Number(mark) < highest || Number(mark) > (highest || 99) + 12) continue;
    if (!cited.get(mark)?.some((where) => where !== at && Math.abs(where - at) <= near.plain)) continue;
    found.set(at, mark);
    highest = Number(mark);
  }
  return found;
}
