import { isDay } from '../../days.js';
import { kindWords, whichService } from '../../services/in-report.js';
import { months } from '../../words/english.js';
import { type Claim, claim, claims, type Found, remark } from '../claim.js';
import { escaped } from '../likeness.js';
import type { Outline } from '../outline.js';
import { type Line, sentencesOf } from '../report.js';

/** Title, service, dates, ISBN and lead inspector: what stands on the first pages, and what says it again. */
export function frontPageClaims(outline: Outline): Found[] {
  const { lines } = outline;
  const title = titleOf(lines);
  const fieldwork = fieldworkClaims(outline);
  const undated =
    'the report does not say when fieldwork was: add report: fieldwork_month to load the bundle';
  return [
    ...(title ? [claim(['report', 'title'], title.text, title.line)] : []),
    ...[...serviceClaims(lines, title), ...publishedClaims(lines), ...fieldwork],
    ...(fieldwork.length > 0 ? [] : [remark('other', 'fieldwork', undated)]),
    ...firstClaim('isbn', lines, isbn, (number) => number.replaceAll(/[–\s]+/g, '-')),
    ...firstClaim('lead_inspector', lines, inspector, (name) => name.replace(/[.]$/, '')),
  ];
}

const isbn = /\bISBN\D{0,3}\d?\D{0,3}(97[89][\d\s–-]{9,15}[\dX])\b/i;
const name = "(?:\\p{Lu}[\\p{L}'’.-]*|d[aei]|van|von)";
const inspector = new RegExp(
  `\\b(?:inspection was led by|lead inspector:?)(?: HM| Her Majesty's| His Majesty's)? ?(?:Inspector )?(${name}(?: ${name}){1,3})`,
  'u',
);

function firstClaim(
  key: string,
  lines: readonly Line[],
  pattern: RegExp,
  clean: (text: string) => string,
): Claim[] {
  const line = lines.find(({ text }) => pattern.test(text));
  const said = line && pattern.exec(line.text)?.[1];
  return said ? [claim(['report', key], clean(said), line)] : [];
}

/** A title, and what it says of the area, which may stand in the next line. */
interface Title {
  text: string;
  line: Line;
  area: string;
  areaLine: Line;
}

// "An inspection of youth offending services in Barnet", "Northshire youth justice service: an inspection report".
const areaBehind =
  /\binspection (?:report )?(?:of|on) (?:the )?youth (?:offending|justice) (?:services?|work|team)(?: in)?\b:?\s*(.*)$/i;
const areaBefore =
  /^(.{3,60}? youth (?:offending|justice) (?:service|team|partnership))\b.{0,12}\binspection/i;

function titleOf(lines: readonly Line[]): Title | undefined {
  for (const [at, line] of lines.slice(0, 60).entries()) {
    const { text } = line;
    if (text.length > 150) continue;
    const behind = areaBehind
      .exec(text)?.[1]
      ?.replace(/^with .* in (?=\p{Lu})/u, '')
      .trim();
    const area = behind || areaBefore.exec(text)?.[1];
    if (area) return { text, line, area, areaLine: line };
    const next = lines[at + 1];
    if (behind === '' && next && next.text.length <= 80 && /^\p{Lu}/u.test(next.text))
      return { text: `${text} ${next.text}`, line, area: next.text, areaLine: next };
  }
  return undefined;
}

/** The service by the names that the report gives it, and its area, as the register has them. */
function serviceClaims(lines: readonly Line[], title: Title | undefined): Found[] {
  const words = title?.area.replace(/[^\p{L}\p{N}&'’ -]/gu, ' ').trim() ?? '';
  const area = words.replace(new RegExp(`\\s*\\b(?:${kindWords})s?\\b.*$`, 'i'), '').trim();
  const label = `^(?:service:?\\s+)?(?:the )?((?:(?:\\p{Lu}[\\p{L}'’-]*|&|and|of|upon) ){1,8}(?:${kindWords}))$`;
  const ofArea = `(?:^|[^\\p{L}&])(${escaped(area)} (?:${kindWords}))\\b`;
  const named = area === '' ? new RegExp(label, 'gu') : new RegExp(ofArea, 'giu');
  const names = lines.slice(0, Math.max(200, lines.length / 2)).flatMap((line) =>
    [...line.text.matchAll(named)].map(([, name = '']) => {
      // A name in full goes before an abbreviation, a label or a heading before running text.
      const rank = / Youth /.test(name) ? 0 : / Y[OJ]/.test(name) ? 2 : 4;
      return { name, line, rank: rank + (line.text.length < 90 ? 0 : 1) };
    }),
  );
  const inOrder = names.toSorted((one, other) => one.rank - other.rank);
  const found = whichService(
    inOrder.map(({ name }) => name),
    area === '' ? undefined : area,
  );
  const places = inOrder.filter(({ name }) => name === found?.name).map(({ line }) => line);
  const [line = title?.areaLine] = places;
  if (!found || !line) {
    const message =
      'the name of the service was not found: write it into service: {name, area} to load the bundle';
    return [remark('other', 'service', message)];
  }
  const { name, kind, area: place, isKnown } = found;
  const message = `"${name}" is no service, and "${place}" no local authority, that the register knows: correct service: {name, area}, or load with --new-service`;
  return [
    ...[line, ...places.slice(1, 4)].map((one) => claim(['service', 'name'], name, one)),
    ...claims(['service'], { kind }, line),
    claim(['service', 'area'], place, title?.areaLine ?? line),
    ...(isKnown ? [] : [remark('other', 'service', message, [line])]),
  ];
}

/** The month on the title page, which the copyright line's year confirms; else that year. */
function publishedClaims(lines: readonly Line[]): Claim[] {
  const ofPublisher = /inspectorate of probation|^published|^publication date|^date published/i;
  const [printed] = lines.slice(0, Math.max(150, lines.length / 8)).flatMap((line, at) => {
    const isAlone = at < 30 && /^\W*\p{L}{3,10},?\s+20\d\d\W*$/u.test(line.text);
    const date = line.text.length <= 90 && (isAlone || ofPublisher.test(line.text)) && dateIn(line.text);
    return date ? [claim(['report', 'published'], date.from ?? date.month, line)] : [];
  });
  const [copyright] = firstClaim('published', lines, /crown copyright\W*(20\d{2})/i, String);
  if (printed && copyright && String(printed.value).startsWith(String(copyright.value)))
    copyright.value = printed.value;
  return [printed, copyright].filter((one) => one !== undefined);
}

/** When fieldwork was: days are better than a month, and a label is better than what a sentence says. */
function fieldworkClaims({ lines, where }: Outline): Claim[] {
  const spoken =
    /fieldwork|we inspected [^.]{2,60} in (?=\p{Lu}\p{L}+ 20)|inspection (?:took place|was carried out|was undertaken)/iu;
  const found = lines.flatMap((line) =>
    sentencesOf(line.text).flatMap((sentence) => {
      const at = spoken.exec(sentence)?.index;
      const date = at === undefined ? undefined : (dateIn(sentence.slice(at)) ?? dateIn(sentence));
      if (!date) return [];
      const isLabel = where.get(line)?.part === 'ratings' || /^\W*(?:dates? of )?fieldwork\b/i.test(sentence);
      return [{ ...date, line, rank: (isLabel ? 0 : 2) - (date.to ? 2 : date.from ? 1 : 0) }];
    }),
  );
  found.sort((one, other) => one.rank - other.rank);
  const same = found.filter(({ month }) => month === found[0]?.month);
  const first = same.find(({ from }) => from);
  if (!first) return same.map(({ month, line }) => claim(['report', 'fieldwork_month'], month, line));
  const { from, to } = first;
  return same
    .filter((one) => one.from === from && one.to === to)
    .flatMap(({ line }) => claims(['report'], { fieldwork_from: from, fieldwork_to: to }, line));
}

const day = '(\\d{1,2})(?:st|nd|rd|th)?';
const month = `(${months.join('|')})`;
const range = new RegExp(
  `\\b${day}(?:\\s+${month})?(?:\\s+(20\\d{2}))?\\s*(?:-|–|—|to|and|until)\\s*${day}\\s+${month},?\\s+(20\\d{2})\\b`,
  'i',
);
const single = new RegExp(`\\b${day}\\s+${month},?\\s+(20\\d{2})\\b`, 'i');
const monthly = new RegExp(`\\b${month},?\\s+(20\\d{2})\\b`, 'i');

/** The first date of a text as ISO dates: a range of days, else a day, else a month with its year. */
function dateIn(text: string): { month: string; from?: string; to?: string } | undefined {
  const [, firstDay, firstMonth, firstYear, lastDay, lastMonth, year] = range.exec(text) ?? [];
  const to = iso(year, lastMonth, lastDay);
  if (to) {
    const from = iso(firstYear ?? year, firstMonth ?? lastMonth, firstDay);
    // "31 December to 4 January 2019" began in the year before.
    const began = from && from > to ? iso(String(Number(year) - 1), firstMonth, firstDay) : from;
    if (began && began <= to) return { month: began.slice(0, 7), from: began, to };
  }
  const [, ofMonth, named, inYear] = single.exec(text) ?? [];
  const from = iso(inYear, named, ofMonth);
  if (from) return { month: from.slice(0, 7), from };
  const [, monthName, monthYear] = monthly.exec(text) ?? [];
  return monthName ? { month: `${monthYear}-${numberOf(monthName)}` } : undefined;
}

const numberOf = (name: string) => String(months.indexOf(name.toLowerCase()) + 1).padStart(2, '0');

function iso(year = '', name = '', ofMonth = ''): string | undefined {
  const date = `${year}-${numberOf(name)}-${ofMonth.padStart(2, '0')}`;
  return isDay(date) ? date : undefined;
}
