import type { EditionFile } from '../../import/edition/edition-file.js';
import type { ReportLine } from '../report-document.js';
import { partOf } from './parts.js';
import { type Naming, namingOf, subjectsOf } from './subjects.js';

/** The lines that name a domain or a standard of any of the editions. */
export function namingsIn(lines: readonly ReportLine[], editions: readonly EditionFile[]): Naming[] {
  const subjects = subjectsOf(editions);
  const ratings = ratingsOf(editions);
  return lines.flatMap((line, at) => namingOf(line, at, subjects, ratings) ?? []);
}

/** The ratings of all editions, each once. */
export const ratingsOf = (editions: readonly EditionFile[]): string[] => [
  ...new Set(editions.flatMap((edition) => edition.ratings)),
];

/** A stretch of lines. */
export interface Span {
  from: number;
  /** Exclusive. */
  to: number;
}

/**
 * Headings of domains and standards in the body, by line: outside contents and the ratings page, in the framework's order. Titles of
 * domains that no standard follows are of a summary; a statement is a heading only where its standard has no other.
 */
export function bodyNamings(
  lines: readonly ReportLine[],
  namings: readonly Naming[],
  page: Span | undefined,
) {
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
  return new Map(longestInOrder(open).map(({ naming, subject }) => [naming.at, subject]));
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
  const found = longestInOrder(namingsIn(lines, editions).filter(({ hasPageNumber }) => !hasPageNumber));
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
export const orderOf = (code: string): number => Number.parseFloat(code);
