import { distance } from 'fastest-levenshtein';
import { plain } from '../../names.js';
import type { ReadFinding, ReadValue } from '../reading.js';
import type { Place, ReportLine } from '../report-document.js';
import type { Section } from '../structure/sections.js';
import { nearestAuthority } from './area.js';
import { hasNear, isNear, steps } from './near.js';
import { type About, valueAt } from './values.js';

const title = 'an inspection of youth offending services in';
const titles = [
  title,
  'an inspection of youth justice services in',
  'an inspection of the youth offending service in',
];
/** "Barnet Youth Offending Service", "Hammersmith and Fulham Youth Justice Service". */
const fullName =
  /((?:(?:[A-Z][\p{L}'’.-]*|&|and|of|upon|on|the|with|in|K&C)\s+){1,9})Youth\s+(Offending|Justice)\s+(Service|Team|Partnership)s?\b/gu;
const before =
  /^.*\b(?:Council|Board|Police|Constable|Partnership|Service|Services|Team)\b,?\s+(?:and\s+)?(?:the\s+)?(?=.*\bYouth\s+(?:Offending|Justice)\s+\p{L}+$)/u;
const shortName = /\b(YOT|YOS|YJS|YJP|YJT)\b/g;

interface Named {
  text: string;
  line: ReportLine;
  weight: number;
}

/** Service with its kind and area, and the report's title. */
export function readService(
  lines: readonly ReportLine[],
  sections: readonly Section[],
  isDamaged = false,
): { values: ReadValue[]; findings: ReadFinding[] } {
  const values: ReadValue[] = [];
  const findings: ReadFinding[] = [];
  const head = headingArea(lines);
  const areas = areasOf(lines, head);
  const area = areas[0] && agreed(areas[0], lines);
  const isVouched = area && (area.others.length > 0 || nearestAuthority(area.text)?.steps === 0);
  const why = 'no two places spell it alike';
  const aboutArea: About = isVouched
    ? { confirmedBy: area.others.slice(0, 5) }
    : { confidence: 'doubtful', why };
  const names = fullNames(lines, sections, area?.text);
  const chosen = chosenName(names, sections) ?? (area && damagedName(area.text, sections));
  const name = isDamaged && isVouched && chosen ? nameOf(area.text, chosen, lines) : chosen;
  const aboutName: About =
    isDamaged && area && !isVouched ? aboutArea : name === undefined ? {} : { confirmedBy: name.others };
  if (head) values.push(valueAt(['report', 'title'], `${head.title} ${area?.text ?? head.area}`, head.line));
  if (name) {
    values.push(valueAt(['service', 'name'], name.text, name.line, aboutName));
    const kind = kindOf(name.text);
    if (kind) values.push(valueAt(['service', 'kind'], kind, name.line, { confirmedBy: name.others }));
  } else if (area) {
    const kind = mostFrequent(
      lines.flatMap(({ text }) => [...text.matchAll(shortName)].map(([word]) => word)),
    );
    values.push(
      valueAt(['service', 'name'], `${area.text} ${kind ?? 'Youth Offending Service'}`, area.line, {
        ...aboutArea,
        // The ratings page prints a name, but not legibly.
        ...(isNamedInHead(sections)
          ? { confidence: 'doubtful', why: 'the ratings page does not name it legibly' }
          : {}),
      }),
    );
    if (kind && !isNamedInHead(sections)) values.push(valueAt(['service', 'kind'], kind, area.line));
  }
  if (area) {
    const authority = nearestAuthority(area.text);
    // What is spelt alike all over the report is no damaged name of somebody else.
    const isOwn = authority === undefined || (authority.steps > 0 && area.others.length > 3);
    const spelt = isOwn ? area.text : authority.name;
    values.push(valueAt(['service', 'area'], spelt, area.line, aboutArea));
  } else
    findings.push({
      kind: 'other',
      about: 'service',
      message: 'the report does not say legibly which area it is about',
      places: lines[0] ? [lines[0].place] : [],
    });
  return { values, findings };
}

/** The title on the first pages, with the area in the same line or in the next one. */
function headingArea(
  lines: readonly ReportLine[],
): { title: string; area: string; line: ReportLine; at: ReportLine } | undefined {
  for (const [at, line] of lines.slice(0, 60).entries()) {
    const text = line.text.trim();
    for (const wanted of titles) {
      const rest = behindTitle(text, wanted);
      if (rest === undefined) continue;
      const printed = `${wanted.charAt(0).toUpperCase()}${wanted.slice(1)}`;
      const next = lines.slice(at + 1, at + 4).find((one) => one.text.trim() !== '');
      const area = (rest || next?.text || '').replace(/^\W+|[\s:*]+$/g, '');
      if (area !== '' && area.length < 80)
        return { title: printed, area, line, at: rest ? line : (next ?? line) };
    }
  }
  return undefined;
}

/** What a line says behind a title, damaged by a letter or two of each word; undefined when it is another line. */
function behindTitle(text: string, wanted: string): string | undefined {
  const words = text.split(/\s+/);
  const count = wanted.split(' ').length;
  const ways = [count, count - 1, count + 1].map((end) => ({
    rest: words.slice(end).join(' '),
    steps: distance(words.slice(0, end).join(' ').toLowerCase(), wanted),
  }));
  const [best] = ways.sort((one, other) => one.steps - other.steps);
  return best && best.steps <= 4 ? best.rest : undefined;
}

/** Areas that the report speaks of as its own, the one that most places agree on first. */
function areasOf(
  lines: readonly ReportLine[],
  head: ReturnType<typeof headingArea>,
): { text: string; line: ReportLine; others: Place[] }[] {
  const said: { text: string; line: ReportLine; weight: number }[] = [];
  if (head) said.push({ text: head.area, line: head.at, weight: 3 });
  const inText = [
    /quality of youth (?:offending|justice) services in ([A-Z][^.,;]{2,60})\./g,
    /youth offending services?: ([A-Z][^.,;]{2,60}?) (?:YOS|YOT|YJS|YJP)\b/gi,
    /youth (?:offending|justice) work in ([A-Z][^.,;]{2,60}) is rated/g,
  ];
  for (const line of lines)
    for (const pattern of inText)
      for (const [, text] of line.text.matchAll(pattern))
        said.push({ text: (text as string).trim(), line, weight: 2 });
  const groups = new Map<string, typeof said>();
  for (const one of said) {
    // A damaged name is that of the authority that it is near to.
    const key = plain(nearestAuthority(one.text)?.name ?? one.text);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()]
    .map((group) => {
      const [first] = [...group].sort(
        (one, other) =>
          (nearestAuthority(one.text)?.steps ?? 9) - (nearestAuthority(other.text)?.steps ?? 9) ||
          other.weight - one.weight,
      ) as [(typeof said)[number]];
      const others = group.filter((one) => one !== first).map(({ line }) => line.place);
      return { ...first, others, weight: group.reduce((sum, { weight }) => sum + weight, 0) };
    })
    .sort((one, other) => other.weight - one.weight);
}

/** An area as most places of the report spell it: titles, running heads, the ratings page and the text. */
function agreed(
  area: { text: string; line: ReportLine; others: Place[] },
  lines: readonly ReportLine[],
): { text: string; line: ReportLine; others: Place[] } {
  const wanted = plain(area.text);
  const size = area.text.split(/\s+/).length;
  const spellings = new Map<string, ReportLine[]>();
  for (const line of lines) {
    const words = (line.text.match(/&|[\p{L}][\p{L}’'-]*/gu) ?? []).map((word) =>
      word.replace(/['’]s?$/, ''),
    );
    for (const count of [size, size - 1, size + 1])
      for (let at = 0; count > 0 && at + count <= words.length; at++) {
        const text = words.slice(at, at + count).join(' ');
        // Of another number of words it is the same with a blank lost, or one too many.
        const isSame =
          count === size
            ? isNear(plain(text), wanted, Math.max(1, Math.floor(wanted.length / 3)))
            : joined(text) === joined(area.text);
        if (/^\p{Lu}/u.test(text) && isSame) spellings.set(text, [...(spellings.get(text) ?? []), line]);
      }
  }
  // What is more letters away is the same only where much of the report has it.
  const isFar = (text: string) => joined(text) !== joined(area.text) && !isNear(plain(text), wanted);
  const [best] = [...spellings]
    .filter(([text, places]) => places.length >= 4 || !isFar(text))
    .sort(([, one], [, other]) => other.length - one.length);
  const own = spellings.get(area.text)?.length ?? 0;
  if (!best || best[1].length < 2 || best[1].length < own) return area;
  const [text, found] = own === best[1].length ? [area.text, spellings.get(area.text) ?? []] : best;
  const line = text === area.text ? area.line : (found[0] as ReportLine);
  return { text, line, others: found.filter((one) => one !== line).map(({ place }) => place) };
}

const joined = (text: string): string => plain(text).replaceAll(' ', '');

/**
 * A name as an area's that all of a damaged report spells alike: a name with other words in it, of which fewer than three places are sure,
 * has them from its neighbours ("Barnet Score Youth Justice Service").
 */
function nameOf(
  area: string,
  name: { text: string; line: ReportLine; others: Place[] },
  lines: readonly ReportLine[],
): { text: string; line: ReportLine; others: Place[] } {
  const kind = /\bYouth\s+(?:Offending|Justice)\s+\p{L}+$/u.exec(name.text)?.[0];
  const isPrinted = lines.filter(({ text }) => text.includes(name.text)).length >= 3;
  return kind === undefined || isPrinted ? name : { ...name, text: `${area} ${kind}` };
}

/** What stands on the ratings page before its ratings. */
const headOfRatings = (sections: readonly Section[]): readonly ReportLine[] =>
  sections.find(({ kind }) => kind === 'ratings')?.lines.slice(0, 8) ?? [];

const isNamedInHead = (sections: readonly Section[]): boolean =>
  headOfRatings(sections).some(({ text }) => hasNear(text, 'youth'));

/** The name of a service of an area that the ratings page prints with letters wrong, where only one name is near. */
function damagedName(
  area: string,
  sections: readonly Section[],
): { text: string; line: ReportLine; others: Place[] } | undefined {
  const names = ['Offending', 'Justice'].flatMap((what) =>
    ['Service', 'Team', 'Partnership'].map((kind) => `${area} Youth ${what} ${kind}`),
  );
  const found = headOfRatings(sections).flatMap((line) =>
    names.map((text) => {
      const ways = [line.cells[0] ?? '', line.text].map((printed) =>
        steps(printed.replace(/^\W*\S{5,8}:\s*|\W+$/, '').toLowerCase(), text.toLowerCase()),
      );
      return { text, line, steps: Math.min(...ways) };
    }),
  );
  const [best] = found.sort((one, other) => one.steps - other.steps);
  return best && best.steps <= 4 ? { text: best.text, line: best.line, others: [] } : undefined;
}

/** Full names of services that speak of the area, by how much they are those of the report. */
function fullNames(
  lines: readonly ReportLine[],
  sections: readonly Section[],
  area: string | undefined,
): Named[] {
  const kinds = new Map(sections.flatMap((section) => section.lines.map((line) => [line, section.kind])));
  const words = area === undefined ? [] : plain(nearestAuthority(area)?.name ?? area).split(' ');
  return lines.flatMap((line) =>
    [...line.text.matchAll(fullName)].flatMap(([text]) => {
      const name = text
        .replace(/\s+/g, ' ')
        .replace(/^(?:(?:the|and|of|in|with|for|service:|overall,?)\s+)+/i, '')
        // "Barnet Council and Barnet Youth Offending Service" is two; "Service Barnet Youth Offending Service" has a label before it.
        .replace(before, '')
        .replace(/^(\p{Lu}\S+)\s.*\s(?:and|&)\s+(?=\1\s)/u, '')
        .trim();
      const own = plain(name).split(' ');
      if (words.length === 0 || !words.every((word) => own.includes(word))) return [];
      // "Barnet and Harrow Youth Offending Service" is another service, or two.
      if (own.length - words.length > 8) return [];
      const kind = kinds.get(line);
      const weight = kind === 'ratings' ? 6 : kind === 'recommendations' ? 2 : kind === 'front' ? 2 : 1;
      return [{ text: name, line, weight }];
    }),
  );
}

function chosenName(
  names: Named[],
  sections: readonly Section[],
): { text: string; line: ReportLine; others: Place[] } | undefined {
  const byText = new Map<string, Named[]>();
  for (const one of names) byText.set(one.text, [...(byText.get(one.text) ?? []), one]);
  const head = headOfRatings(sections);
  const ranked = [...byText.values()]
    .map((group) => {
      const first = group[0] as Named;
      const weight = group.reduce((sum, one) => sum + one.weight, 0);
      // The head of the ratings page has the service's own name, damaged or not.
      const near = head.find(({ text }) => {
        const printed = text.replace(/^service:?\s*/i, '').slice(0, first.text.length + 3);
        return distance(printed.toLowerCase(), first.text.toLowerCase()) <= first.text.length / 4;
      });
      return { first, group, near, weight: weight + (near ? 20 : 0) };
    })
    .sort((one, other) => other.weight - one.weight);
  const best = ranked[0];
  if (!best) return undefined;
  const line = best.near ?? best.first.line;
  const others = best.group.filter((one) => one.line !== line).map((one) => one.line.place);
  return { text: best.first.text, line, others: others.slice(0, 5) };
}

const kindOf = (name: string): string | undefined => {
  const match = /Youth\s+(Offending|Justice)\s+(Service|Team|Partnership)/.exec(name);
  if (!match) return /\b(YOT|YOS|YJS|YJP)$/.exec(name)?.[1];
  return `Y${(match[1] as string).charAt(0)}${(match[2] as string).charAt(0)}`;
};

function mostFrequent(words: string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}
