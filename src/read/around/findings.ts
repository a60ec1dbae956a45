import type { ReadValue } from '../reading.js';
import type { ReportLine } from '../report-document.js';
import type { Section } from '../structure/sections.js';
import { isFurniture, withoutFurniture } from './furniture.js';
import { isNear, startsLow } from './near.js';
import { type About, entryValues } from './values.js';

const kinds = {
  strength: ['strengths', 'strength', 'key strengths', 'what the service does well'],
  'area for improvement': ['areas for improvement', 'area for improvement', 'areas that need to improve'],
} as const;
type Kind = keyof typeof kinds;

/** The heading that begins a list of findings, with a damaged letter or two; undefined for any other line. */
export function findingsHeading(line: ReportLine): Kind | undefined {
  if (line.bullet || line.text.length > 40) return undefined;
  const text = line.text
    .toLowerCase()
    .replaceAll(/[^\p{L} ]/gu, '')
    .trim();
  if (text.length < 6) return undefined;
  for (const [kind, headings] of Object.entries(kinds))
    if (headings.some((heading) => isNear(text, heading, Math.max(1, Math.floor(heading.length / 8)))))
      return kind as Kind;
  return undefined;
}

interface Finding {
  kind: Kind;
  section: Section;
  line: ReportLine;
  text: string;
  /** Whether its section has listed both kinds before its list. */
  isAgain: boolean;
  /** Whether a line that begins with a capital was taken for a part of it. */
  isJoined: boolean;
}

/** Strengths and areas for improvement, of domains or of standards, as their own sections list them. */
export function readFindings(sections: readonly Section[], isDamaged = false): { values: ReadValue[] } {
  const parts = sections.filter(({ kind }) => kind === 'domain' || kind === 'standard');
  const found = parts.flatMap((section) => findingsIn(section));
  const listing = new Set(found.map(({ section }) => section));
  // A report has lists of domains or of standards: where few standards have any, a heading above theirs is lost.
  const standards = parts.filter(({ kind }) => kind === 'standard');
  const areRare = standards.filter((one) => listing.has(one)).length * 2 < standards.length;
  const why = 'the heading of the domain or the standard that it is of may be lost, in a damaged report';
  // "* group of children": what was a letter has become a bullet.
  const isLow = ({ text }: Finding) => /^\p{Ll}/u.test(text);
  const areCapital = found.filter(isLow).length * 4 < found.length;
  const lost = 'its first letter is lost, or it is no entry, in a damaged report';
  const joined = 'its full stop may be lost, and what stands behind it no part of it, in a damaged report';
  return {
    values: found.flatMap((finding, at) => {
      const { kind, section, line, text, isAgain, isJoined } = finding;
      const path = ['findings', at];
      // A summary at a domain's end stands behind its last standard, and is the domain's.
      const isOfStandard =
        section.kind === 'standard' && !isSummary(section, line) && !isOnly(section, sections);
      const { domain, standard } = section;
      const isCut = isDamaged && areCapital && isLow(finding);
      const doubt: About =
        isCut || (isDamaged && isJoined) ? { confidence: 'doubtful', why: isCut ? lost : joined } : {};
      const isDoubted = isDamaged && (isAgain || (isOfStandard && areRare));
      return [
        ...entryValues(path, { kind }, line),
        ...entryValues(
          path,
          { domain, standard: isOfStandard ? standard : undefined },
          line,
          isDoubted ? { confidence: 'doubtful', why } : {},
        ),
        ...entryValues(path, { summary: withoutFurniture(text) }, line, doubt),
      ];
    }),
  };
}

function findingsIn(section: Section): Finding[] {
  const found: Finding[] = [];
  /** The list that a line is in; `hasBullets`: what has none behind them is no entry of it. */
  let list: { kind: Kind; hasBullets: boolean } | undefined;
  let lists = 0;
  let open: Finding | undefined;
  const begin = (kind: Kind) => {
    if (kind !== found.at(-1)?.kind) lists++;
    list = { kind, hasBullets: false };
    open = undefined;
  };
  const enter = (line: ReportLine, text: string) => {
    open = {
      kind: (list as { kind: Kind }).kind,
      section,
      line,
      text: text.trim(),
      isAgain: lists > 2,
      isJoined: false,
    };
    found.push(open);
  };
  for (const [at, line] of section.lines.entries()) {
    const heading = findingsHeading(line) ?? headingAtEnd(line, section.lines[at + 1]);
    if (heading) begin(heading);
    else if (list === undefined || line.text.trim() === '' || isFurniture(line)) continue;
    else if (line.heading !== undefined || line.cells.length > 1) list = undefined;
    // "2. Court disposals" below entries without numbers is the next part's heading.
    else if (list.hasBullets && isNumbered(line) && open && !isNumbered(open.line)) list = undefined;
    else if (line.bullet) {
      const next = headingBelow(line);
      list.hasBullets = true;
      enter(line, next ? next.text : line.text);
      if (next) begin(next.kind);
    } else if (isWithoutBullet(section.lines, at, open?.line)) {
      list.hasBullets = true;
      enter(line, line.text.replace(damagedBullet, ''));
    } else if (open && goesOn(open, line, section)) {
      open.text = `${open.text} ${line.text.trim()}`;
      open.isJoined ||= /^\p{Lu}/u.test(line.text);
    } else if (!list.hasBullets && !open && /^['"“‘]?\p{Lu}/u.test(line.text)) enter(line, line.text);
    else list = undefined;
  }
  return found;
}

/** What damage leaves of a bullet: another sign, two of them, or one without its blank. */
const damagedBullet = /^(?:[-*•–]{1,2}\s?|[^\p{L}\d\s]{1,2}\s+)(?=\p{Lu})/u;

/**
 * Whether a line is an entry whose bullet is damaged or lost: next to a line with a bullet, or to the entry before it, and beginning with another sign, or with a capital
 * a column to the left of where the words behind that bullet begin.
 */
function isWithoutBullet(lines: readonly ReportLine[], at: number, entry: ReportLine | undefined): boolean {
  const line = lines[at] as ReportLine;
  const beside = [lines[at - 1], lines[at + 1]].find(
    (one) =>
      one &&
      (one.bullet || one === entry) &&
      Math.abs(one.place.line - line.place.line) === 1 &&
      one.place.page === line.place.page,
  );
  if (!beside) return false;
  if (damagedBullet.test(line.text)) return true;
  // A lost sign leaves its blank: the words begin one column too early. A PDF's lines have no columns.
  return line.place.page === undefined && /^\p{Lu}/u.test(line.text) && begins(line) === begins(beside) - 1;
}

/** In which column the words of a line begin. */
const begins = ({ raw }: ReportLine): number => raw.search(/\p{L}/u);

const isNumbered = ({ text }: ReportLine) => /^\d{1,2}[.)]{1,2}\s/.test(text);

/** The next list's heading, damaged so that its line was taken for the last of an entry, and the entry's own words: "reas for improvement". */
function headingBelow(line: ReportLine): { kind: Kind; text: string } | undefined {
  const [, ...more] = line.raw.split('\n').map((one) => one.trim());
  const last = more.at(-1);
  const kind = last === undefined ? undefined : findingsHeading({ ...line, bullet: false, text: last });
  const end = kind === undefined ? -1 : line.text.lastIndexOf(last as string);
  return kind === undefined || end < 0 ? undefined : { kind, text: line.text.slice(0, end).trim() };
}

/** A heading that the conversion has joined to the paragraph above it: its last words, with a list below. */
function headingAtEnd(line: ReportLine, next: ReportLine | undefined): Kind | undefined {
  if (line.bullet || !next?.bullet) return undefined;
  const last = /[.!?]\s+(\p{Lu}[\p{L} ]{5,36}:?)$/u.exec(line.text)?.[1];
  return last === undefined ? undefined : findingsHeading({ ...line, text: last });
}

/**
 * Whether a line goes on with an entry: in the middle of a sentence, or on the very next line without an end before it. A capital
 * goes on only with an entry that fills its lines: one of a shorter line has lost its full stop, or the next one its bullet.
 */
function goesOn(open: { text: string; line: ReportLine }, line: ReportLine, { lines }: Section): boolean {
  if (isWhole(open.text)) return false;
  if (startsLow(line.text)) return true;
  const before = lines[lines.indexOf(line) - 1];
  if (!before || line.place.line - before.place.line !== 1 || /^[-•*–·]/.test(line.text)) return false;
  const widest = Math.max(...lines.filter((one) => one.bullet).map(({ raw }) => raw.trim().length));
  const first = line.text.split(/\s/)[0] ?? '';
  return before.raw.trim().length + first.length >= widest;
}

const isWhole = (text: string) => /[.!?]['"”’)]?$/.test(text);

/** Whether a standard is the only one of its domain: what is said of the one is said of the other. */
const isOnly = ({ domain, standard }: Section, sections: readonly Section[]) =>
  sections.every((one) => one.kind !== 'standard' || one.domain !== domain || one.standard === standard);

/** Whether a line of a standard's section stands below a heading "Summary", which is the domain's. */
const isSummary = ({ lines }: Section, line: ReportLine) =>
  lines.slice(0, lines.indexOf(line)).some(({ text }) => /^summary\W*$/i.test(text));
