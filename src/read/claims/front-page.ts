import { kindWords, whichService } from '../../services/in-report.js';
import { type Claim, claim, type Found, remark } from '../claim.js';
import { escaped } from '../likeness.js';
import type { Outline } from '../outline.js';
import { type Line, sentencesOf } from '../report.js';
import { dateIn } from './dates.js';

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
    const behind =
      text.length <= 150
        ? areaBehind
            .exec(text)?.[1]
            ?.replace(/^with .* in (?=\p{Lu})/u, '')
            .trim()
        : undefined;
    const area = behind || (text.length <= 150 && areaBefore.exec(text)?.[1]);
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
  const found = whichService({ names: inOrder.map(({ name }) => name), ...(area !== '' && { area }) });
  const places = inOrder.filter(({ name }) => name === found?.name).map(({ line }) => line);
  const [line = title?.areaLine] = places;
  if (!found || !line) {
    const message =
      'the name of the service was not found: write it into service: {name, area} to load the bundle';
    return [remark('other', 'service', message)];
  }
  const claims = [
    ...[line, ...places.slice(1, 4)].map((one) => claim(['service', 'name'], found.name, one)),
    ...(found.kind ? [claim(['service', 'kind'], found.kind, line)] : []),
    claim(['service', 'area'], found.area, title?.areaLine ?? line),
  ];
  const message = `"${found.name}" is no service, and "${found.area}" no local authority, that the register knows: correct service: {name, area}, or load with --new-service`;
  return found.isKnown ? claims : [...claims, remark('other', 'service', message, [line])];
}

/** The month on the title page, which the copyright line's year confirms; else that year. */
function publishedClaims(lines: readonly Line[]): Claim[] {
  const ofPublisher = /inspectorate of probation|^published|^publication date|^date published/i;
  const [printed] = lines.slice(0, Math.max(150, lines.length / 8)).flatMap((line, at) => {
    const isAlone = at < 30 && /^\W*\p{L}{3,10},?\s+20\d\d\W*$/u.test(line.text);
    const date = line.text.length <= 90 && (isAlone || ofPublisher.test(line.text)) && dateIn(line.text);
    return date ? [claim(['report', 'published'], (date.from ?? date.month) as string, line)] : [];
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
      const month = date.month ?? (date.from as string).slice(0, 7);
      return [{ ...date, month, line, rank: (isLabel ? 0 : 2) - (date.to ? 2 : date.from ? 1 : 0) }];
    }),
  );
  found.sort((one, other) => one.rank - other.rank);
  const [best] = found;
  const same = found.filter(({ month }) => month === best?.month);
  const first = same.find(({ from }) => from);
  if (!first) return same.map(({ month, line }) => claim(['report', 'fieldwork_month'], month, line));
  const { from = '', to } = first;
  return same
    .filter((one) => one.from === from && one.to === to)
    .flatMap(({ line }) => [
      claim(['report', 'fieldwork_from'], from, line),
      ...(to ? [claim(['report', 'fieldwork_to'], to, line)] : []),
    ]);
}
