import { type Claim, claim, type Remark, remark } from '../claim.js';
import type { Outline } from '../outline.js';
import { type Line, sentencesOf } from '../report.js';
import { whichService } from '../which-service.js';
import { dateIn, type PrintedDate } from './dates.js';

/** Title, service, dates, ISBN and lead inspector: what stands on the first pages, and what says it again. */
export function frontPageClaims(outline: Outline): { claims: Claim[]; remarks: Remark[] } {
  const { lines } = outline;
  const title = titleOf(lines);
  const service = serviceClaims(lines, title);
  const fieldwork = fieldworkClaims(outline);
  const claims = [
    ...(title ? [claim(['report', 'title'], title.text, title.line)] : []),
    ...[...service.claims, ...publishedClaims(lines), ...fieldwork],
    ...lines.flatMap(isbnClaim).slice(0, 1),
    ...lines.flatMap(inspectorClaim).slice(0, 1),
  ];
  const message =
    'the report does not say when fieldwork was: add report: fieldwork_month to load the bundle';
  const undated = fieldwork.length > 0 ? [] : [remark('other', 'fieldwork', message)];
  return { claims, remarks: [...service.remarks, ...undated] };
}

interface Title {
  text: string;
  line: Line;
  area: string;
  areaLine: Line;
}

/** "An inspection of youth offending services in Barnet", of which the area may be in the next line. */
function titleOf(lines: readonly Line[]): Title | undefined {
  const of =
    /\binspection (?:report )?(?:of|on) (?:the )?youth (?:offending|justice) (?:services?|work|team)(?: in)?\b:?\s*(.*)$/i;
  // "Northshire youth justice service: an inspection report".
  const before = /^(.{3,60}? youth (?:offending|justice) (?:service|team|partnership))\b.{0,12}\binspection/i;
  for (const [at, line] of lines.slice(0, 60).entries()) {
    if (line.text.length > 150) continue;
    const found = of.exec(line.text);
    const own = found?.[1]?.trim() || before.exec(line.text)?.[1];
    if (own) return { text: line.text, line, area: own, areaLine: line };
    const next = lines[at + 1];
    if (found && next && next.text.length <= 80 && /^\p{Lu}/u.test(next.text))
      return { text: `${line.text} ${next.text}`, line, area: next.text, areaLine: next };
  }
  return undefined;
}

const kinds = 'Youth (?:Offending|Justice) (?:Service|Team|Partnership)|YO[STP]|YJ[SPT]';
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The service by the names that the report gives it, and its area, as the register has them. */
function serviceClaims(
  lines: readonly Line[],
  title: Title | undefined,
): { claims: Claim[]; remarks: Remark[] } {
  const words = title?.area.replace(/[^\p{L}\p{N}&'’ -]/gu, ' ').trim() ?? '';
  const area = words.replace(new RegExp(`\\s*\\b(?:${kinds})s?\\b.*$`, 'i'), '').trim();
  const named =
    area === ''
      ? new RegExp(
          `^(?:service:?\\s+)?(?:the )?((?:(?:\\p{Lu}[\\p{L}'’-]*|&|and|of|upon) ){1,8}(?:${kinds}))$`,
          'gu',
        )
      : new RegExp(`(?:^|[^\\p{L}&])(${escaped(area)} (?:${kinds}))\\b`, 'giu');
  const names = lines.slice(0, Math.max(200, lines.length / 2)).flatMap((line) =>
    [...line.text.matchAll(named)].map(([, name = '']) => {
      // A name in full goes before an abbreviation, a label or a heading before running text.
      return {
        name,
        line,
        rank: (/ Youth /.test(name) ? 0 : / Y[OJ]/.test(name) ? 2 : 4) + (line.text.length < 90 ? 0 : 1),
      };
    }),
  );
  const inOrder = names.toSorted((one, other) => one.rank - other.rank);
  const found = whichService({ names: inOrder.map(({ name }) => name), ...(area !== '' && { area }) });
  const places = inOrder.filter(({ name }) => name === found?.name).map(({ line }) => line);
  const [line = title?.areaLine] = places;
  if (!found || !line) {
    const message =
      'the name of the service was not found: write it into service: {name, area} to load the bundle';
    return { claims: [], remarks: [remark('other', 'service', message)] };
  }
  const claims = [
    ...[line, ...places.slice(1, 4)].map((one) => claim(['service', 'name'], found.name, one)),
    ...(found.kind ? [claim(['service', 'kind'], found.kind, line)] : []),
    claim(['service', 'area'], found.area, title?.areaLine ?? line),
  ];
  const message = `"${found.name}" is no service, and "${found.area}" no local authority, that the register knows: correct service: {name, area}, or load with --new-service`;
  return { claims, remarks: found.isKnown ? [] : [remark('other', 'service', message, [line])] };
}

/** The month on the title page, which the copyright line's year confirms; else that year. */
function publishedClaims(lines: readonly Line[]): Claim[] {
  const ofPublisher = /inspectorate of probation|^published|^publication date|^date published/i;
  const printed = lines.slice(0, Math.max(150, lines.length / 8)).flatMap((line, at) => {
    const isAlone = at < 30 && /^\W*\p{L}{3,10},?\s+20\d\d\W*$/u.test(line.text);
    const date = line.text.length <= 90 && (isAlone || ofPublisher.test(line.text)) && dateIn(line.text);
    return date ? [claim(['report', 'published'], (date.from ?? date.month) as string, line)] : [];
  })[0];
  for (const line of lines) {
    const year = /crown copyright\W*(20\d{2})/i.exec(line.text)?.[1];
    if (!year) continue;
    const isSame = String(printed?.value).startsWith(year);
    const again = claim(['report', 'published'], isSame ? String(printed?.value) : year, line);
    return printed ? [printed, again] : [again];
  }
  return printed ? [printed] : [];
}

function isbnClaim(line: Line): Claim[] {
  const printed = /\bISBN\D{0,3}\d?\D{0,3}(97[89][\d\s–-]{9,15}[\dX])\b/i.exec(line.text)?.[1];
  return printed ? [claim(['report', 'isbn'], printed.replaceAll(/[–\s]+/g, '-'), line)] : [];
}

function inspectorClaim(line: Line): Claim[] {
  const name = "((?:\\p{Lu}[\\p{L}'’.-]*|d[aei]|van|von)(?: (?:\\p{Lu}[\\p{L}'’-]*|d[aei]|van|von)){1,3})";
  const title = "(?: HM| Her Majesty's| His Majesty's)? ?(?:Inspector )?";
  const led = new RegExp(`\\b(?:inspection was led by|lead inspector:?)${title}${name}`, 'u').exec(line.text);
  return led?.[1] ? [claim(['report', 'lead_inspector'], led[1].replace(/[.]$/, ''), line)] : [];
}

/** When fieldwork was: days are better than a month, and a label is better than what a sentence says. */
function fieldworkClaims({ lines, where }: Outline): Claim[] {
  const spoken =
    /fieldwork|we inspected [^.]{2,60} in (?=\p{Lu}\p{L}+ 20)|inspection (?:took place|was carried out|was undertaken)/iu;
  const found: { date: PrintedDate; line: Line; rank: number }[] = [];
  for (const line of lines)
    for (const sentence of sentencesOf(line.text)) {
      const at = spoken.exec(sentence)?.index;
      const date = at === undefined ? undefined : (dateIn(sentence.slice(at)) ?? dateIn(sentence));
      const isLabel = where.get(line)?.part === 'ratings' || /^\W*(?:dates? of )?fieldwork\b/i.test(sentence);
      if (date) found.push({ date, line, rank: (isLabel ? 0 : 2) - (date.to ? 2 : date.from ? 1 : 0) });
    }
  const monthOf = ({ date }: { date: PrintedDate }) => date.month ?? (date.from as string).slice(0, 7);
  const [best] = found.toSorted((one, other) => one.rank - other.rank);
  const same = found.filter((one) => best && monthOf(one) === monthOf(best));
  const days = same.filter(({ date }) => date.from).toSorted((one, other) => one.rank - other.rank);
  const [first] = days;
  if (!first) return same.map((one) => claim(['report', 'fieldwork_month'], monthOf(one), one.line));
  const { from = '', to } = first.date;
  const again = days.filter(({ date }) => date.from === from && date.to === to);
  return again.flatMap(({ line }) => [
    claim(['report', 'fieldwork_from'], from, line),
    ...(to ? [claim(['report', 'fieldwork_to'], to, line)] : []),
  ]);
}
