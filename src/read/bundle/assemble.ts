import type { InspectionFile } from '../../import/bundle/inspection-file.js';
import { type Claim, isSure } from '../claim.js';
import { placeText } from '../report.js';

type Entry = Record<string, unknown>;

/** Sections of a bundle in their order, and what may stand under `lost` in their entries. */
const sections: Record<string, readonly string[]> = {
  service: [],
  report: [],
  edition: [],
  sample: [],
  overall: ['rating', 'score'],
  standard_ratings: ['rating'],
  professional_discretion: [],
  key_questions: ['relevant_cases', 'yes', 'percent_yes'],
  prompts: ['relevant_cases', 'yes', 'percent_yes'],
  context: [
    'value',
    'percent',
    'national_value',
    'national_percent',
    'comparator_value',
    'comparator_percent',
  ],
  recommendations: [],
  findings: [],
};

/** Without these an entry of a list says nothing, and is left out. */
const needed: Record<string, readonly string[]> = {
  professional_discretion: ['standard', 'from', 'to', 'reason'],
  context: ['measure'],
  recommendations: ['addressed_to', 'summary'],
  findings: ['kind', 'summary'],
};

/** Puts claims together as an inspection file. What is contradicted or lost is never in it: its cell is lost, or left out. */
export function assemble(claims: readonly Claim[], about: string): InspectionFile {
  // These two have to be there; a service that is not legible is for a person to name.
  const file: Entry = { about, service: { name: 'not legible in the report' }, report: {} };
  for (const section of Object.keys(sections)) {
    const own = claims.filter(({ path }) => path[0] === section);
    const depth = own[0]?.path.length;
    if (depth === undefined) continue;
    if (depth === 1) Object.assign(file, Object.fromEntries(own.filter(isSure).map(pairOf)));
    else if (section === 'overall') file[section] = entryOf(section, own);
    else if (depth === 2)
      Object.assign(file, { [section]: Object.fromEntries(own.filter(isSure).map(pairOf)) });
    else {
      const entries = [...grouped(own)].map(([code, group]) => [code, entryOf(section, group)] as const);
      const whole = entries.filter(([, entry]) => needed[section]?.every((key) => key in entry) ?? true);
      if (section in needed) file[section] = whole.map(([, entry]) => entry);
      else file[section] = Object.fromEntries(whole.filter(([, entry]) => Object.keys(entry).length > 1));
    }
  }
  const isEmpty = (value: unknown) => typeof value === 'object' && Object.keys(value as object).length === 0;
  const full = Object.entries(file).filter(([key, value]) => key === 'report' || !isEmpty(value));
  return Object.fromEntries(full) as unknown as InspectionFile;
}

const pairOf = ({ path, value }: Claim): [string, unknown] => [String(path.at(-1)), value];

/** Claims by the second step of their path, in the order in which they come. */
function grouped(claims: readonly Claim[]): Map<string | number, Claim[]> {
  const groups = new Map<string | number, Claim[]>();
  for (const one of claims) {
    const key = one.path[1] as string | number;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

/** An entry with the cells that are lost, and its place. */
function entryOf(section: string, claims: readonly Claim[]): Entry {
  const entry: Entry = Object.fromEntries(claims.filter(isSure).map(pairOf));
  const lost = claims.map(({ path }) => String(path.at(-1))).filter((key) => !(key in entry));
  const cells = lost.filter((key) => sections[section]?.includes(key));
  if (cells.length > 0) entry.lost = cells;
  const [first] = claims;
  return first ? { ...entry, place: placeText(first.place) } : entry;
}
