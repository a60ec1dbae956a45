import type { Confidence, Reading, ReadValue } from '../../src/read/reading.js';
import { placeText } from '../../src/read/report-document.js';
import type { True } from './draft.js';
import type { InventedReport } from './report.js';
import { isTrue, likeness } from './same.js';

export const groups = [
  'ratings',
  'score',
  'key questions',
  'prompts',
  'discretion',
  'sample',
  'facts',
  'facts: unit, period, source',
  'recommendations',
  'findings',
  'service and dates',
] as const;
export type Group = (typeof groups)[number];

/**
 * What became of a value: right; wrong, though it was said to be read; withheld, when it was there and the reader doubted it or
 * called it lost; missing, when it was there and nothing was said of it. Of a lost cell: kept lost, or unsaid, or wrong.
 */
export type Fate = 'right' | 'wrong' | 'withheld' | 'missing' | 'kept lost' | 'unsaid';

export interface Judged {
  group: Group;
  path: string;
  /** The block or row that prints it; undefined where the report prints no such value. */
  key?: string;
  expected: True['value'];
  read: ReadValue['value'];
  confidence: Confidence | undefined;
  fate: Fate;
  place: string;
  /** Why the reader doubts it, or calls it lost. */
  why: string | undefined;
  /** Line of the text (from 1) in which it stands, or in which it was read. */
  line: number | undefined;
  /** Line in which it was read. */
  readLine: number | undefined;
}

/** The path's fields that are figures of a fact; the others say what they are of. */
const factFigures = [
  'value',
  'percent',
  'national_value',
  'national_percent',
  'comparator_value',
  'comparator_percent',
];
const factWords = ['unit', 'period', 'year', 'source', 'category'];

/** Which group a path belongs to; undefined for what is not measured (places, reasons, notes). */
export function groupOf(path: ReadValue['path']): Group | undefined {
  const [section, , field] = path;
  const last = path.at(-1) as string;
  if (section === 'standard_ratings') return last === 'rating' ? 'ratings' : undefined;
  if (section === 'overall') return last === 'rating' ? 'ratings' : 'score';
  const isFigure = ['relevant_cases', 'yes', 'percent_yes', 'not_applicable'].includes(last);
  if (section === 'key_questions') return isFigure ? 'key questions' : undefined;
  if (section === 'prompts') return isFigure ? 'prompts' : undefined;
  if (section === 'professional_discretion')
    return field === 'standard' || field === 'from' || field === 'to' ? 'discretion' : undefined;
  if (section === 'sample') return 'sample';
  if (section === 'context') {
    if (factFigures.includes(last)) return 'facts';
    return factWords.includes(last) ? 'facts: unit, period, source' : undefined;
  }
  if (section === 'recommendations')
    return ['number', 'addressed_to', 'summary'].includes(last) ? 'recommendations' : undefined;
  if (section === 'findings')
    return ['kind', 'domain', 'standard', 'summary'].includes(last) ? 'findings' : undefined;
  if (section === 'edition') return 'service and dates';
  if (section === 'service') return ['name', 'area', 'kind'].includes(last) ? 'service and dates' : undefined;
  if (section === 'report') return 'service and dates';
  return undefined;
}

const isAccepted = ({ confidence }: ReadValue) => confidence === 'read' || confidence === 'confirmed';

/** Holds what was read of an invented report against what is true of it. */
export function judge(
  report: Pick<InventedReport, 'truth' | 'lineOf' | 'style'>,
  reading: Reading,
): Judged[] {
  const paired = pairLists(report, reading.values);
  const read = new Map(reading.values.map((value) => [pathText(paired(value.path)), value]));
  const judged: Judged[] = [];
  const known = new Set<string>();
  for (const truth of report.truth) {
    const group = groupOf(truth.path);
    const path = pathText(truth.path);
    known.add(path);
    if (!group) continue;
    const value = read.get(path) ?? namedElsewhere(read, truth);
    const fate = value ? fateOf(truth, value) : truth.value === undefined ? 'unsaid' : 'missing';
    judged.push({
      group,
      path,
      key: truth.key,
      expected: truth.value,
      read: value?.value,
      confidence: value?.confidence,
      fate,
      place: value ? placeText(value.place) : '',
      why: value?.why,
      line: report.lineOf.get(truth.key) ?? value?.place.line,
      readLine: value?.place.line,
    });
  }
  for (const [path, value] of read) {
    const group = groupOf(value.path);
    if (!group || known.has(path) || !isAccepted(value) || !isInvented(path, value, report.truth)) continue;
    judged.push({
      group,
      path,
      expected: undefined,
      read: value.value,
      confidence: value.confidence,
      fate: 'wrong',
      place: placeText(value.place),
      why: value.why,
      line: value.place.line,
      readLine: value.place.line,
    });
  }
  return judged;
}

/** The measure of a fact, where that says the category. */
function namedElsewhere(read: ReadonlyMap<string, ReadValue>, { path, value }: True): ReadValue | undefined {
  if (path[0] !== 'context' || path[2] !== 'category') return undefined;
  const measure = read.get(pathText([...path.slice(0, 2), 'measure']));
  return measure && isTrue(path, value, measure.value) ? measure : undefined;
}

function fateOf(truth: True, value: ReadValue): Fate {
  if (truth.value === undefined) return isAccepted(value) ? 'wrong' : 'kept lost';
  if (!isAccepted(value)) return 'withheld';
  return isTrue(truth.path, truth.value, value.value) ? 'right' : 'wrong';
}

/**
 * Whether a value that is not in the truth is wrong for that. A figure, rating, decision, case count or finding that is not printed
 * is invented, and so is a further figure of a fact; running text holds more facts than the truth lists, and a fieldwork's month follows from its days.
 */
function isInvented(
  path: string,
  { path: [section, field], value }: ReadValue,
  truth: readonly True[],
): boolean {
  if (section === 'context')
    return !path.startsWith('context ~') && factFigures.includes(path.split(' ')[2] as string);
  if (section === 'findings') return path.startsWith('findings ~') && path.endsWith('summary');
  if (section === 'sample') return value !== 0;
  if (field !== 'fieldwork_month') return true;
  const from = truth.find(({ path }) => path[1] === 'fieldwork_from')?.value;
  return !String(from).startsWith(String(value));
}

const pathText = (path: ReadValue['path']): string => path.join(' ');

/**
 * Items of lists have no names: an item that was read is paired with the true one that it most resembles, and gets its number. One
 * that resembles none keeps its own, with a ~ before it.
 */
function pairLists(
  { truth, lineOf, style }: Pick<InventedReport, 'truth' | 'lineOf' | 'style'>,
  values: ReadValue[],
) {
  const numbers = new Map<string, string>();
  for (const section of ['professional_discretion', 'context', 'recommendations', 'findings']) {
    const trueItems = itemsOf(truth.filter(({ path }) => path[0] === section));
    const readItems = itemsOf(values.filter(({ path }) => path[0] === section));
    const pairs: { score: number; to: string; from: string }[] = [];
    for (const [to, wanted] of trueItems)
      for (const [from, found] of readItems) {
        const line = lineOf.get(wanted.values()?.next().value?.key ?? '');
        const score = resemblance(section, wanted, found, { line, slack: style === 'layout text' ? 3 : 0 });
        if (score > 0) pairs.push({ score, to, from });
      }
    pairs.sort((a, b) => b.score - a.score);
    const taken = new Set<string>();
    for (const { to, from } of pairs) {
      if (taken.has(to) || numbers.has(`${section} ${from}`)) continue;
      taken.add(to);
      numbers.set(`${section} ${from}`, to);
    }
    for (const from of readItems.keys())
      if (!numbers.has(`${section} ${from}`)) numbers.set(`${section} ${from}`, `~${from}`);
  }
  return (path: ReadValue['path']): ReadValue['path'] => {
    const number = numbers.get(`${path[0]} ${path[1]}`);
    return number === undefined ? path : [path[0] as string, number, ...path.slice(2)];
  };
}

type Item<T> = Map<string, T>;

function itemsOf<T extends { path: ReadValue['path'] }>(all: readonly T[]): Map<string, Item<T>> {
  const items = new Map<string, Item<T>>();
  for (const one of all) {
    const number = String(one.path[1]);
    if (!items.has(number)) items.set(number, new Map());
    items.get(number)?.set(String(one.path[2]), one);
  }
  return items;
}

/** How much an item that was read resembles a true one; 0 when they are certainly two. */
function resemblance(
  section: string,
  wanted: Item<True>,
  found: Item<ReadValue>,
  { line, slack }: { line: number | undefined; slack: number },
): number {
  const like = (field: string) => likeness(wanted.get(field)?.value, found.get(field)?.value);
  if (section === 'professional_discretion') return like('standard') === 1 ? 1 : 0;
  const places = [...found.values()].map(({ place }) => place.line);
  const isHere = line !== undefined && places.some((place) => Math.abs(place - line) <= slack);
  if (section !== 'context') {
    const alike = like('summary');
    if (alike < 0.6) return 0;
    return alike + (isHere ? 1 : 0) + (section === 'findings' ? like('domain') + like('kind') : 0) / 2;
  }
  if (line !== undefined && !isHere) return 0;
  let score = isHere ? 1 : 0;
  for (const field of factFigures)
    if (wanted.has(field) && wanted.get(field)?.value === found.get(field)?.value) score += 1;
  const words = (item: Item<{ value: unknown }>) =>
    ['measure', 'category'].map((field) => item.get(field)?.value ?? '').join(' ');
  const category = wanted.get('category')?.value;
  // A measure may say the category: "Total current caseload: youth caution".
  const isWithin =
    category !== undefined && words(found).toLowerCase().includes(String(category).toLowerCase());
  // It may also say more behind the measure's own words: "vacancy rate (total unfilled posts as a percentage …)".
  const isBegun =
    category === undefined && words(found).toLowerCase().startsWith(words(wanted).trim().toLowerCase());
  const named = Math.max(
    isWithin || isBegun ? 1 : 0,
    category === undefined ? 0 : like('category'),
    likeness(words(wanted), words(found)),
  );
  score += named;
  // Running text counts several things in one line: another figure of another unit is another fact.
  const differs = (field: string) =>
    wanted.has(field) && found.get(field)?.value !== wanted.get(field)?.value;
  if (factFigures.every((field) => !wanted.has(field) || differs(field)) && differs('unit') && named < 0.3)
    return 0;
  // Without a line to hold on to, names have to speak for the pair.
  const isNamed = wanted.has('category') && named >= 0.8;
  const isAlike = score > 1.3 && likeness(words(wanted), words(found)) > 0.4;
  // A large figure is of one thing only.
  const isTelling = factFigures.some(
    (field) =>
      Number(wanted.get(field)?.value) >= 1000 && wanted.get(field)?.value === found.get(field)?.value,
  );
  return line !== undefined || isNamed || isAlike || isTelling ? score : 0;
}
