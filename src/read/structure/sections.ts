import type { EditionFile } from '../../import/edition/edition-file.js';
import type { ReportDocument, ReportLine } from '../report-document.js';
import { type PartKind, partOf } from './parts.js';
import { ratingIn } from './ratings-words.js';
import { type Naming, namingOf, subjectsOf } from './subjects.js';
import { essence } from './wording.js';

/** A part of a report with its lines, without what belongs to the paper and without definitions of footnotes. */
export interface Section {
  kind:
    | 'front'
    | 'contents'
    | 'foreword'
    | 'ratings'
    | 'recommendations'
    | 'background'
    | 'facts'
    | 'domain'
    | 'standard'
    | 'summary'
    | 'methodology'
    | 'data annexe'
    | 'glossary'
    | 'other';
  /** Of a domain or a standard: the domain's code. */
  domain?: string;
  /** Of a standard: its code. */
  standard?: string;
  title: string;
  /** In the report's order, its heading first. */
  lines: ReportLine[];
}

/** A report in parts. */
export interface Sections {
  /** In the order in which they begin. A domain's section holds the lines before its first standard and those after its last. */
  sections: Section[];
  /** Definitions of footnotes by mark, each with the lines that continue it; a mark may be defined more than once. */
  footnotes: Map<string, ReportLine[]>;
}

/** Where a line stands in the document, to compare lines of text and of pages. */
const position = ({ place }: ReportLine) => (place.page ?? 0) * 1_000_000 + place.line;

/** The definition of a mark that is meant by a line: the next one behind it, else the nearest one. */
export function footnoteFor(
  { footnotes }: Sections,
  mark: string,
  cited: ReportLine,
): ReportLine | undefined {
  const all = footnotes.get(mark) ?? [];
  const from = position(cited);
  const behind = all.filter((line) => position(line) >= from).sort((a, b) => position(a) - position(b))[0];
  return behind ?? all.at(-1);
}

/**
 * A report's parts, by the headings that its framework dictates: by number and title, by title alone, or by a standard's statement
 * where its heading is damaged.
 */
export function sectionsOf(document: ReportDocument, editions: readonly EditionFile[]): Sections {
  const lines = document.lines.filter(({ noise, footnote }) => noise === undefined && footnote === undefined);
  const footnotes = new Map<string, ReportLine[]>();
  for (const line of document.lines) {
    if (line.footnote === undefined) continue;
    footnotes.set(line.footnote, [...(footnotes.get(line.footnote) ?? []), line]);
  }
  const subjects = subjectsOf(editions);
  const ratings = [...new Set(editions.flatMap((edition) => edition.ratings))];
  const namings = lines.flatMap((line, at) => namingOf(line, at, subjects, ratings) ?? []);
  const lists = listsOf(lines, namings);
  const page = ratingsPage(lines, lists, ratings);
  const listed = new Set(lists.flatMap(({ from, to }) => namings.filter(({ at }) => at >= from && at < to)));
  // Standards that a list names, of contents, ratings or a summary, begin no section.
  const free = namings.filter((naming) => !listed.has(naming));
  return { sections: divide(lines, free, page), footnotes };
}

/** Lists of standards: lines that name them one below the other, with little between them. */
interface List extends Span {
  standards: Naming[];
}

interface Span {
  from: number;
  /** Exclusive. */
  to: number;
}

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

/** Fewer standards below each other are no list. */
const shortestList = 4;

function listsOf(lines: readonly ReportLine[], namings: readonly Naming[]): List[] {
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

const codeOf = ({ candidates }: Naming) => orderOf(candidates[0]?.subject.code ?? '0');

/** How far above the first standard of a ratings page its head may begin: service, fieldwork, score, overall rating. */
const headLines = 8;

function headOf(lines: readonly ReportLine[], from: number): number {
  for (let at = from - 1; at >= Math.max(0, from - headLines); at--) {
    const text = (lines[at] as ReportLine).text;
    if (text.length > 120 || (lines[at] as ReportLine).bullet) return at + 1;
    if (partOf(text)?.kind === 'ratings' && !essence(text).startsWith('overall')) return at;
  }
  return Math.max(0, from - headLines);
}

/** Parts that come before the domains; "Summary" and the like inside the domains are not among them. */
const early = new Set<PartKind>([
  'contents',
  'front',
  'foreword',
  'introduction',
  'ratings',
  'summary',
  'recommendations',
  'background',
  'facts',
]);

/** Goes through a report once: where is it, and what does this line begin? */
function divide(lines: readonly ReportLine[], namings: readonly Naming[], page: Span | undefined): Section[] {
  const sections: Section[] = [];
  const named = new Map(namings.map((naming) => [naming.at, naming]));
  const isBody = bodyNamings(lines, namings, page);
  const hasForeword = lines.some(({ text }) => partOf(text)?.kind === 'foreword');
  let current: Section = { kind: 'front', title: '', lines: [] };
  sections.push(current);
  let inAnnexe = false;
  let inBody = false;
  const domains = new Map<string, Section>();
  const begin = (section: Omit<Section, 'lines'>) => {
    current = { ...section, lines: [] };
    sections.push(current);
  };
  const pageFrom = page && headOf(lines, page.from);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as ReportLine;
    if (page && pageFrom !== undefined && at >= pageFrom && at < page.to) {
      if (current.kind !== 'ratings') begin({ kind: 'ratings', title: line.text });
      current.lines.push(line);
      continue;
    }
    const part = line.bullet || line.cells.length > 2 ? undefined : partOf(line.text);
    const subject = isBody.get(at);
    if (current.kind === 'contents' && isContentsEntry(lines, at)) {
      current.lines.push(line);
      continue;
    }
    if (subject && !inAnnexe) {
      inBody = true;
      if (subject.kind === 'standard')
        begin({ kind: 'standard', domain: subject.domain, standard: subject.code, title: line.text });
      else {
        begin({ kind: 'domain', domain: subject.code, title: line.text });
        domains.set(subject.code, current);
      }
    } else if (
      part?.isAnnexe ||
      (part && inBody && ['methodology', 'glossary', 'data annexe'].includes(part.kind) && isHeading(line))
    ) {
      inAnnexe = inAnnexe || inBody || part.isAnnexe;
      begin({ kind: annexeKind(part.kind), title: line.text });
    } else if (
      part &&
      !inBody &&
      !inAnnexe &&
      early.has(part.kind) &&
      !(current.kind === 'summary' && part.kind === 'summary')
    ) {
      const kind = part.kind === 'introduction' ? (hasForeword ? 'background' : 'foreword') : part.kind;
      begin({ kind: kind as Section['kind'], title: line.text });
    } else if (
      !inAnnexe &&
      current.kind === 'standard' &&
      (isHeading(line) || line.text.length < 12) &&
      closesStandards.test(line.text.trim()) &&
      !named.has(at)
    ) {
      // The domain goes on behind its last standard.
      const domain = domains.get(current.domain as string);
      if (domain) current = domain;
      else {
        begin({ kind: 'domain', domain: current.domain as string, title: line.text });
        domains.set(current.domain as string, current);
      }
    }
    current.lines.push(line);
  }
  return sections.filter((section) => section.lines.length > 0);
}

const closesStandards = /^(?:summary|diversity)$/i;

const annexeKind = (kind: PartKind): Section['kind'] =>
  kind === 'methodology' || kind === 'data annexe' || kind === 'glossary' ? kind : 'other';

const isHeading = (line: ReportLine): boolean =>
  line.heading !== undefined || line.bold === true || line.text.length <= 40;

/** An entry of a page of contents, or a line between such entries. */
function isContentsEntry(lines: readonly ReportLine[], at: number): boolean {
  const entry = /(?:\.{2,}|\s)\s*\d{1,3}$/;
  const text = (lines[at] as ReportLine).text;
  if (text.length > 110) return false;
  return (
    entry.test(text) ||
    lines.slice(at + 1, at + 4).some((line) => line.text.length < 110 && entry.test(line.text))
  );
}

/**
 * Headings of domains and standards in the body, by line: outside contents and the ratings page, in the framework's order. Titles of
 * domains that no standard follows are of a summary; a statement is a heading only where its standard has no other.
 */
function bodyNamings(lines: readonly ReportLine[], namings: readonly Naming[], page: Span | undefined) {
  const annexe = lines.findIndex(
    (line, at) =>
      (!page || at > page.to) &&
      at > lines.length / 3 &&
      partOf(line.text)?.isAnnexe &&
      line.cells.length <= 2,
  );
  const end = annexe < 0 ? lines.length : annexe;
  const open = namings.filter(
    ({ at, hasPageNumber }) => !hasPageNumber && at < end && !(page && at < page.to),
  );
  const found = longestInOrder(open);
  const body = new Map(found.map(({ naming, subject }) => [naming.at, subject]));
  return body;
}

interface Placed {
  naming: Naming;
  subject: Naming['candidates'][number]['subject'];
}

/** Headings of standards among lines that are all of one annexe or of the body, by line: the code that each begins. */
export function standardHeadings(
  lines: readonly ReportLine[],
  editions: readonly EditionFile[],
): Map<ReportLine, string> {
  const subjects = subjectsOf(editions);
  const ratings = [...new Set(editions.flatMap((edition) => edition.ratings))];
  const namings = lines.flatMap((line, at) => namingOf(line, at, subjects, ratings) ?? []);
  const found = longestInOrder(namings.filter(({ hasPageNumber }) => !hasPageNumber));
  return new Map(
    found.flatMap(({ naming, subject }) =>
      subject.kind === 'standard' ? [[naming.line, subject.code] as const] : [],
    ),
  );
}

/** The surest sequence of headings in ascending order of their codes, each once, found by dynamic programming. */
function longestInOrder(namings: readonly Naming[]): Placed[] {
  const all = namings.flatMap((naming) =>
    naming.candidates.map(({ subject, likeness }) => ({
      naming,
      subject,
      weight: weightOf(naming, likeness, subject.kind),
    })),
  );
  const best: { total: number; before: number }[] = [];
  let last = -1;
  for (const [i, { naming, subject, weight }] of all.entries()) {
    let chosen = { total: weight, before: -1 };
    for (let j = 0; j < i; j++) {
      const other = all[j] as (typeof all)[number];
      if (other.naming.at >= naming.at || !(orderOf(other.subject.code) < orderOf(subject.code))) continue;
      // A domain's title belongs to the domain only if one of its standards follows before another domain begins.
      const isSummary = other.subject.kind === 'domain' && other.subject.code !== subject.domain;
      const total = (best[j] as { total: number }).total + weight - (isSummary ? 0.5 : 0);
      if (total > chosen.total) chosen = { total, before: j };
    }
    best[i] = chosen;
    if (last < 0 || chosen.total > (best[last] as { total: number }).total) last = i;
  }
  const placed: Placed[] = [];
  for (let at = last; at >= 0; at = (best[at] as { before: number }).before) {
    const { naming, subject } = all[at] as (typeof all)[number];
    placed.unshift({ naming, subject });
  }
  return placed.filter(
    ({ subject }, at) => subject.kind === 'standard' || placed[at + 1]?.subject.domain === subject.code,
  );
}

/** A code counts for more than a title, a title for more than a statement. */
function weightOf({ by, line, rating }: Naming, likeness: number, kind: string): number {
  const base = by === 'code' ? 3 : by === 'title' ? 1.2 : 0.6;
  const heading = line.heading !== undefined || line.bold ? 0.4 : 0;
  return (base + heading + (rating ? 0.1 : 0)) * likeness * (kind === 'domain' ? 0.6 : 1);
}

/** "2" before "2.1" before "2.2" before "3". */
const orderOf = (code: string): number => Number.parseFloat(code);
