import { plain } from '../../../../names.js';
import { hasNear, isNear } from '../../near.js';

/** Whom a figure is of: the service, England and Wales, or somebody else that it is compared with. */
export type Whose = 'service' | 'national' | 'other';

const nationally = /\b(?:england (?:and|&) wales|national(?:ly)?)(?:\b|(?=average))/i;

/** Words of labels of facts, to be known with a letter wrong. */
const labelWords = [
  'first time entrant entrants reoffending rate rates total population youth current caseload community sentences custody licence',
  'caution conditional resolution other court disposal headcount equivalent average manager vacancy unfilled posts percentage staff',
  'mental health issues substance misuse national england wales children spend budget financial previous volunteers',
]
  .flatMap((line) => line.split(' '))
  .filter((word) => word.length >= 5);

/** Whether a label speaks of England and Wales, with letters wrong perhaps. */
export const isNational = (label: string): boolean =>
  nationally.test(label) ||
  ['england and wales', 'national', 'national average'].some((words) => hasNear(label, words)) ||
  // "Natinoala verage": with all blanks and signs gone.
  isNear(label.toLowerCase().replaceAll(/\P{L}/gu, ''), 'nationalaverage', 4);

/** A label without the words that say that it is national. */
export function withoutNational(label: string): string {
  const exact = label.replace(nationally, '');
  if (exact !== label) return exact;
  const words = label.split(/\s+/);
  for (const wanted of ['england and wales', 'national average', 'national'])
    for (let from = 0; from < words.length; from++)
      for (const count of [3, 2, 4, 1])
        if (
          isNear(
            words
              .slice(from, from + count)
              .join(' ')
              .toLowerCase(),
            wanted,
          )
        )
          return [...words.slice(0, from), ...words.slice(from + count)].join(' ');
  return label;
}

/** The words of the service's area, plain; none where it is not known. */
export const wordsOfArea = (area: string | undefined): string[] =>
  area === undefined ? [] : plain(area).split(' ');

/** A label with the field's words and the area's spelt right, and the base of a rate. */
export function speltLabel(label: string, areaWords: readonly string[]): string {
  const words = [...labelWords, ...areaWords.filter((word) => word.length >= 5)];
  return label.replace(/\bper 1[\d,.]{5,8}(?!\d)/i, 'per 100,000').replaceAll(/\p{L}{5,}/gu, (word) => {
    const lower = word.toLowerCase();
    if (words.includes(lower) || words.includes(lower.replace(/s$/, ''))) return word;
    const [best, ...others] = words.filter((one) => isNear(lower, one, 1));
    if (best === undefined || others.length > 0) return word;
    return /^\p{Lu}/u.test(word) || areaWords.includes(best)
      ? best.charAt(0).toUpperCase() + best.slice(1)
      : best;
  });
}

/** Whom a row is of, by its label. */
export function whose(label: string, areaWords: readonly string[]): Whose {
  if (isNational(label)) return 'national';
  if (/\bpopulation\b|\bregion|\blondon\b(?! borough)|\bfamily\b|\baverage\b/i.test(label)) return 'other';
  const words = plain(speltLabel(label, areaWords)).split(' ');
  const isOwn = areaWords.length > 0 && areaWords.every((word) => words.includes(word));
  return isOwn || /\b(?:YOS|YOT|YJS|YJP|service)\b/i.test(label) ? 'service' : 'other';
}

/** A label without "in <area>". */
export function withoutArea(label: string, areaWords: readonly string[]): string {
  if (areaWords.length === 0) return label;
  const area = areaWords.map((word) => (word === 'and' ? '(?:and|&)' : word)).join('\\W+');
  return label
    .replace(new RegExp(`\\s*\\b(?:in|of|for)?\\s*${area}(?:\\s+(?:YOS|YOT|YJS))?(?=\\W|$)`, 'i'), '')
    .trim();
}

/** Words that say what a figure is of, as long as words of a label are. */
export const isLabel = (text: string): boolean => /\p{L}{3}/u.test(text) && text.length <= 220;

/** With a small letter at its beginning, where its first word is no abbreviation. */
export const lowered = (text: string): string =>
  /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

/** What the first cell of a head says that its categories are of. */
export function breakdownOf(head: string): string {
  const text = head.replace(/[:\s]+$/, '').toLowerCase();
  return text.includes('ethnicity') ? 'ethnicity' : text.replace(/ types$/, ' type') || 'category';
}

const units: [RegExp, string][] = [
  [/per 100,?000/i, 'rate per 100,000'],
  [/\b(?:spend|budget|expenditure|cost)\b/i, 'pounds'],
  [/average caseload|caseload per|^average .{0,24}case manager|\b\S{2,4} case ?manager\b/i, 'cases'],
  [/full[- ]time equivalent|\bFTE\b|headcount/i, 'full-time equivalent'],
  [/\bdays\b/i, 'days'],
  [/\bvolunteers\b/i, 'volunteers'],
  [/population/i, 'people'],
  [/caseload/i, 'cases'],
  [/\bchildren\b/i, 'children'],
];

/** The unit of a figure by its label; undefined where the label says none. */
export const unitOf = (label: string): string | undefined =>
  units.find(([pattern]) => pattern.test(label))?.[1];
