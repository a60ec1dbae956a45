import { UserError } from '../../problem.js';
import { cleanPrinted, markEnd, markStart, singleBlanks } from './clean.js';
import type { Limits } from './limits.js';
import { type PdfPage, pdfText } from './pdf-text.js';
import { isFigure, type Piece, type PrintedLine, rowsOfPrinted } from './printed-rows.js';
import { type RawLine, withoutBullet } from './raw-line.js';

/** A piece of text on a page, in points from its left and upper edge; y is its baseline, `mark` the footnote that it cites. */
interface Item {
  text: string;
  x: number;
  y: number;
  right: number;
  size: number;
  mark?: string;
}

interface Baseline {
  y: number;
  items: Item[];
}

/**
 * A gap as wide as this, in sizes of the letters, stands between columns; before a figure below another one of its column a narrower one
 * does, as the line of a text may fill its cell. One as narrow as a blank is none.
 */
const gaps = { column: 1.1, beforeFigure: 0.5, blank: 0.13 };
/** Letters this small beside others are raised, or are a mark; this large they are a heading. */
const [small, large] = [0.82, 1.12];
/** From this distance on, in usual steps, a line begins something new. */
const loose = 1.35;
/** Fewer letters than this on a page, on average, and the pages are pictures. */
const fewLetters = 20;

/** The lines of a PDF, tables as rows with cells, wrapped lines joined. Throws a UserError where there is no text in it. */
export async function pdfLines(file: string, bytes: Uint8Array, limits: Limits): Promise<RawLine[]> {
  const pages = (await pdfText(file, bytes, limits)).map(baselinesOf);
  const items = pages.flat().flatMap((line) => line.items);
  if (items.reduce((sum, { text }) => sum + text.trim().length, 0) < fewLetters * pages.length)
    throw new UserError(
      `${file} has no text: its pages are pictures, as a scanner makes them. Have the words recognised first, or read a text of the report.`,
    );
  const body = mostCommon(items.map(({ size, text }) => [Math.round(size * 2) / 2, text.length])) ?? 11;
  const step = mostCommon(pages.flatMap(stepsOf)) ?? 1.2;
  const printed = pages.flatMap((lines, page) => {
    const columns = lines.flatMap(figuresApart);
    return lines.map((line, index): PrintedLine => {
      const before = lines[index - 1];
      const size = Math.max(sizeOf(line), before ? sizeOf(before) : 0);
      const distance = before ? (line.y - before.y) / (size * step) : 9;
      return {
        ...piecesOf(line, body, columns),
        place: { page: page + 1, line: index + 1 },
        step: Math.min(distance, 9),
        ...(index === 0 && { pageStart: true }),
      };
    });
  });
  return rowsOfPrinted(withHeadings(printed, body), { loose });
}

/** The baselines of a page, from the pieces that it is set of. */
function baselinesOf({ strings, places }: PdfPage): Baseline[] {
  const items = strings.flatMap((text, at): Item[] => {
    const [x, y, width, size] = places.subarray(4 * at) as unknown as [number, number, number, number];
    if (text.trim() === '' || !(size > 0.5) || !Number.isFinite(x + y + width)) return [];
    return [{ text, x, y, right: x + Math.max(width, 0), size }];
  });
  const lines: Baseline[] = [];
  for (const item of items.sort((a, b) => a.y - b.y || a.x - b.x)) {
    const last = lines.at(-1);
    if (last && item.y - last.y <= Math.max(1, 0.2 * Math.min(item.size, sizeOf(last))))
      last.items.push(item);
    else lines.push({ y: item.y, items: [item] });
  }
  return withRaised(lines);
}

/** Size of most of a line's letters. */
const sizeOf = ({ items }: Baseline): number =>
  items.reduce((best, item) => (item.text.length > best.text.length ? item : best), items[0] as Item).size;

/** Puts what is raised into the line that it belongs to; digits that are small and raised are marks. */
function withRaised(lines: Baseline[]): Baseline[] {
  const sizes = lines.map(sizeOf);
  const isBeside = (item: Item, other: Item) =>
    other !== item &&
    !other.mark &&
    other.size * small >= item.size &&
    (Math.abs(item.x - other.right) < other.size * 0.7 || Math.abs(other.x - item.right) < other.size * 0.9);
  const isRaisedAt = (item: Item, of: number) => {
    const [other, size] = [lines[of], sizes[of] ?? 0];
    const isNear = other && item.size <= size * small && other.y - item.y <= size * 0.75;
    return isNear && other.items.some((one) => isBeside(item, one));
  };
  for (const [at, line] of lines.entries())
    line.items = line.items.filter((item) => {
      const host = [at, at + 1, at + 2].find((of) => isRaisedAt(item, of));
      if (host === undefined) return true;
      const digits = /^\s*(\d{1,3})\s*$/.exec(item.text)?.[1];
      if (digits) item.mark = digits;
      if (host !== at) lines[host]?.items.push(item);
      return host === at;
    });
  for (const { items } of lines) items.sort((a, b) => a.x - b.x);
  return lines.filter(({ items }) => items.length > 0);
}

function mostCommon(weighted: readonly (readonly [value: number, weight: number])[]): number | undefined {
  const counts = new Map<number, number>();
  for (const [value, weight] of weighted) counts.set(value, (counts.get(value) ?? 0) + weight);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Distances of a page's lines of the same size, in sizes. */
const stepsOf = (lines: readonly Baseline[]): [number, number][] =>
  lines.slice(1).flatMap((line, at) => {
    const before = lines[at] as Baseline;
    const step = Math.round(((line.y - before.y) / sizeOf(before)) * 20) / 20;
    const isSame = Math.abs(sizeOf(line) - sizeOf(before)) <= 0.3;
    return isSame && step >= 0.95 && step <= 1.7 ? [[step, 1]] : [];
  });

const listSign =
  /^(?:[-*•·▪●○◦‣⁃–—■□\uE000-\uE00F\uE013-\uF8FF]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\d(?:\.\d){1,2}\.?)$/i;

/** Figures of a line that nobody takes for words: they stand apart as columns do. */
const figuresApart = (line: Baseline): Item[] =>
  line.items.filter((item, at) => {
    const before = line.items[at - 1];
    return isFigure(item) && !(before && item.x - before.right <= sizeOf(line) * gaps.column);
  });

/** Whether two figures may be of one column, which sets them left, right or in its middle. */
const isBelow = (one: Item, other: Item) =>
  [one.x - other.x, one.right - other.right, (one.x + one.right - other.x - other.right) / 2].some(
    (apart) => Math.abs(apart) <= 1,
  );

/** A line's pieces: what gaps as wide as a column's separate, and figures of a page's columns. */
function piecesOf(line: Baseline, body: number, columns: readonly Item[]) {
  const { items } = line;
  const size = sizeOf(line);
  const isOfColumn = (item: Item) => isFigure(item) && columns.some((one) => isBelow(item, one));
  const pieces: { left: number; right: number; source: string; raw: string }[] = [];
  for (const [at, item] of items.entries()) {
    const before = items[at - 1];
    const last = pieces.at(-1);
    const gap = before ? item.x - before.right : Number.POSITIVE_INFINITY;
    const source = item.mark ? `${markStart.markup}${item.mark}${markEnd}` : cleanPrinted(item.text);
    // Behind a bullet, a number or a mark that begins a line there is more room, and no column.
    const isSign = last?.source.startsWith(markStart.markup) || listSign.test(last?.raw.trim() ?? '');
    const isBehindSign = pieces.length === 1 && isSign && gap < size * 5;
    const isColumn = gap > size * gaps.column || (gap > size * gaps.beforeFigure && isOfColumn(item));
    if (last && before && (!isColumn || isBehindSign)) {
      const blank = gap > Math.min(item.size, before.size) * gaps.blank && !item.mark ? ' ' : '';
      last.source += blank + source;
      last.raw += blank + item.text;
      last.right = Math.max(last.right, item.right);
    } else pieces.push({ left: item.x, right: item.right, source, raw: item.text });
  }
  // Characters of symbol fonts are bullets where they begin a line; cleaning has taken them away.
  const isSymbol = /^[\uE000-\uF8FF]\s/.test(pieces[0]?.raw ?? '');
  const { text, bullet } = withoutBullet(pieces[0]?.source ?? '');
  const width = body * 0.5;
  const own: Piece[] = pieces.map(({ left, right, source }, at) => ({
    left: left / width,
    right: right / width,
    text: singleBlanks(at === 0 ? text : source),
  }));
  const full = own.filter((piece) => piece.text !== '');
  return {
    raw: pieces.map(({ raw }) => raw).join('\t'),
    pieces: full.length > 0 ? full : own.slice(0, 1),
    size,
    ...((bullet || isSymbol) && pieces.length === 1 && { bullet: true }),
  };
}

/** Lines in larger letters than the body are headings, of a level for each size. */
function withHeadings(lines: PrintedLine[], body: number): PrintedLine[] {
  const isLarge = ({ size = 0, pieces, bullet }: PrintedLine) =>
    size > body * large && pieces.length === 1 && !bullet && /[A-Za-z]{2}/.test(pieces[0]?.text ?? '');
  const headings = lines.filter(isLarge);
  const sizes = [...new Set(headings.map(({ size = 0 }) => Math.round(size)))].sort((a, b) => b - a);
  for (const line of headings) line.heading = Math.min(sizes.indexOf(Math.round(line.size ?? 0)) + 1, 6);
  return lines;
}
