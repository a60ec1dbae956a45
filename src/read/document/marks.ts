import type { Mark, ReportLine } from '../report-document.js';
import { type Draft, wordsOf } from './draft.js';
import { markEnd, markStart, raisedDigits, singleBlanks } from './text/characters.js';

/** How many lines a footnote may stand away from where it is cited, where nothing but the number says that it is a mark. */
const near = { plain: 60, superscript: 150 };

const anyMark = /[\uE010\uE011](\d{1,3})\uE012/g;
const leadingMark = /^[\uE010\uE011](\d{1,3})\uE012\s*(?=\S)/;
/** Digits that are glued to the end of a word or sentence, or to a percentage. */
const glued = /(?<=[a-z]{2}[.,;:?!)'"]{0,3}|\)[.,;:?!]{0,2}|\d%)(\d{1,3})(?=[\s.,;:?!)'"]|$)/g;
/** A footnote whose mark is a plain number. */
const plainDefinition = /^(\d{1,3})\s+(?=['"(]?[A-Z])/;

/** Where footnotes are defined: the positions of the lines that define each mark. */
type Definitions = Map<string, number[]>;

/** Turns drafts into lines, with the footnotes' marks apart from the words. */
export function withMarks(drafts: readonly Draft[]): ReportLine[] {
  const definitions: Definitions = new Map();
  const note = (mark: string, at: number) =>
    definitions.set(mark, [...(definitions.get(mark) ?? []).slice(-200), at]);
  const footnotes = drafts.map((draft, at) => {
    if (draft.noise || draft.heading) return undefined;
    const mark = draft.cells.length === 1 ? leadingMark.exec(draft.cells[0] as string)?.[1] : undefined;
    if (mark) note(mark, at);
    return mark;
  });
  const plain = plainDefinitions(drafts, footnotes);
  for (const [at, mark] of plain) note(mark, at);

  return drafts.map((draft, at) => {
    const footnote = footnotes[at];
    const plainMark = plain.get(at);
    const isNear = (mark: string, distance: number) =>
      definitions.get(mark)?.some((where) => where !== at && Math.abs(where - at) <= distance) ?? false;
    const marks: Mark[] = [];
    const cells = draft.cells.map((source, cell) => {
      let text = source;
      if (cell === 0 && footnote) text = text.replace(leadingMark, '');
      if (cell === 0 && plainMark) text = text.replace(plainDefinition, '');
      if (draft.noise === undefined && /\d/.test(text))
        text = text.replace(glued, (digits) =>
          isNear(digits, near.plain) ? `${markStart.markup}${digits}${markEnd}` : digits,
        );
      return taken(text, { cell, marks, isNear });
    });
    return lineOf(draft, { cells, marks, footnote: footnote ?? plainMark });
  });
}

/** Takes the marks out of a cell; what is no mark is put back as it was. */
function taken(
  source: string,
  {
    cell,
    marks,
    isNear,
  }: { cell: number; marks: Mark[]; isNear: (mark: string, distance: number) => boolean },
): string {
  if (!source.includes(markEnd)) return source;
  const bare = source.replace(anyMark, '').trim();
  const [hasWord, hasDigit] = [/[a-z]{3}/i.test(bare), /\d/.test(bare)];
  const text = source.replace(anyMark, (whole, mark: string) => {
    const isCertain = whole.startsWith(markStart.markup);
    // A figure that was taken for a raised digit must not vanish, nor be taken for another: "ve ³", "4²".
    const isMark = hasWord || (hasDigit && (isCertain || cell === 0 || isNear(mark, near.superscript)));
    if (!isMark) return raisedDigits(mark);
    marks.push({ mark, cell });
    return '';
  });
  return singleBlanks(text).replace(/ (?=[.,;:?!)](?:\s|$))/g, '');
}

/** Plain numbers that define a footnote: those that are cited near by, glued to a word's end, and in ascending order. */
function plainDefinitions(
  drafts: readonly Draft[],
  footnotes: readonly (string | undefined)[],
): Map<number, string> {
  const cited = new Map<string, number[]>();
  for (const [at, draft] of drafts.entries()) {
    if (draft.noise) continue;
    for (const cell of draft.cells)
      if (/\d/.test(cell))
        for (const [digits] of cell.matchAll(glued))
          cited.set(digits, [...(cited.get(digits) ?? []).slice(-200), at]);
  }
  const found = new Map<number, string>();
  if (cited.size === 0) return found;
  let highest = 0;
  for (const [at, draft] of drafts.entries()) {
    if (footnotes[at] || draft.noise || draft.heading || draft.bullet || draft.cells.length > 1) continue;
    const words = draft.cells[0] as string;
    const mark = plainDefinition.exec(words)?.[1];
    if (!mark || words.length < 20 || Number(mark) < highest || Number(mark) > (highest || 99) + 12) continue;
    if (!cited.get(mark)?.some((where) => where !== at && Math.abs(where - at) <= near.plain)) continue;
    found.set(at, mark);
    highest = Number(mark);
  }
  return found;
}

function lineOf(
  draft: Draft,
  { cells, marks, footnote }: { cells: string[]; marks: Mark[]; footnote: string | undefined },
): ReportLine {
  return {
    place: draft.place,
    raw: draft.raw,
    text: wordsOf({ ...draft, cells }),
    cells,
    marks,
    ...(draft.heading !== undefined && { heading: draft.heading }),
    ...(draft.bold && { bold: true }),
    ...(draft.bullet && { bullet: true }),
    ...(footnote !== undefined && { footnote }),
    ...(draft.noise && { noise: draft.noise }),
  };
}
