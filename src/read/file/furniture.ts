import { groupBy } from '../../group-by.js';
import { type RawLine, wordsOf } from './raw-line.js';

/** Marks what belongs to the paper: contents pages, and the heads and numbers of pages. */
export function markFurniture(all: readonly RawLine[]): void {
  const open = () => all.filter(({ furniture }) => !furniture);
  markContents(open());
  markPageNumbers(open());
  markRunningHeads(open());
}

/** Contents pages: below the word itself lines that end in a page's number, or had a cell for it; and lines with dots that lead to one. */
function markContents(lines: readonly RawLine[]): void {
  let isBelow = false;
  for (const line of lines) {
    const words = wordsOf(line).trim();
    const isShort = words.length <= 250;
    const hasDots = isShort && /(?:(?:\.\s?){4,}|…{2,})\s*\d{0,3}$/.test(words);
    const isEntry =
      isShort && /[a-z]{3}/i.test(words) && (/[\s.…]\d{1,3}$/.test(words) || line.cells.length > 1);
    if (hasDots || (isBelow && isEntry)) line.furniture = 'contents';
    else isBelow = /^(?:table of )?contents$/i.test(words);
  }
}

const pageNumber = /^(?:page\s+)?(?:[-–—]\s*)?\d{1,3}(?:\s*[-–—])?(?:\s+of\s+\d{1,3})?$/i;

/** Lines that are a number and nothing else, where three or more of them stand at the edges of pages. */
function markPageNumbers(lines: readonly RawLine[]): void {
  const edges = lines.filter((line, at) => pageNumber.test(wordsOf(line)) && isEdge(lines, at));
  if (edges.length >= 3) for (const line of edges) line.furniture = 'page number';
}

/** Lines that return at the edges of pages, or with ever greater numbers, but for the page's number before or behind them. */
function markRunningHeads(lines: readonly RawLine[]): void {
  const candidates = lines.flatMap((line, at) => {
    const full = line.cells.filter((cell) => cell !== '');
    const isLine = full.length === 1 || (full.length === 2 && full.some((cell) => /^\d{1,3}$/.test(cell)));
    const number = /^\d{1,3}(?=\s)|(?<=\s)\d{1,3}$/;
    const words = full.join(' ');
    const head = words.replace(number, '').trim();
    const mayBe = isLine && !line.bullet && head.length >= 12 && head.length <= 150;
    const page = Number(number.exec(words)?.[0]);
    return mayBe && !/\d\.\d|[\uE010\uE011]|[?:]$/.test(head) ? [{ line, at, head, page }] : [];
  });
  for (const same of groupBy(candidates, ({ head }) => head).values()) {
    const edges = same.filter(({ at }) => isEdge(lines, at));
    // Where a text does not say where its pages begin, the numbers of pages do: each is greater than the one before.
    const areNumbered = same.slice(1).every(({ page }, index) => page > (same[index]?.page ?? Number.NaN));
    if (same.length >= 3 && ((areNumbered && same.length >= 6) || edges.length * 3 >= same.length * 2))
      for (const { line } of same) line.furniture = 'running head';
  }
}

/** Whether a line is one of the last of the report or of a page, or the first of one, where that is known. */
const isEdge = (lines: readonly RawLine[], at: number): boolean =>
  lines.some(({ pageStart }) => pageStart) &&
  (at >= lines.length - 2 || [at, at + 1, at + 2].some((near) => lines[near]?.pageStart));
