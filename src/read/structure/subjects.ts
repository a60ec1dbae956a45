import type { EditionFile } from '../../import/edition/edition-file.js';
import type { ReportLine } from '../report-document.js';
import { ratingAtEnd, ratingAtStart, ratingIn } from './ratings-words.js';
import { essence, likeness, likenessOfBeginning } from './wording.js';

/** A domain or a standard as any of the editions knows it. */
export interface Subject {
  kind: 'domain' | 'standard';
  code: string;
  domain: string;
  title: string;
  statement?: string;
  /** Title and statement in their essence. */
  plain: { title: string; statement: string };
}

/** A line that names a domain or a standard, and how surely. */
export interface Naming {
  /** Place of the line among the lines that were looked at. */
  at: number;
  line: ReportLine;
  /** What it may name, the surest first; a title without its code may be of several. */
  candidates: { subject: Subject; likeness: number }[];
  /** By what: a title with its code, a title alone, or the standard's statement. */
  by: 'code' | 'title' | 'statement';
  /** The rating that stands in the same line. */
  rating?: string;
  /** Whether a page number ends it, as in a page of contents. */
  hasPageNumber: boolean;
}

/** Every domain and standard of all editions, those of one code and title once. */
export function subjectsOf(editions: readonly EditionFile[]): Subject[] {
  const all = new Map<string, Subject>();
  for (const { domains } of editions) {
    for (const domain of domains) {
      const { code, title } = domain;
      all.set(`${code} ${essence(title)}`, {
        kind: 'domain',
        code,
        domain: code,
        title,
        plain: { title: essence(title), statement: '' },
      });
      for (const { code: own, title: name, statement } of domain.standards)
        all.set(`${own} ${essence(name)}`, {
          kind: 'standard',
          code: own,
          domain: code,
          title: name,
          plain: { title: essence(name), statement: essence(statement ?? '') },
          ...(statement !== undefined && { statement }),
        });
    }
  }
  return [...all.values()];
}

const digit = (letter: string) => ({ l: '1', I: '1', i: '1', '|': '1', O: '0', o: '0' })[letter] ?? letter;
const standardCode =
  /^\W{0,3}([\dlI|])\s?[^\p{L}\p{N}\s]{1,2}\s?([\dlI|])\s?[^\p{L}\p{N}\s]?(?=\s|[A-Z])\s*(?![.\d])/u;
/** "31. Assessment", which has lost the point between; two equal digits are rather one that came twice. */
const lostPoint = /^\W{0,3}(\d)(?!\1)(\d)\s?[.,:;]\s+(?=\p{Lu})/u;
/** "2. ", "2 ", and "22. ", a digit that came twice. */
const domainCode = /^\W{0,3}([\dlI|])\1?\s?[.,:;]\s+(?=\D)|^\W{0,3}([\dlI|])\s+(?=[A-Z])/;
/** "(court disposals)", "(continued)": what an annexe or a second page puts behind a title. */
const remark = /\s*\([^)]{3,40}\)\s*$|\s+\([^)]{3,40}$/;
const pageNumber = /(?:\.{2,}|\s|^)\s*\d{1,3}$/;

/** Less alike than this a title is no title. */
const leastTitle = 0.7;

/** What a line names, if it is a heading or a row of a ratings page; undefined for any other line. */
export function namingOf(
  line: ReportLine,
  at: number,
  subjects: readonly Subject[],
  ratings: readonly string[],
): Naming | undefined {
  const { text } = line;
  if (text.length < 4 || text.length > 330) return undefined;
  const standard = standardCode.exec(text) ?? lostPoint.exec(text);
  const domain = standard ? null : domainCode.exec(text);
  const code = standard
    ? `${digit(standard[1] as string)}.${digit(standard[2] as string)}`
    : domain && digit((domain[1] ?? domain[2]) as string);
  const behind = text.slice((standard ?? domain)?.[0].length ?? 0);
  const hasPageNumber = pageNumber.test(behind) || /^\d{1,3}$/.test(line.cells.at(-1) ?? '');
  const unpaged = behind.replace(/[\s.…·_]*\d{0,3}\s*$/, '');
  const { title, rating } = titleAndRating(unpaged, line, ratings);
  const plain = essence(title);
  const titled = subjects
    .map((subject) => ({ subject, likeness: nearness(plain, subject, unpaged, ratings) }))
    .filter((each) => each.likeness >= leastTitle)
    .sort((a, b) => b.likeness - a.likeness);
  const within = { at, line, hasPageNumber, ...(rating !== undefined && { rating }) };
  const sameCode = titled.filter(({ subject }) => subject.code === code);
  if (sameCode.length > 0) return { ...within, candidates: sameCode, by: 'code' };
  const close = titled.filter((each) => each.likeness >= 0.85);
  if (close.length > 0 && unpaged.length <= 80) return { ...within, candidates: close, by: 'title' };
  const stated = essence(text);
  if (stated.length < 40) return undefined;
  const statements = subjects
    .filter(({ statement }) => statement !== undefined)
    .map((subject) => ({
      subject,
      likeness: likenessOfBeginning(stated, subject.plain.statement, 0.8),
    }))
    .filter((each) => each.likeness >= 0.8)
    .sort((a, b) => b.likeness - a.likeness);
  return statements.length > 0 ? { ...within, candidates: statements, by: 'statement' } : undefined;
}

/** A heading's title without a rating or a remark behind it, and that rating. */
function titleAndRating(text: string, line: ReportLine, ratings: readonly string[]) {
  const cell = line.cells
    .slice(1)
    .map((each) => ratingIn(each, ratings))
    .find(Boolean);
  if (cell) {
    const before = line.cells
      .slice(
        0,
        line.cells.findIndex((each) => ratingIn(each, ratings)),
      )
      .join(' ');
    const bare = before.replace(standardCode, '').replace(domainCode, '');
    return { title: bare.replace(remark, ''), rating: cell.rating };
  }
  const end = text.length <= 100 ? ratingAtEnd(text.replace(remark, ''), ratings) : undefined;
  if (end?.rest) return { title: end.rest, rating: end.rating };
  return { title: text.replace(remark, ''), rating: undefined };
}

/** A title alone, or a title with a rating and the standard's statement run together behind it. */
function nearness(plain: string, subject: Subject, text: string, ratings: readonly string[]): number {
  const wanted = subject.plain.title;
  const alone = likeness(plain, wanted, leastTitle);
  if (alone >= 0.85 || text.length < 60 || !subject.statement) return alone;
  const beginning = likenessOfBeginning(plain, wanted, leastTitle);
  if (alone < leastTitle && beginning < leastTitle) return alone;
  const words = text.split(/\s+/);
  const behind = words.slice(subject.title.split(' ').length).join(' ');
  const rest = ratingAtStart(behind, ratings)?.rest ?? behind;
  const { statement } = subject.plain;
  const isStated =
    likenessOfBeginning(essence(rest).slice(0, statement.length), statement.slice(0, 40), 0.75) >= 0.75;
  return isStated ? beginning : alone;
}
