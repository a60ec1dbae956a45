import type { Fragment, PlacedLine } from '../assemble/placed-line.js';
import { withoutBullet } from '../text/bullet.js';
import { markEnd, markStart, singleBlanks } from '../text/characters.js';
import { cleanPrinted } from '../text/inline.js';
import type { PdfText } from './pdf-text.js';
import { numbersOfString, type PdfPage } from './worker-source.js';

/** A piece of text on a page, in points from its left and upper edge; y is its baseline. */
interface Item {
  text: string;
  x: number;
  y: number;
  right: number;
  size: number;
  turn: number;
  font: number;
  /** The footnote that it cites, where it is a mark. */
  mark?: string;
}

/** What stands on a baseline of a page. */
export interface PrintedLine {
  y: number;
  turn: number;
  items: Item[];
}

/** A gap as wide as this, in sizes of the letters, stands between columns; one as narrow as that is none. */
const gaps = { column: 1.1, blank: 0.13 };
/** Letters this small beside others are raised, or are a mark. */
const small = 0.82;

/** The printed lines of a PDF's pages, with pieces where columns begin, and with the marks of footnotes. */
export function printedLines({ pages: printed, bold }: PdfText<PrintedLine[]>): PlacedLine[] {
  const body = usualSize(printed.flat());
  const ratio = usualStep(printed);
  let sum = 0;
  const lines = printed.flatMap((own, at) => {
    let before: PrintedLine | undefined;
    return own.map((line, index) => {
      const placed: PlacedLine = placedLine(line, { page: at + 1, line: index + 1, body, bold });
      const size = Math.max(placed.size ?? body, before ? sizeOf(before) : 0);
      const distance = before && before.turn === line.turn ? line.y - before.y : Number.POSITIVE_INFINITY;
      const step = Math.min(distance / (size * ratio), 9);
      before = line;
      sum += step;
      placed.step = step;
      placed.at = sum;
      placed.gap = step > looseStep ? 1 : 0;
      if (index === 0) placed.pageStart = true;
      return placed;
    });
  });
  return withHeadings(lines, body);
}

/** From this distance on, in usual steps, a line begins something new. */
export const looseStep = 1.35;

/** The lines of a page, from the pieces that it is set of. */
export function linesOfPage({ strings, places }: PdfPage): PrintedLine[] {
  const items: Item[] = [];
  for (let at = 0; at < strings.length; at++) {
    const text = strings[at] as string;
    const number = (which: number) => places[at * numbersOfString + which] as number;
    const [x, y, width, size] = [number(0), number(1), number(2), number(3)];
    if (text.trim() === '' || !(size > 0.5) || !Number.isFinite(x + y + width)) continue;
    items.push({ text, x, y, right: x + Math.max(width, 0), size, turn: number(4), font: number(5) });
  }
  const lines: PrintedLine[] = [];
  items.sort((a, b) => a.turn - b.turn || a.y - b.y || a.x - b.x);
  for (const item of items) {
    const last = lines.at(-1);
    const near =
      last &&
      last.turn === item.turn &&
      item.y - last.y <= Math.max(1, 0.2 * Math.min(item.size, sizeOf(last)));
    if (last && near) last.items.push(item);
    else lines.push({ y: item.y, turn: item.turn, items: [item] });
  }
  return withRaised(lines);
}

/** Size of most of a line's letters. */
function sizeOf({ items }: PrintedLine): number {
  let best = items[0] as Item;
  for (const item of items) if (item.text.length > best.text.length) best = item;
  return best.size;
}

/** Puts what is raised into the line that it belongs to; digits that are small and raised are marks. */
function withRaised(lines: PrintedLine[]): PrintedLine[] {
  const sizes = lines.map(sizeOf);
  const isRaised = (item: Item, at: number): boolean => {
    for (let of = at; of <= at + 2 && of < lines.length; of++) {
      const host = lines[of] as PrintedLine;
      const size = sizes[of] as number;
      if (item.size > size * small || host.y - item.y > size * 0.75 || host.turn !== item.turn) continue;
      const beside = host.items.some(
        (other) =>
          other !== item &&
          !other.mark &&
          other.size * small >= item.size &&
          (Math.abs(item.x - other.right) < other.size * 0.7 ||
            Math.abs(other.x - item.right) < other.size * 0.9),
      );
      if (!beside) continue;
      const digits = /^\s*(\d{1,3})\s*$/.exec(item.text)?.[1];
      if (digits) item.mark = digits;
      if (of === at) return false;
      host.items.push(item);
      return true;
    }
    return false;
  };
  for (const [at, line] of lines.entries()) {
    const largest = Math.max(sizes[at] ?? 0, sizes[at + 1] ?? 0, sizes[at + 2] ?? 0);
    if (line.items.some((item) => item.size <= largest * small))
      line.items = line.items.filter((item) => !isRaised(item, at));
  }
  return lines.filter(({ items }) => items.length > 0);
}

function usualSize(lines: readonly PrintedLine[]): number {
  const counts = new Map<number, number>();
  for (const { items } of lines)
    for (const { size, text } of items) {
      const rounded = Math.round(size * 2) / 2;
      counts.set(rounded, (counts.get(rounded) ?? 0) + text.length);
    }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 11;
}

/** The usual distance of two lines of the same size, in sizes. */
function usualStep(pages: PrintedLine[][]): number {
  const counts = new Map<number, number>();
  for (const lines of pages)
    for (const [at, line] of lines.entries()) {
      const next = lines[at + 1];
      const size = sizeOf(line);
      if (!next || next.turn !== line.turn || Math.abs(sizeOf(next) - size) > 0.3) continue;
      const step = Math.round(((next.y - line.y) / size) * 20) / 20;
      if (step >= 0.95 && step <= 1.7) counts.set(step, (counts.get(step) ?? 0) + 1);
    }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 1.2;
}

const sign =
  /^(?:[-*•·▪●○◦‣⁃–—■□\uE000-\uE00F\uE013-\uF8FF]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\d(?:\.\d){1,2}\.?)$/i;

function placedLine(
  line: PrintedLine,
  { page, line: number, body, bold }: { page: number; line: number; body: number; bold: boolean[] },
): PlacedLine {
  const items = line.items.toSorted((a, b) => a.x - b.x);
  const size = sizeOf(line);
  const pieces: { left: number; right: number; source: string; raw: string }[] = [];
  for (const [at, item] of items.entries()) {
    const before = items[at - 1];
    const last = pieces.at(-1);
    const gap = before ? item.x - before.right : Number.POSITIVE_INFINITY;
    const text = item.mark ? `${markStart.markup}${item.mark}${markEnd}` : privateAsBullet(item.text);
    const isAfterSign = pieces.length === 1 && last && sign.test(last.raw.trim()) && gap < size * 5;
    if (
      last &&
      before &&
      (gap <= size * gaps.column ||
        isAfterSign ||
        (before.mark && pieces.length === 1 && last.source.startsWith(markStart.markup) && gap < size * 4))
    ) {
      const blank = gap > Math.min(item.size, before.size) * gaps.blank && !item.mark ? ' ' : '';
      last.source += blank + text;
      last.raw += blank + item.text;
      last.right = Math.max(last.right, item.right);
    } else pieces.push({ left: item.x, right: item.right, source: text, raw: item.text });
  }
  const [one, ...others] = pieces as [(typeof pieces)[0], ...typeof pieces];
  const { text, bullet } = withoutBullet(one.source);
  const width = body * 0.5;
  const fragments: Fragment[] = [{ ...one, source: text }, ...others].map(({ left, right, source }) => ({
    left: left / width,
    right: right / width,
    text: cleanedPiece(source),
  }));
  const full = fragments.filter((fragment) => fragment.text !== '');
  const placed: PlacedLine = {
    place: { page, line: number },
    raw: pieces.map(({ raw }) => raw).join('\t'),
    fragments: full.length > 0 ? full : fragments.slice(0, 1),
    size,
    step: 0,
    at: 0,
    gap: 0,
  };
  if (bullet && pieces.length === 1) placed.bullet = true;
  if (items.every((item) => bold[item.font] || item.mark) && items.some((item) => bold[item.font]))
    placed.bold = true;
  return placed;
}

/** Characters of symbol fonts: at the beginning of a line they are bullets, elsewhere pictures. */
const privateAsBullet = (text: string) => text.replace(/[\uE010-\uE012]/g, ' ');

/** Cleans a piece, its marks apart: what is private in it was emptied before they came. */
function cleanedPiece(source: string): string {
  if (!source.includes(markEnd)) return singleBlanks(cleanPrinted(source));
  return source
    .split(/([\uE010\uE011]\d{1,3}\uE012)/)
    .map((part, at) => (at % 2 === 1 ? part : cleanPrinted(part)))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Lines in larger letters than the body, up to three sizes of them, are headings. */
function withHeadings(lines: PlacedLine[], body: number): PlacedLine[] {
  const sizes = new Set<number>();
  for (const { size, fragments } of lines)
    if (size && size > body * 1.12 && fragments.length === 1 && (fragments[0]?.text.length ?? 0) > 2)
      sizes.add(Math.round(size));
  const order = [...sizes].sort((a, b) => b - a);
  for (const line of lines) {
    if (line.fragments.length > 1 || line.size === undefined || line.size <= body * 1.12 || line.bullet)
      continue;
    const level = Math.min(order.indexOf(Math.round(line.size)) + 1, 6);
    if (level > 0 && /[A-Za-z]{2}/.test(line.fragments[0]?.text ?? '')) line.heading = level;
  }
  return lines;
}
