import { distance } from 'fastest-levenshtein';
import { plain } from '../../../names.js';
import type { Place, ReportLine } from '../../report-document.js';
import type { Section } from '../../structure/sections.js';
import { nearestAuthority } from '../area.js';
import { hasNear, steps } from '../near.js';

/** "Barnet Youth Offending Service", "Hammersmith and Fulham Youth Justice Service". */
const fullName =
  /((?:(?:[A-Z][\p{L}'’.-]*|&|and|of|upon|on|the|with|in|K&C)\s+){1,9})Youth\s+(Offending|Justice)\s+(Service|Team|Partnership)s?\b/gu;

const before =
  /^.*\b(?:Council|Board|Police|Constable|Partnership|Service|Services|Team)\b,?\s+(?:and\s+)?(?:the\s+)?(?=.*\bYouth\s+(?:Offending|Justice)\s+\p{L}+$)/u;

interface Named {
  text: string;
  line: ReportLine;
  weight: number;
}

/**
 * A name as an area's that all of a damaged report spells alike: a name with other words in it, of which fewer than three places are sure,
 * has them from its neighbours ("Barnet Score Youth Justice Service").
 */
export function nameOf(
  area: string,
  name: { text: string; line: ReportLine; others: Place[] },
  lines: readonly ReportLine[],
): { text: string; line: ReportLine; others: Place[] } {
  const kind = /\bYouth\s+(?:Offending|Justice)\s+(?:Service|Team|Partnership)/.exec(name.text)?.[0];
  const isPrinted = lines.filter(({ text }) => text.includes(name.text)).length >= 3;
  return kind === undefined || isPrinted ? name : { ...name, text: `${area} ${kind}` };
}

/** What stands on the ratings page before its ratings; an entry of the contents may look like its heading. */
const headOfRatings = (sections: readonly Section[]): readonly ReportLine[] =>
  sections
    .filter(({ kind }) => kind === 'ratings')
    .sort((one, other) => other.lines.length - one.lines.length)[0]
    ?.lines.slice(0, 8) ?? [];

export const isNamedInHead = (sections: readonly Section[]): boolean =>
  headOfRatings(sections).some(({ text }) => hasNear(text, 'youth'));

/** The name of a service of an area that the ratings page prints with letters wrong, where only one name is near. */
export function damagedName(
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
export function fullNames(
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

export function chosenName(
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

export const kindOf = (name: string): string | undefined => {
  const match = /Youth\s+(Offending|Justice)\s+(Service|Team|Partnership)/.exec(name);
  if (!match) return /\b(YOT|YOS|YJS|YJP)$/.exec(name)?.[1];
  return `Y${(match[1] as string).charAt(0)}${(match[2] as string).charAt(0)}`;
};
