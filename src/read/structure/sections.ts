import type { EditionFile } from '../../import/edition/edition-file.js';
import type { ReportDocument, ReportLine } from '../report-document.js';
import { type Footnotes, footnotesOf } from './footnotes.js';
import { bodyNamings, namingsIn, ratingsOf, type Span } from './headings.js';
import { type PartKind, partOf } from './parts.js';
import { headOf, listsOf, ratingsPage } from './ratings-page.js';
import type { Naming } from './subjects.js';

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
  footnotes: Footnotes;
}

/**
 * A report's parts, by the headings that its framework dictates: by number and title, by title alone, or by a standard's statement
 * where its heading is damaged.
 */
export function sectionsOf(document: ReportDocument, editions: readonly EditionFile[]): Sections {
  const lines = document.lines.filter(({ noise, footnote }) => noise === undefined && footnote === undefined);
  const namings = namingsIn(lines, editions);
  const lists = listsOf(lines, namings);
  const page = ratingsPage(lines, lists, ratingsOf(editions));
  const listed = new Set(lists.flatMap(({ from, to }) => namings.filter(({ at }) => at >= from && at < to)));
  // Standards that a list names, of contents, ratings or a summary, begin no section.
  const free = namings.filter((naming) => !listed.has(naming));
  return { sections: divide(lines, free, page), footnotes: footnotesOf(document) };
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
  const namingAt = new Map(namings.map((naming) => [naming.at, naming]));
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
    const named = line.bullet || line.cells.length > 2 ? undefined : partOf(line.text);
    // An annexe that comes first is the last entry of a contents page.
    const part = named?.isAnnexe && !inBody && at < lines.length / 3 ? undefined : named;
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
      !namingAt.has(at)
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
