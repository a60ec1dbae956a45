import type { ReportLine } from '../../report-document.js';
import { footnoteFor } from '../../structure/footnotes.js';
import type { Section, Sections } from '../../structure/sections.js';
import { bare, hasNear, isNear } from '../near.js';
import { cellFigure } from './cells.js';

/** Where a figure comes from, and of what time it is. */
export interface Source {
  source?: string;
  period?: string;
  year?: number;
}

const month = '(?:January|February|March|April|May|June|July|August|September|October|November|December)';
const periods = [
  new RegExp(
    `(?:(?:last|previous|past) (?:\\w+) (?:quarters|months|years),? )?${month} \\d{4} to ${month} \\d{4}`,
    'i',
  ),
  new RegExp(`${month} to ${month} \\d{4}`, 'i'),
  /\b20\d{2} to 20\d{2}\b/,
  /\b20\d{2}[/–-](?:20)?\d{2}\b/,
  /\bat (?:the )?(?:point|time) of (?:the )?inspection(?: announcement)?/i,
  /\bat the announcement of the inspection/i,
  new RegExp(
    `(?:the )?(?:year|12 months|twelve months) (?:to|ending|up to)(?: the)?(?: end of)? ${month} \\d{4}`,
    'i',
  ),
  /(?:the )?(?:last|previous|past|four) (?:year|12 months|four quarters|quarters before the inspection)/i,
  /\b(?:in|over) (?:a |the )?12[- ]months?(?: period)?/i,
  /\bduring (?:the )?fieldwork\b/i,
];

/** The time that a text says a figure is of. */
export function periodIn(text: string): Pick<Source, 'period' | 'year'> {
  for (const pattern of periods) {
    const found = pattern.exec(text)?.[0];
    if (found)
      return {
        period: found
          .replaceAll(/\s+/g, ' ')
          .replace(/^(?:in|over) (?:a |the )?12[- ]months?.*$/i, '12 months'),
      };
  }
  const year = /\bmid[- ]?(20\d{2})\b/i.exec(text)?.[1] ?? /\((20\d{2})\)\s*$/.exec(text)?.[1];
  return year ? { year: Number(year) } : {};
}

/** Source and time of what cites footnotes: the row itself before the table's head before the heading above it. */
export function sourceOf(parts: Sections, citing: readonly (ReportLine | undefined)[]): Source {
  const found: Source = {};
  for (const line of citing) {
    if (!line) continue;
    // "2%3" has lost its order: what stands behind a figure of a row is as likely a digit of it.
    const ofWords = line.marks.filter(
      ({ cell }) => line.cells.length === 1 || !cellFigure(line.cells[cell] ?? ''),
    );
    const marks = line.marks.length > 0 ? ofWords.map(({ mark }) => mark) : plainMark(parts, line);
    for (const mark of marks) {
      const text = footnoteFor(parts, mark, line)?.text ?? plainDefinition(parts, mark);
      if (text === undefined) continue;
      const one = sourceIn(text);
      found.source ??= one.source as string;
      if (found.period === undefined && found.year === undefined) {
        if (one.period !== undefined) found.period = one.period;
        if (one.year !== undefined) found.year = one.year;
      }
    }
    if (found.source !== undefined) break;
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** What sources say in their titles that labels say too. */
const topics = ['first time entrant', 'reoffending', 'population'];

const supplied = 'Supplied by the service';

/** Whether a source's own words are about something that a label does not speak of: its topic, or what only others publish. */
export function isOfAnother(source: string, label: string): boolean {
  const ofLabel = topics.find((one) => hasNear(label, one));
  if (source === supplied) return ofLabel !== undefined && !hasNear(label, 'caseload');
  const ofSource = topics.find((one) => hasNear(source, one));
  return ofSource !== undefined && ofSource !== ofLabel;
}

/** What publications are called that labels do not name, and what is said of a service's own data, by the words of labels. */
const namedOtherwise: readonly { label: string; title?: string; supplied?: string }[] = [
  { label: 'cautioned or sentenced', title: 'youth justice annual statistics' },
  { label: 'current caseload', supplied: 'caseload' },
  { label: 'headcount', supplied: 'staffing' },
  { label: 'case manager', supplied: 'staffing' },
  { label: 'unfilled posts', supplied: 'staffing' },
];

/**
 * Source and time of a figure whose mark is lost or leads nowhere: the only footnote whose own title is about what the label is about,
 * or that says so of the service's data, also where the damaged definition has become a line of text.
 */
export function sourceAbout(parts: Sections, section: Section, label: string): Source {
  const same = topics.find((one) => hasNear(label, one));
  const topic =
    same === undefined ? namedOtherwise.find((one) => hasNear(label, one.label)) : { title: same };
  if (topic === undefined) return {};
  const { title, supplied: of } = { title: undefined, supplied: undefined, ...topic };
  const lines = new Set([
    ...[...parts.footnotes.values()].flat(),
    ...section.lines.filter(
      ({ cells, text }) =>
        cells.length === 1 && text.length > 40 && (of !== undefined || /20\d\d/.test(text)),
    ),
  ]);
  const found = [...lines].flatMap(({ text }) => {
    if (of !== undefined) return hasNear(text, of) && sourceIn(text).source === supplied ? [text] : [];
    const body = text.replace(/^.{0,16}?(?=\p{Lu}\p{L}{3,}[^.]{4,40}\.\s*\()/u, '');
    const isTitled = /^\p{Lu}[^.]{5,60}\.\s*\(/u.test(body) && title !== undefined && hasNear(body, title);
    return isTitled ? [body] : [];
  });
  return new Set(found).size === 1 ? sourceIn(found[0] as string) : {};
}

/** Bodies that publish figures, to be known with a letter or two wrong. */
const publishers = [
  'Youth Justice Board',
  'Ministry of Justice',
  'Office for National Statistics',
  'Department for Education',
  'HM Inspectorate of Probation',
];

/** Whether a source is of a body that is known to publish figures, or of the service. */
export const isOfKnownBody = (source: string): boolean =>
  source === supplied || publishers.some((one) => source.startsWith(one));

/** A source whose publisher is spelt right, where it begins with one that is damaged. */
function withPublisher(source: string): string {
  const printed = /^[^(,.]+/.exec(source)?.[0].trim() ?? '';
  const near =
    publishers.find((one) => isNear(bare(printed), bare(one), 4)) ??
    // "National Statistics", "JusticeBoard", which have lost what stands before them.
    publishers.find((one) => bare(one).endsWith(bare(printed)) && printed.length * 2 >= one.length);
  return near === undefined ? source : `${near}${source.slice(printed.length)}`;
}

/** The definition of a mark whose digits are plain, as are those of its citation: "2 Youth Justice Board. (2022). …". */
function plainDefinition({ sections }: Sections, mark: string): string | undefined {
  const places = ['facts', 'background', 'standard'];
  for (const { kind, lines } of sections)
    if (places.includes(kind))
      for (const line of lines) {
        const { text } = line;
        if (text.startsWith(`${mark} `) && isPlainDefinition(line)) return text.slice(mark.length + 1);
      }
  return undefined;
}

/** Whether a text names a publication and its year, as a footnote does: it is no heading, and no measure. */
export const namesPublication = (text: string): boolean => /\.\s*\((?:\p{L}+ )?\d{3,5}\)/u.test(text);

/** Whether a line is a footnote's definition whose mark has become plain digits, with a rest of its tag perhaps. */
export const isPlainDefinition = ({ text, cells }: ReportLine): boolean =>
  cells.length === 1 && published.test(text);

const published =
  /^\W{0,3}\d{1,2}\S{0,7} \p{Lu}[^.]{5,60}\. \(|^\d{1,2} (?:Data|Information) (?:supplied|provided)/u;

/** A mark that the conversion made plain digits behind the last word of a line: "in Barnet 7", "sentenced3". */
export function plainMark(parts: Sections, { cells }: Pick<ReportLine, 'cells'>): string[] {
  return cells.flatMap((cell) => {
    const mark = /\p{L}{3}\)?\s?(\d{1,2})$/u.exec(cell.replace(/\(20\d\d\)/, 'year'))?.[1];
    const isDefined =
      mark !== undefined && (parts.footnotes.has(mark) || plainDefinition(parts, mark) !== undefined);
    return isDefined ? [mark] : [];
  });
}

/** "Data supplie dbythe YJS": the same words with blanks lost or moved. */
function isSuppliedRunOn(text: string): boolean {
  const letters = text.toLowerCase().replaceAll(/[^\p{L}]/gu, '');
  return ['datasuppliedbythe', 'informationsuppliedbythe'].some((wanted) =>
    isNear(letters.slice(0, wanted.length), wanted, 3),
  );
}

/** What a footnote says of the source: its own words; what the service supplied is said in the same words always. */
function sourceIn(text: string): Source {
  const time = periodIn(text);
  const suppliedBy =
    /^\W*(?:data|information|figures?)\b.{0,14}(?:suppl|provided|submitted)\w* by\b|\b(?:data|information|figures?)\b[^.]{0,30}\b(?:supplied|provided|submitted)\b[^.]{0,12}\b(?:YOS|YOT|YJS|YJP|service|team)\b/i;
  const isSupplied =
    suppliedBy.test(text) ||
    ((hasNear(text, 'data supplied by') ||
      hasNear(text, 'information supplied by') ||
      isSuppliedRunOn(text)) &&
      text.length < 260);
  if (isSupplied) return { source: supplied, ...time };
  const sentence = text
    .replaceAll(/\s+/g, ' ')
    .replace(/^([^.(]{4,60})\.\s*\(([^)]+)\)\.\s*/, '$1 ($2), ')
    .trim()
    .replace(/\.$/, '');
  // What a publication shows is not what the figure was taken from, and its years are others.
  if (/\b(?:indicates?|shows?|suggests?|that)\b/i.test(sentence)) return {};
  // A sentence about the figure is no source; a publication has a body that published it, or a year.
  const isSource =
    /office for national|youth justice board|ministry of justice|statistics|estimates|census|\bdata\b|figures|spreadsheet|\(20\d{2}\)|inspectorate/i;
  return isSource.test(sentence) && sentence.length <= 220
    ? { source: withPublisher(sentence), ...time }
    : time;
}
