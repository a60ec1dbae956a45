import { distance } from 'fastest-levenshtein';
import { type Draft, wordsOf } from './draft.js';

/** Marks what belongs to the paper: contents pages, and the heads and numbers of pages. */
export function markNoise(drafts: Draft[]): void {
  const lines = drafts.filter(({ noise }) => !noise);
  markContents(lines);
  const rest = lines.filter(({ noise }) => !noise);
  markPageNumbers(rest);
  markRunningHeads(rest);
}

const leaders = /(?:\.\s?){4,}\s*(\d{1,3})?\s*$|…{2,}\s*(\d{1,3})?\s*$/;

/** An entry of a contents page; `page` is undefined where it is lost or not legible. */
interface Entry {
  title: string;
  page?: number;
  leaders: boolean;
  /** Whether a page stands there, legible or not. */
  isPaged: boolean;
}

function entryOf(draft: Draft): Entry | undefined {
  const words = wordsOf(draft);
  // No page is a percentage.
  if (words.length > 250 || words.endsWith('%')) return undefined;
  const led = leaders.test(words);
  const page = /(?:^|[\s.…])(\d{1,3})$/.exec(words)?.[1];
  if (page === undefined && !led && draft.cells.length < 2) return undefined;
  const isPaged = page !== undefined || (draft.cells.length > 1 && /\s(?=\S*\d)\S{1,4}$/.test(words));
  const title = words.replace(isPaged ? /[\s.…]*[^\s.…]{1,4}$/ : /[\s.…]*\d{0,3}$/, '');
  if (!/[a-z]{3}/i.test(title)) return undefined;
  return { title, leaders: led, isPaged, ...(page !== undefined && { page: Number(page) }) };
}

const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');

/**
 * Contents pages: lines with dot leaders, and runs of titles with page numbers that never fall, whose titles come again in the report
 * or that stand below the word itself.
 */
function markContents(lines: Draft[]): void {
  const titles = new Map<string, number>();
  for (const [at, line] of lines.entries()) {
    const cell = letters(line.cells.find((text) => /[a-z]/i.test(text)) ?? '');
    if (cell.length > 3 && cell.length < 100) titles.set(cell, at);
  }
  for (let at = 0; at < lines.length; ) {
    const run = contentsRun(lines, at);
    if (run.length >= 5 || run.some(({ entry }) => entry.leaders)) {
      const end = at + run.length;
      const again = run.filter(({ entry }) => (titles.get(letters(entry.title)) ?? -1) >= end).length;
      const heading = at > 0 ? letters(wordsOf(lines[at - 1] as Draft)) : '';
      const isContents =
        run.length >= 5 && (again * 2 >= run.length || /^(?:table)?(?:of)?contents?$/.test(heading));
      for (const { draft, entry } of run) if (isContents || entry.leaders) draft.noise = 'contents';
      at = end;
    } else at += 1;
  }
}

function contentsRun(lines: Draft[], from: number) {
  const run: { draft: Draft; entry: NonNullable<ReturnType<typeof entryOf>> }[] = [];
  let page = 0;
  let without = 0;
  for (let at = from; at < lines.length && run.length < 300; at++) {
    const draft = lines[at] as Draft;
    const entry = entryOf(draft);
    if (!entry || (entry.page ?? page) < page || (entry.page ?? 0) > page + 60) break;
    without = entry.page === undefined ? without + 1 : 0;
    if (without > 2) break;
    page = entry.page ?? page;
    run.push({ draft, entry });
  }
  while (run.length > 0 && !run.at(-1)?.entry.isPaged && !run.at(-1)?.entry.leaders) run.pop();
  return run;
}

const pageNumber = /^(?:page\s+)?(?:[-–—]\s*)?(\d{1,3})(?:\s*[-–—])?(?:\s+of\s+\d{1,3})?$/i;

/** Lines that are a number and nothing else, and rise as pages do: at an even pace, or at the beginning or end of a page. */
function markPageNumbers(lines: Draft[]): void {
  const candidates: { draft: Draft; at: number; page: number; atEdge: boolean }[] = [];
  for (const [at, draft] of lines.entries()) {
    if (draft.cells.filter((cell) => cell !== '').length !== 1) continue;
    const page = pageNumber.exec(wordsOf(draft))?.[1];
    if (page === undefined) continue;
    const atEdge = (draft.pageStart || lines[at + 1]?.pageStart || lines[at + 2]?.pageStart) ?? false;
    candidates.push({ draft, at, page: Number(page), atEdge });
  }
  // The longest chain of candidates that goes up by a page for every few lines.
  const chains = candidates.map(() => ({ length: 1, before: -1 }));
  let best = -1;
  for (let to = 0; to < candidates.length; to++) {
    for (let from = Math.max(0, to - 60); from < to; from++) {
      const [a, b] = [candidates[from], candidates[to]] as [(typeof candidates)[0], (typeof candidates)[0]];
      const pages = b.page - a.page;
      const step = (b.at - a.at) / pages;
      const length = (chains[from]?.length ?? 0) + 1;
      if (pages < 1 || step < 5 || step > 150 || length <= (chains[to]?.length ?? 0)) continue;
      chains[to] = { length, before: from };
    }
    if (best < 0 || (chains[to]?.length ?? 0) > (chains[best]?.length ?? 0)) best = to;
  }
  if (best >= 0 && (chains[best]?.length ?? 0) >= 4)
    for (let at = best; at >= 0; at = chains[at]?.before ?? -1)
      (candidates[at] as (typeof candidates)[0]).draft.noise = 'page number';
  const edges = candidates.filter(({ atEdge }) => atEdge);
  if (edges.length >= 3) for (const { draft } of edges) draft.noise = 'page number';
}

/** A running head without the page's number. */
const headOf = (words: string) => words.replace(/^\d{1,3}\s+|\s+\d{1,3}$/g, '').trim();

/**
 * Lines that return, of one cell and no sentence, at the edges of pages or, where a text doesn't say where they are, between empty
 * lines all over the report. A number between the occurrences is the page's.
 */
function markRunningHeads(lines: Draft[]): void {
  const heads = new Map<string, number[]>();
  for (const [at, draft] of lines.entries()) {
    const full = draft.cells.filter((cell) => cell !== '');
    if (draft.noise || draft.heading || draft.bullet || full.length > 2) continue;
    if (full.length === 2 && !full.some((cell) => /^\d{1,3}$/.test(cell))) continue;
    const head = headOf(full.join(' '));
    if (head.length < 12 || head.length > 150 || /\d\.\d|[\uE010\uE011]/.test(head)) continue;
    heads.set(head, [...(heads.get(head) ?? []), at]);
  }
  const found: string[] = [];
  for (const [head, places] of heads) {
    const isEdge = (at: number) =>
      lines[at]?.pageStart === true ||
      [lines[at + 1], lines[at + 2]].some((line) => line?.pageStart) ||
      [lines[at - 1], lines[at + 1]].some((line) => line?.noise === 'page number');
    // What stands above lists is their heading, however often it comes at the beginning of a page.
    const isAboveList = (at: number) => lines.slice(at + 1, at + 4).find(({ noise }) => !noise)?.bullet;
    if (places.filter(isAboveList).length * 2 > places.length) continue;
    const edges = places.filter(isEdge);
    const isApart = (at: number) => (lines[at]?.gap ?? 0) > 0 && (lines[at + 1]?.gap ?? 1) > 0;
    const isNoSentence =
      !/[.?!:;]$/.test(head) && head.split(' ').length >= 5 && !/\d/.test(head) && /^[A-Z]/.test(head);
    const isSpread =
      (places.at(-1) as number) - (places[0] as number) > lines.length / 4 &&
      places.filter((at, index) => index === 0 || at - (places[index - 1] as number) >= 10).length * 3 >=
        places.length * 2;
    const isHead =
      (edges.length >= 3 && edges.length * 3 >= places.length * 2) ||
      (places.length >= 3 && isSpread && isNoSentence && places.every(isApart));
    if (!isHead) continue;
    found.push(head);
    for (const at of places) {
      (lines[at] as Draft).noise = 'running head';
      for (const beside of [lines[at - 1], lines[at + 1]])
        if (
          beside &&
          !beside.noise &&
          beside.cells.length === 1 &&
          pageNumber.test(wordsOf(beside)) &&
          beside.gap + (lines[at + 1]?.gap ?? 0) > 0
        )
          beside.noise = 'page number';
    }
  }
  // Damaged letters make a head another line.
  for (const [other, places] of heads)
    if (found.some((head) => isDamaged(other, head)))
      for (const at of places) (lines[at] as Draft).noise ??= 'running head';
}

const isDamaged = (text: string, head: string): boolean =>
  text !== head && Math.abs(text.length - head.length) <= 3 && distance(text, head) <= head.length * 0.08;
