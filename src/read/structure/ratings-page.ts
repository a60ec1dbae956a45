import type { ReportLine } from '../report-document.js';
import { orderOf, type Span } from './headings.js';
import { partOf } from './parts.js';
import { ratingIn } from './ratings-words.js';
import type { Naming } from './subjects.js';
import { essence } from './wording.js';

/** Lists of standards: lines that name them one below the other, with little between them. */
interface List extends Span {
  standards: Naming[];
}

export function listsOf(lines: readonly ReportLine[], namings: readonly Naming[]): List[] {
  const lists: List[] = [];
  let run: Naming[] = [];
  const close = () => {
    const standards = run.filter(({ candidates }) => candidates[0]?.subject.kind === 'standard');
    if (standards.length >= shortestList)
      lists.push({ from: (run[0] as Naming).at, to: (run.at(-1) as Naming).at + 1, standards });
    run = [];
  };
  for (const naming of namings) {
    if (naming.by === 'statement') continue;
    const before = run.at(-1);
    const between = before ? lines.slice(before.at + 1, naming.at) : [];
    const isBack = before !== undefined && !(codeOf(before) < codeOf(naming));
    if (isBack || between.length > 6 || between.some(({ text }) => text.length > 60)) close();
    run.push(naming);
  }
  close();
  return lists;
}

/** Fewer standards below each other are no list. */
const shortestList = 4;

const codeOf = ({ candidates }: Naming) => orderOf(candidates[0]?.subject.code ?? '0');

/**
 * The ratings page: at least five standards one below the other with nothing but short lines between them, most of them with a
 * rating in the same line or in the next ones. A page of contents has no ratings, and page numbers.
 */
export function ratingsPage(
  lines: readonly ReportLine[],
  lists: readonly List[],
  ratings: readonly string[],
): Span | undefined {
  let best: (Span & { rated: number }) | undefined;
  for (const { from, to, standards } of lists) {
    const rated = standards.filter(
      ({ rating, at }) =>
        rating !== undefined || lines.slice(at + 1, at + 3).some(({ text }) => ratingIn(text, ratings)),
    );
    if (standards.length < 5 || rated.length * 2 <= standards.length || rated.length <= (best?.rated ?? 0))
      continue;
    const tail = lines.slice(to, to + 2).findIndex(({ text }) => ratingIn(text, ratings)) + 1;
    best = { from, to: to + tail, rated: rated.length };
  }
  return best && { from: best.from, to: best.to };
}

/** Where the head of a ratings page begins, whose first standard is in line `from`. */
export function headOf(lines: readonly ReportLine[], from: number): number {
  for (let at = from - 1; at >= Math.max(0, from - headLines); at--) {
    const text = (lines[at] as ReportLine).text;
    if (text.length > 120 || (lines[at] as ReportLine).bullet) return at + 1;
    if (partOf(text)?.kind === 'ratings' && !essence(text).startsWith('overall')) return at;
  }
  return Math.max(0, from - headLines);
}

/** How far above the first standard of a ratings page its head may begin: service, fieldwork, score, overall rating. */
const headLines = 8;
