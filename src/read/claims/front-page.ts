import { type Claim, claim, type Remark } from '../claim.js';
import type { Outline } from '../outline.js';
import type { Line } from '../report.js';
import { type SaidOfService, whichService } from '../which-service.js';
import { dateIn, type PrintedDate } from './dates.js';

/** Title, service, dates, ISBN and lead inspector: what stands on the first pages, and what says it again. */
export function frontPageClaims(outline: Outline): { claims: Claim[]; remarks: Remark[] } {
  const { lines } = outline;
  const title = titleOf(lines);
  const service = serviceClaims(lines, title);
  const fieldwork = fieldworkClaims(outline);
  return {
    claims: [
      ...(title ? [claim(['report', 'title'], title.text, title.line)] : []),
      ...service.claims,
      ...publishedClaims(lines),
      ...lines.flatMap(isbnClaim).slice(0, 1),
      ...lines.flatMap(inspectorClaim).slice(0, 1),
      ...fieldwork,
    ],
    remarks: [
      ...service.remarks,
      ...(fieldwork.length === 0
        ? [
            {
              ...{ kind: 'other' as const, about: 'fieldwork', places: lines[0] ? [lines[0].place] : [] },
              message:
                'the report does not say when fieldwork was: add report: fieldwork_month to load the bundle',
            },
          ]
        : []),
    ],
  };
}

interface Title {
  text: string;
  line: Line;
  area: string;
  areaLine: Line;
}

const of =
  /\binspection (?:report )?(?:of|on) (?:the )?youth (?:offending|justice) (?:services?|work|team)(?: in)?\b:?\s*(.*)$/i;
/** "Northshire youth justice service: an inspection report". */
const before = /^(.{3,60}? youth (?:offending|justice) (?:service|team|partnership))\b.{0,12}\binspection/i;

/** "An inspection of youth offending services in Barnet", of which the area may be in the next line. */
function titleOf(lines: readonly Line[]): Title | undefined {
  const first = lines.slice(0, 60);
  for (const [at, line] of first.entries()) {
    if (line.text.length > 150) continue;
    const found = of.exec(line.text);
    const own = found?.[1]?.trim();
    const next = first[at + 1];
    if (own) return { text: line.text, line, area: own, areaLine: line };
    if (found && next && next.text.length <= 80 && /^\p{Lu}/u.test(next.text))
      return { text: `${line.text} ${next.text}`, line, area: next.text, areaLine: next };
    const named = before.exec(line.text)?.[1];
    if (named) return { text: line.text, line, area: named, areaLine: line };
  }
  return undefined;
}

const kinds = 'Youth (?:Offending|Justice) (?:Service|Team|Partnership)|YO[STP]|YJ[SPT]';

/** The service by the names that the report gives it, and its area, as the register has them. */
function serviceClaims(lines: readonly Line[], title: Title | undefined) {
  const counts = new Map<string, { count: number; line: Line }>();
  const note = (name: string, line: Line) => {
    const known = counts.get(name) ?? { count: 0, line };
    // A label or a heading says how a service calls itself; running text comes near it only where it says so often.
    counts.set(name, { count: known.count + (line.text.length < 90 ? 4 : 1), line: known.line });
  };
  const words = title?.area.replace(/[^\p{L}\p{N}&'’ -]/gu, ' ').trim() ?? '';
  const area = words.replace(new RegExp(`\\s*\\b(?:${kinds})s?\\b.*$`, 'i'), '').trim();
  const ofArea =
    area === '' ? undefined : new RegExp(`(?:^|[^\\p{L}&])(${escaped(area)} (?:${kinds}))\\b`, 'giu');
  const labelled = new RegExp(
    `^(?:service:?\\s+)?(?:the )?((?:\\p{Lu}[\\p{L}'’-]*|&|and|of|upon|on|with) ?)+(?:${kinds})$`,
    'u',
  );
  for (const line of lines.slice(0, Math.max(200, lines.length / 2))) {
    if (ofArea) for (const [, name = ''] of line.text.matchAll(ofArea)) note(name, line);
    else if (labelled.test(line.text)) note(line.text.replace(/^(?:service:?\s+)?(?:the )?/i, ''), line);
  }
  const named = [...counts].sort((a, b) => weight(b) - weight(a));
  const said: SaidOfService = { names: named.map(([name]) => name), ...(area !== '' && { area }) };
  const found = whichService(said);
  const line = named.find(([name]) => name === found?.name)?.[1].line ?? title?.areaLine;
  if (!found || !line) {
    const message =
      'the name of the service was not found: write it into service: {name, area} to load the bundle';
    return { claims: [], remarks: [{ kind: 'other' as const, about: 'service', message, places: [] }] };
  }
  const again = found.name === named[0]?.[0] && (named[0]?.[1].count ?? 0) > 4;
  const claims = [claim(['service', 'name'], found.name, line)];
  if (again)
    claims.push(
      claim(['service', 'name'], found.name, { ...line, place: title?.areaLine.place ?? line.place }),
    );
  if (found.kind) claims.push(claim(['service', 'kind'], found.kind, line));
  claims.push(claim(['service', 'area'], found.area, title?.areaLine ?? line));
  const message = `"${found.name}" is no service, and "${found.area}" no local authority, that the register knows: correct service: {name, area}, or load with --new-service`;
  const remarks: Remark[] = found.isKnown
    ? []
    : [{ kind: 'other', about: 'service', message, places: [line.place] }];
  return { claims, remarks };
}

/** A name in full before an abbreviation, a frequent one before a rare one. */
const weight = ([name, { count }]: [string, { count: number }]) => (/youth/i.test(name) ? 100 : 0) + count;
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The month on the title page, else the year of the copyright line. */
function publishedClaims(lines: readonly Line[]): Claim[] {
  const first = lines.slice(0, Math.max(150, Math.floor(lines.length / 8)));
  const ofPublisher = /inspectorate of probation|^published|^publication date|^date published/i;
  const printed = first.flatMap((line) => {
    const isAlone = /^\W*\p{L}{3,10},?\s+20\d\d\W*$/u.test(line.text) && first.indexOf(line) < 30;
    if (line.text.length > 90 || !(ofPublisher.test(line.text) || isAlone)) return [];
    const date = dateIn(line.text);
    return date ? [claim(['report', 'published'], (date.from ?? date.month) as string, line)] : [];
  })[0];
  const copyright = lines.flatMap((line) => {
    const year = /crown copyright\W*(20\d{2})/i.exec(line.text)?.[1];
    return year ? [claim(['report', 'published'], year, line)] : [];
  })[0];
  if (!printed || !copyright) return [printed ?? copyright].filter((one) => one !== undefined);
  const isSame = String(printed.value).startsWith(String(copyright.value));
  return [printed, { ...copyright, value: isSame ? (printed.value as string) : (copyright.value as string) }];
}

function isbnClaim(line: Line): Claim[] {
  const printed = /\bISBN\D{0,3}\d?\D{0,3}(97[89][\d\s–-]{9,15}[\dX])\b/i.exec(line.text)?.[1];
  return printed ? [claim(['report', 'isbn'], printed.replaceAll(/[–\s]+/g, '-'), line)] : [];
}

function inspectorClaim(line: Line): Claim[] {
  const name = "((?:\\p{Lu}[\\p{L}'’.-]*|d[aei]|van|von)(?: (?:\\p{Lu}[\\p{L}'’-]*|d[aei]|van|von)){1,3})";
  const led = new RegExp(
    `\\b(?:inspection was led by|lead inspector:?)(?: HM| Her Majesty's| His Majesty's)? ?(?:Inspector )?${name}`,
    'u',
  );
  const found = led.exec(line.text)?.[1];
  return found ? [claim(['report', 'lead_inspector'], found.replace(/[.]$/, ''), line)] : [];
}

/** When fieldwork was: days are better than a month, and what the ratings page says is better than what a sentence does. */
function fieldworkClaims({ lines, where }: Outline): Claim[] {
  const spoken =
    /fieldwork|we inspected [^.]{2,60} in (?=\p{Lu}\p{L}+ 20)|inspection (?:took place|was carried out|was undertaken)/iu;
  const found: { date: PrintedDate; line: Line; weight: number }[] = [];
  for (const line of lines)
    for (const sentence of line.text.split(/(?<=[.!?])\s+(?=[A-Z])/)) {
      const at = spoken.exec(sentence)?.index;
      const date = at === undefined ? undefined : (dateIn(sentence.slice(at)) ?? dateIn(sentence));
      if (!date) continue;
      const isLabel = where.get(line)?.part === 'ratings' || /^\W*(?:dates? of )?fieldwork\b/i.test(sentence);
      found.push({ date, line, weight: (isLabel ? 4 : 2) + (date.to ? 2 : date.from ? 1 : 0) });
    }
  const monthOf = ({ date }: (typeof found)[number]) => date.month ?? (date.from as string).slice(0, 7);
  const [best] = found.toSorted((one, other) => other.weight - one.weight);
  if (!best) return [];
  const same = found.filter((one) => monthOf(one) === monthOf(best));
  const days = same.filter(({ date }) => date.from !== undefined);
  if (days.length === 0)
    return same.map(({ line }) => claim(['report', 'fieldwork_month'], monthOf(best), line));
  return days.flatMap(({ date, line }) => [
    claim(['report', 'fieldwork_from'], date.from as string, line),
    ...(date.to ? [claim(['report', 'fieldwork_to'], date.to, line)] : []),
  ]);
}
