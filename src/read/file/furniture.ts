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

const pageNumber = /^(?:page\s+)?(?:[-–—]\s*)?(\d{1,3})(?:\s*[-–—])?(?:\s+of\s+\d{1,3})?$/i;

/** Lines that are a number and nothing else, where three or more of them stand at the edges of pages. */
function markPageNumbers(lines: readonly RawLine[]): void {
  const edges = lines.flatMap((line, at) => {
    const full = line.cells.filter((cell) => cell !== '');
    const page = full.length === 1 ? pageNumber.exec(full[0] as string)?.[1] : undefined;
    return page !== undefined && isEdge(lines, at) ? [line] : [];
  });
  if (edges.length >= 3) for (const line of edges) line.furniture = 'page number';
}

/** A running head without the page's number. */
const headOf = (words: string) => words.replace(/^\d{1,3}\s+|\s+\d{1,3}$/g, '').trim();

/** Lines that return at the edges of pages. */
function markRunningHeads(lines: readonly RawLine[]): void {
  const heads = new Map<string, number[]>();
  for (const [at, line] of lines.entries()) {
    const full = line.cells.filter((cell) => cell !== '');
    if (line.bullet || full.length > 2 || (full.length === 2 && !full.some((cell) => /^\d{1,3}$/.test(cell))))
      continue;
    const head = headOf(full.join(' '));
    if (head.length < 12 || head.length > 150 || /\d\.\d|[\uE010\uE011]|[?:]$/.test(head)) continue;
    heads.set(head, [...(heads.get(head) ?? []), at]);
  }
  for (const places of heads.values()) {
    const isHead = places.filter((at) => isEdge(lines, at)).length * 3 >= places.length * 2;
    if (places.length >= 3 && isHead)
      for (const at of places) (lines[at] as RawLine).furniture = 'running head';
  }
}

/** Whether a line is one of the last of the report or of a page, or the first of one, where that is known. */
const isEdge = (lines: readonly RawLine[], at: number): boolean =>
  lines.some(({ pageStart }) => pageStart) &&
  (at >= lines.length - 2 || [at, at + 1, at + 2].some((near) => lines[near]?.pageStart));
