import type { EditionFile } from '../../import/edition/edition-file.js';
import { type Place, positionOf, type ReportDocument, type ReportLine } from '../report-document.js';
import { standardHeadings } from '../structure/headings.js';
import type { Sections } from '../structure/sections.js';
import { essence, likeness } from '../structure/wording.js';

/** A decision of a ratings panel, as a report tells it. */
export interface DecisionSeen {
  /** undefined where neither a mark nor its place says which standard it is of. */
  standard?: string;
  /** By what: its mark or a code in its words, or only the section that it stands in. */
  by: 'mark' | 'place';
  /** undefined where it is not told. */
  from?: string;
  to?: string;
  /** The report's own words. */
  reason: string;
  place: Place;
}

/** Decisions on a standard's rating: footnotes and sentences of its section, not what a methodology says of discretion in general. */
export function readDecisions(
  document: ReportDocument,
  { sections }: Sections,
  edition: EditionFile,
): DecisionSeen[] {
  const { ratings } = edition;
  const standards = new Set(edition.domains.flatMap((domain) => domain.standards.map(({ code }) => code)));
  const { within, mixed } = standardOfLines(sections, edition);
  const decisions: DecisionSeen[] = [];
  for (const [at, line] of document.lines.entries()) {
    if (!speaksOfDiscretion(line.text)) continue;
    const said = ratingsSaid(line.text, ratings);
    if (!said.to) continue;
    if (line.footnote === undefined && !within.has(line)) continue;
    const named = /\b([1-9]\.[1-9])(?:\.[1-9])?\b/.exec(line.text)?.[1];
    const cited =
      line.footnote !== undefined
        ? citing(document.lines, at, line.footnote, within)
        : looksLikeFootnote.test(line.text)
          ? undefined
          : line;
    const marked = (named && standards.has(named) ? named : undefined) ?? (cited && within.get(cited));
    const standard = marked ?? within.get(nearestBefore(document.lines, at, within) as ReportLine);
    decisions.push({
      ...(standard !== undefined && { standard }),
      by: marked === undefined || (marked !== named && mixed.has(marked)) ? 'place' : 'mark',
      ...said,
      reason: line.text,
      place: line.place,
    });
  }
  return decisions;
}

/** Whether words near "professional discretion" are there, a letter or two damaged. */
function speaksOfDiscretion(text: string): boolean {
  const words = text.toLowerCase().split(/[^\p{L}]+/u);
  return words.some((word) => word.length >= 8 && likeness(word, 'discretion', 0.8) >= 0.8);
}

/** "7 The rating hangs on one case": a footnote whose mark cites nothing that is legible stands at its page's end, not at its standard. */
const looksLikeFootnote = /^[^\p{L}\d]{0,6}\d{1,2}\S{0,7}\s\p{Lu}/u;

/**
 * The standard that each line of standards' sections and of annexes is under, and those that may hold another one's lines, because the
 * heading of the next one is not found.
 */
function standardOfLines(
  sections: Sections['sections'],
  edition: EditionFile,
): { within: Map<ReportLine, string>; mixed: Set<string> } {
  const of = new Map<ReportLine, string>();
  const all = edition.domains.flatMap(({ standards }) => standards.map(({ code }) => code));
  const mixed = new Set<string>();
  const lookFor = (found: ReadonlySet<string>) => {
    for (const [at, code] of all.slice(0, -1).entries())
      if (found.has(code) && !found.has(all[at + 1] as string)) mixed.add(code);
  };
  lookFor(new Set(sections.flatMap(({ standard }) => standard ?? [])));
  for (const { kind, standard, lines } of sections) {
    if (standard !== undefined) for (const line of lines) of.set(line, standard);
    if (kind !== 'data annexe' && kind !== 'ratings') continue;
    const headings = standardHeadings(lines, [edition]);
    lookFor(new Set(headings.values()));
    let current: string | undefined;
    for (const line of lines) {
      current = headings.get(line) ?? current;
      if (current) of.set(line, current);
    }
  }
  return { within: of, mixed };
}

/** The line that cites a footnote: the last one before its definition, else the next one behind it. */
function citing(
  lines: readonly ReportLine[],
  at: number,
  mark: string,
  within: ReadonlyMap<ReportLine, string>,
): ReportLine | undefined {
  const cites = (line: ReportLine) => within.has(line) && line.marks.some((each) => each.mark === mark);
  const before = lines.slice(Math.max(0, at - 150), at).reverse();
  return before.find(cites) ?? lines.slice(at + 1, at + 40).find(cites);
}

function nearestBefore(
  lines: readonly ReportLine[],
  at: number,
  within: ReadonlyMap<ReportLine, string>,
): ReportLine | undefined {
  const limit = positionOf((lines[at] as ReportLine).place);
  return lines
    .slice(Math.max(0, at - 60), at)
    .reverse()
    .find((line) => within.has(line) && positionOf(line.place) <= limit);
}

/**
 * From and to, as told: "from 'Inadequate' to 'Good'", "to 'Good' from Inadequate", "as good rather than requires improvement", "to
 * uplift the rating to 'Good'".
 */
export function ratingsSaid(text: string, ratings: readonly string[]): { from?: string; to?: string } {
  const found: { rating: string; before: string }[] = [];
  const words = text.split(/\s+/);
  for (let at = 0; at < words.length; at++) {
    for (const rating of ratings) {
      const length = rating.split(' ').length;
      const plain = essence(words.slice(at, at + length).join(' '));
      if (likeness(plain, essence(rating), 0.78) < 0.78) continue;
      found.push({
        rating,
        before: words
          .slice(Math.max(0, at - 3), at)
          .join(' ')
          .toLowerCase(),
      });
      at += length - 1;
      break;
    }
  }
  const said: { from?: string; to?: string } = {};
  for (const { rating, before } of found) {
    if (/\b(?:from|than|of)\W*$/.test(before)) said.from ??= rating;
    else if (/\b(?:to|as|into)\W*$/.test(before)) said.to ??= rating;
  }
  // Two ratings, one of them clear: the other is the other one.
  if (found.length === 2 && said.from && !said.to)
    said.to = found.find(({ rating }) => rating !== said.from)?.rating as string;
  if (found.length === 2 && said.to && !said.from)
    said.from = found.find(({ rating }) => rating !== said.to)?.rating as string;
  if (said.from === undefined) delete said.from;
  if (said.to === undefined) delete said.to;
  return said;
}
