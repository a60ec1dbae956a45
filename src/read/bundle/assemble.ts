import type { InspectionFile } from '../../import/bundle/inspection-file.js';
import { type Claim, isSure } from '../claim.js';
import { placeText } from '../report.js';

/** An inspection file put together from values, and where the entries of its lists come from. */
export interface Assembled {
  file: InspectionFile;
  /** By section: for each entry of its list the position that the values' paths give it. */
  positions: Record<string, number[]>;
}

type Entry = Record<string, unknown>;

/** Sections in the order of a bundle; a list, or entries by code, or keys of its own. */
const sections = {
  service: 'keys',
  report: 'keys',
  edition: 'value',
  sample: 'by code',
  overall: 'entry',
  standard_ratings: 'by code',
  judgements: 'keys',
  professional_discretion: 'list',
  key_questions: 'by code',
  prompts: 'by code',
  prose_counts: 'by code',
  context: 'list',
  recommendations: 'list',
  findings: 'list',
} as const;
type Section = keyof typeof sections;

/** Keys within an entry in the order in which they are written. */
const keyOrder = [
  'name area region number domain standard kind from to reason addressed_to summary',
  'title published isbn lead_inspector fieldwork_from fieldwork_to fieldwork_month',
  'court_disposals out_of_court_disposals resettlement cases community_sentence custodial_sentence',
  'youth_rehabilitation_order referral_order youth_conditional_caution youth_caution community_resolution triage other',
  'case_manager_interviews rating score out_of relevant_cases yes percent_yes not_applicable of',
  'measure breakdown category value percent national_value national_percent comparator comparator_value',
  'comparator_percent unit year period as_at source lost place',
].flatMap((keys) => keys.split(' '));

/** What may stand under `lost`, by section; elsewhere a value that is not sure is left out. */
const losable: Partial<Record<Section, readonly string[]>> = {
  overall: ['rating', 'score'],
  standard_ratings: ['rating'],
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
};

/** Without these an entry says nothing, and is left out. */
const needed: Partial<Record<Section, readonly string[]>> = {
  professional_discretion: ['standard', 'from', 'to'],
  context: ['measure'],
  recommendations: ['addressed_to', 'summary'],
  findings: ['kind', 'summary'],
  prose_counts: ['yes'],
};

/** Puts values together as an inspection file. A value that is contradicted or lost is never in it: its cell is lost, or left out. */
export function assemble(values: readonly Claim[], about: string): Assembled {
  // These two have to be there; a service that is not legible is for a person to name.
  const file: Entry = { about, service: { name: 'not legible in the report' }, report: {} };
  const positions: Record<string, number[]> = {};
  for (const section of Object.keys(sections) as Section[]) {
    const own = values.filter(({ path }) => path[0] === section);
    if (own.length === 0) continue;
    const shape = sections[section];
    if (shape === 'value') {
      const sure = own.find(isSure);
      if (sure) file[section] = sure.value;
    } else if (shape === 'keys') put(file, section, ordered(plainKeys(own)));
    else if (shape === 'entry') put(file, section, entryOf(section, own));
    else {
      const entries = grouped(own).map(([code, group]) => [code, entryOf(section, group)] as const);
      const whole = entries.filter(([, entry]) => entry !== undefined) as [string | number, Entry][];
      if (shape === 'list') {
        const inOrder = whole.sort(([one], [other]) => Number(one) - Number(other));
        positions[section] = inOrder.map(([position]) => Number(position));
        if (inOrder.length > 0) file[section] = inOrder.map(([, entry]) => entry);
      } else put(file, section, Object.fromEntries(section === 'sample' ? whole : byCode(whole)));
    }
  }
  return { file: file as unknown as InspectionFile, positions };
}

function put(file: Entry, section: Section, entry: Entry | undefined): void {
  if (entry && Object.keys(entry).length > 0) file[section] = entry;
}

const plainKeys = (values: readonly Claim[]): Entry =>
  Object.fromEntries(values.filter(isSure).map(({ path, value }) => [String(path[1]), value]));

/** Values by the second step of their path, in the order in which they come. */
function grouped(values: readonly Claim[]): [string | number, Claim[]][] {
  const groups = new Map<string | number, Claim[]>();
  for (const value of values) {
    const key = value.path[1] as string | number;
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return [...groups];
}

const byCode = (entries: [string | number, Entry][]) =>
  entries.sort(([one], [other]) => String(one).localeCompare(String(other), 'en', { numeric: true }));

/** An entry with its place, and with the cells that are lost; undefined when there is nothing in it. */
function entryOf(section: Section, values: readonly Claim[]): Entry | undefined {
  const entry: Entry = {};
  const lost: string[] = [];
  for (const value of values) {
    const key = String(value.path.at(-1));
    if (isSure(value)) entry[key] = value.value;
    else if (losable[section]?.includes(key)) lost.push(key);
  }
  if (section === 'key_questions' || section === 'prompts') completePair(entry, lost);
  if (section === 'context' && !['value', 'percent'].some((key) => key in entry || lost.includes(key)))
    return undefined;
  if (needed[section]?.some((key) => !(key in entry))) return undefined;
  if (section === 'professional_discretion') entry.reason ??= 'The report prints no reason.';
  const still = [...new Set(lost)].filter((key) => !(key in entry));
  if (still.length > 0 && entry.not_applicable !== true) entry.lost = still;
  if (Object.keys(entry).length === 0) return undefined;
  const [first] = values;
  if (first) entry.place = placeText(first.place);
  return ordered(entry);
}

/** A count says something only beside the other one: what was not found is lost. */
function completePair(entry: Entry, lost: string[]): void {
  const isTold = (key: string) => key in entry || lost.includes(key);
  if (entry.not_applicable === true || isTold('percent_yes')) return;
  if (isTold('yes') !== isTold('relevant_cases')) lost.push(isTold('yes') ? 'relevant_cases' : 'yes');
}

function ordered(entry: Entry): Entry {
  const rank = (key: string) => (keyOrder.indexOf(key) + 1 || keyOrder.length) - 1;
  return Object.fromEntries(Object.entries(entry).sort(([one], [other]) => rank(one) - rank(other)));
}
