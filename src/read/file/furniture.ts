import { type RawLine, wordsOf } from './raw-line.js';

/** Marks what belongs to the paper: contents pages, and the heads and numbers of pages. */
export function markFurniture(all: readonly RawLine[]): void {
  const open = () => all.filter(({ furniture }) => !furniture);
  markContents(open());
  markPageNumbers(open());
  markRunningHeads(open());
}

/** An entry of a contents page: words, and a page's number or the dots that lead to one. */
function entryOf(line: RawLine): { page: number | undefined; hasDots: boolean } | undefined {
  const words = wordsOf(line);
  if (words.length > 250) return undefined;
  const hasDots = /(?:\.\s?){4,}\s*\d{0,3}\s*$|…{2,}\s*\d{0,3}\s*$/.test(words);
  const page = /(?:^|[\s.…])(\d{1,3})$/.exec(words)?.[1];
  // An entry may have lost its page: its cell is empty then.
  const isEntry = hasDots || page !== undefined || line.cells.length > 1;
  if (!isEntry || !/[a-z]{3}/i.test(words)) return undefined;
  return { page: page === undefined ? undefined : Number(page), hasDots };
}

/** Contents pages: below the word itself runs of entries whose pages never fall, and entries with dots anywhere. */
function markContents(lines: readonly RawLine[]): void {
  let page: number | undefined;
  let run: RawLine[] = [];
  for (const line of lines) {
    const entry = entryOf(line);
    if (entry?.hasDots) line.furniture = 'contents';
    if (/^(?:table of )?contents$/i.test(wordsOf(line).trim())) {
      page = 0;
      run = [];
    } else if (page !== undefined) {
      const isNext = entry && (entry.page ?? page) >= page && (entry.page ?? 0) <= page + 60;
      // Between entries a line may have lost its page with its cell.
      if (isNext) {
        run.push(line);
        page = entry.page ?? page;
        if (run.length >= 3) for (const one of run) one.furniture = 'contents';
      } else if (run.length > 0) page = undefined;
    }
  }
}

const pageNumber = /^(?:page\s+)?(?:[-–—]\s*)?(\d{1,3})(?:\s*[-–—])?(?:\s+of\s+\d{1,3})?$/i;

/** Lines that are a number and nothing else, where three or more rise through the report, or stand at the edges of pages. */
function markPageNumbers(lines: readonly RawLine[]): void {
  const found = lines.flatMap((line, at) => {
    const full = line.cells.filter((cell) => cell !== '');
    const page = full.length === 1 ? pageNumber.exec(full[0] as string)?.[1] : undefined;
    const isEdge = at === lines.length - 1 || [at, at + 1, at + 2].some((near) => lines[near]?.pageStart);
    return page === undefined ? [] : [{ line, at, page: Number(page), isEdge }];
  });
  const edges = found.filter(({ isEdge }) => isEdge);
  if (edges.length >= 3) for (const { line } of edges) line.furniture = 'page number';
  if (lines.some(({ pageStart }) => pageStart)) return;
  // Where nothing says where pages begin: the longest chain that rises by a page for every few lines.
  const chains = found.map(() => ({ length: 1, before: -1 }));
  for (const [to, one] of found.entries())
    for (let from = Math.max(0, to - 60); from < to; from++) {
      const other = found[from] as (typeof found)[number];
      const step = (one.at - other.at) / (one.page - other.page);
      const length = (chains[from]?.length ?? 0) + 1;
      if (step >= 5 && step <= 150 && length > (chains[to]?.length ?? 0))
        chains[to] = { length, before: from };
    }
  const longest = Math.max(0, ...chains.map(({ length }) => length));
  if (longest < 4) return;
  for (let at = chains.findIndex(({ length }) => length === longest); at >= 0; at = chains[at]?.before ?? -1)
    (found[at] as (typeof found)[number]).line.furniture = 'page number';
}

/** A running head without the page's number. */
const headOf = (words: string) => words.replace(/^\d{1,3}\s+|\s+\d{1,3}$/g, '').trim();

/** Lines that return at the edges of pages or, where nothing says where these are, between empty lines all over the report. */
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
  const arePagesKnown = lines.some(({ pageStart }) => pageStart);
  for (const [head, places] of heads) {
    const isEdge = (at: number) =>
      at >= lines.length - 2 || [at, at + 1, at + 2].some((near) => lines[near]?.pageStart);
    const isApart = (at: number) => (lines[at]?.gap ?? 0) > 0 && (lines[at + 1]?.gap ?? 1) > 0;
    const isSpread = (places.at(-1) as number) - (places[0] as number) > lines.length / 4;
    const isTitle = head.split(' ').length >= 5 && !/\d|[.!;]$/.test(head) && /^[A-Z]/.test(head);
    const isHead = arePagesKnown
      ? places.filter(isEdge).length * 3 >= places.length * 2
      : isSpread && isTitle && places.every(isApart);
    const isHeading = places.some((at) => lines[at]?.heading !== undefined);
    if (places.length < 3 || !isHead || (isHeading && !arePagesKnown)) continue;
    for (const at of places) (lines[at] as RawLine).furniture = 'running head';
  }
}
