import { type Fragment, isFigure, overlap, type PlacedLine } from './placed-line.js';
import type { Row } from './row.js';
import { isOfFirstColumn, type Zone } from './zones.js';

export interface AssembleOptions {
  /** From which step on a line begins something new. */
  looseStep: number;
  /** Whether figures may take a line of their own among the lines of their question, as in text; else they stand beside it. */
  figuresApart?: boolean;
}

/** More lines than this are never one. */
const mostLines = 100;
/** Lines nearer to one another than this stand beside one another: one of them is centred on a row. */
const besideStep = 0.75;

export function continues(
  row: Row,
  line: PlacedLine,
  zone: Zone,
  { looseStep, figuresApart, pageRight }: AssembleOptions & { pageRight: number },
): boolean {
  if (row.raws.length >= mostLines) return false;
  if (line.noise || row.first.noise || line.pageStart) return false;
  const [one] = line.fragments as [Fragment];
  const isFirstColumn = isOfFirstColumn(one, zone);
  const fromText = line.at - (row.text === '' || figuresApart ? row.last.at : row.textAt);
  if ((isFirstColumn ? fromText : line.at - row.last.at) > looseStep) return false;
  if (line.heading || row.first.heading) {
    if (line.heading !== row.first.heading || line.fragments.length > 1 || row.others.length > 0)
      return false;
    return line.size === row.first.size && row.right + 1 + firstWord(one.text) > pageRight * 0.8;
  }
  // A bullet that has become another sign begins an entry too, and so does a number that has lost its place.
  const isEntry = row.first.bullet || damagedStart.test(row.text);
  if (isFirstColumn && (line.bullet || (isEntry && damagedStart.test(one.text)))) return false;
  // A line that begins further out than an entry is none of its own; no further in than it, behind its end, is another one.
  const left = row.first.fragments[0]?.left ?? 0;
  if (isFirstColumn && row.first.bullet && row.others.length === 0)
    if (one.left < left - 0.5 || (one.left <= left && ends(row.tail))) return false;
  if (isFirstColumn && row.text !== '') {
    if (line.size !== undefined && Math.abs(line.size - (row.first.size ?? line.size)) > 0.7) return false;
    if (
      row.others.length === 0 &&
      line.fragments.length === 1 &&
      (line.bold ?? false) !== (row.first.bold ?? false)
    )
      return false;
  }

  const others = isFirstColumn ? line.fragments.slice(1) : line.fragments;
  const hasFigures = row.others.some(({ text }) => isFigure(text));
  const bringsFigures = others.some(({ text }) => isFigure(text));
  if (hasFigures && bringsFigures) return false;

  if (!isFirstColumn) {
    // Only other columns: the figures of a question that stands above, or the second line of a column's heading.
    if (bringsFigures) return row.right <= zone.second + 2 && row.others.every(({ text }) => !isFigure(text));
    return row.others.some((other) => overlap(other, one)) && !hasFigures;
  }
  const isProse =
    row.others.length === 0 && (row.right > zone.second + 2 || zone.second === Number.POSITIVE_INFINITY);
  if (others.length > 0 && isProse && zone.second !== Number.POSITIVE_INFINITY) return false;
  // Figures above a question are its figures only where they stand beside it.
  if (row.text === '') return fromText < besideStep;
  if (startsLow(one.text)) return !ends(row.tail) || !/[?]\W*$/.test(row.tail.slice(-12));
  const isTable = row.others.length > 0 || others.length > 0 || !isProse;
  if (isTable && ends(row.tail)) return false;
  if (row.others.length > 0 && others.length > 0) return false;
  const limit = isProse ? Math.max(pageRight, 0) : zone.right;
  return row.right + 1 + firstWord(one.text) > limit * (isProse ? 0.97 : 0.93);
}

/** "¤ Managers", ".2 see", "6.strengthen", "2.s et", "3| write". */
const damagedStart =
  /^[^\p{L}\d\s]{1,2}\s+\p{Lu}|^[^\p{L}\d\s(£]\d{1,2}\s+\p{Ll}|^\d{1,2}\s?[^\p{L}\d\s,%£/–—-]{1,2}\s?\p{Ll}/u;
const startsLow = (text: string) =>
  /^[a-z(,;&%]/.test(text) && !/^(?:[a-z]|\d[a-z]|[a-z]\d)[.)] |^[&%] \p{Lu}|^[a-z]\p{Lu}\p{L}* /u.test(text);
const ends = (text: string) =>
  /[.?!:;]['")]{0,3}\s?(?:[\uE010\uE011]\d+\uE012\s?){0,3}$/.test(text.slice(-40));

const firstWord = (text: string) => /^\S*/.exec(text.slice(0, 60))?.[0].length ?? 0;
