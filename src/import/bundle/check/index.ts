import { isDay } from '../../../days.js';
import type { Framework } from '../../../framework/framework.js';
import { didYouMean, listed } from '../../../nearest.js';
import type { ValuePath } from '../../files/yaml-file.js';
import type { Bundle } from '../bundle.js';
import type { CaseList } from '../cases.js';
import type { ContextEntry } from '../inspection-file.js';
import { Check } from './check.js';
import { checkQuestions } from './questions.js';
import { checkRatings } from './ratings.js';
import { checkSamples } from './samples.js';

/**
 * Everything that is wrong with what a bundle's inspection file says, held against its edition and the cases that are listed.
 * `asPrinted` says that what contradicts itself is what the report prints.
 */
export function checkBundle(
  bundle: Bundle,
  framework: Framework,
  { cases, asPrinted }: { cases: CaseList | undefined; asPrinted: boolean },
): Check {
  const check = new Check(bundle, framework, asPrinted);
  checkLost(check, [], check.inspection);
  checkDates(check);
  checkProgramme(check);
  checkSamples(check, cases);
  checkRatings(check);
  checkQuestions(check);
  checkFacts(check);
  return check;
}

/** Nothing is given that is said to be lost. */
function checkLost(check: Check, path: ValuePath, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inside] of Object.entries(value)) checkLost(check, [...path, key], inside);
  const lost: unknown = 'lost' in value ? value.lost : undefined;
  for (const key of Array.isArray(lost) ? lost : [])
    if (key in value) check.say([...path, key], `${path.join(' > ')}: ${key} is given and lost at once`);
}

/** Dates that there are, in an order that there can be. */
function checkDates(check: Check): void {
  const { dates, inspection } = check;
  const { published = '', fieldwork_from, fieldwork_month } = inspection.report;
  const say = (key: string, message: string) => check.say(['report', key], message);
  if (!isDay(`${published || 2000}-01-01`.slice(0, 10)))
    say('published', `published is ${published}: there is no such date`);
  if (!dates) {
    const needed = 'fieldwork_from (a day) or fieldwork_month (a month)';
    check.say(['report'], `report: ${needed} is missing; where neither is known, published`);
    return;
  }
  const { fieldworkStart: start, fieldworkEnd: end } = dates;
  if (start && end && end < start)
    say('fieldwork_to', `fieldwork ends on ${end}, before it begins on ${start}`);
  if (fieldwork_from && fieldwork_month && !fieldwork_from.startsWith(fieldwork_month))
    say('fieldwork_month', `fieldwork_month is ${fieldwork_month}, but fieldwork_from is ${fieldwork_from}`);
  // Each is known as far as it is known: a month is before another month, not before a day in it.
  if (start && String(published) < start.slice(0, String(published).length))
    say('published', `published ${published}, before fieldwork began on ${start}`);
}

/** A programme that the edition has, and figures of no standards but those that it inspects. */
function checkProgramme(check: Check): void {
  const { framework, inspection } = check;
  const names = framework.programmes.map(({ name }) => name);
  const programme = inspection.programme ?? (names[0] as string);
  if (!names.includes(programme)) {
    const near = didYouMean(programme, names);
    const message = `edition ${framework.code} has no programme "${programme}"${near}: ${listed(names)}`;
    check.say(['programme'], message);
    return;
  }
  const inspected = framework.inspects?.get(programme);
  const codes = new Set(framework.standards.map(({ code }) => code));
  const named = (path: ValuePath, standard: string | undefined) => {
    if (standard !== undefined && codes.has(standard) && inspected?.has(standard) === false)
      check.say(path, `standard ${standard} is not inspected in programme ${programme}`);
  };
  for (const section of ['standard_ratings', 'judgements'] as const)
    for (const code of Object.keys(inspection[section] ?? {})) named([section, code], code);
  for (const section of ['key_questions', 'prompts'] as const)
    for (const code of Object.keys(inspection[section] ?? {}))
      named([section, code], framework.questions.get(code)?.standard);
  for (const [at, { standard }] of (inspection.professional_discretion ?? []).entries())
    named(['professional_discretion', at, 'standard'], String(standard));
}

/** What else a report holds: contextual facts, recommendations, findings. */
function checkFacts(check: Check): void {
  const { framework, inspection } = check;
  const { recommendations, context = [], findings = [] } = inspection;
  const listedOnes = Array.isArray(recommendations) ? recommendations : [];
  for (const [at, fact] of context.entries())
    for (const [key, message] of wrongFigures(fact))
      check.say(['context', at, key], `"${fact.measure}": ${message}`);
  // A recommendation's number is its identity in the report; without one it is its position in the list.
  const numbers = listedOnes.map(({ number }, at) => number ?? at + 1);
  for (const [at, number] of numbers.entries())
    if (numbers.indexOf(number) < at)
      check.say(['recommendations', at, 'number'], `two recommendations have the number ${number}`);
  for (const [section, entries] of Object.entries({ context, recommendations: listedOnes, findings }))
    for (const [at, entry] of entries.entries()) {
      const { domain, standard }: Pick<ContextEntry, 'domain' | 'standard'> = entry;
      if (standard !== undefined) check.standard([section, at, 'standard'], String(standard));
      if (domain === undefined || framework.domains.has(String(domain))) continue;
      const message = `domain ${domain} is not in edition ${framework.code}: ${listed(framework.domains.keys())}`;
      check.say([section, at, 'domain'], message);
    }
}

/** What is wrong with the figures of a fact, and at which of its keys. */
function wrongFigures(fact: ContextEntry): [key: string, message: string][] {
  const wrong: [string, string][] = [];
  const isTold = (key: string) => key in fact || (fact.lost?.includes(key) ?? false);
  if (!isTold('value') && !isTold('percent'))
    wrong.push(['measure', 'value or percent is missing (or lost: [value])']);
  for (const kind of ['value', 'percent']) {
    const beside = [`national_${kind}`, `comparator_${kind}`].filter(isTold);
    const last = beside.at(-1) ?? '';
    if (beside.length > 1 || (beside.length === 1 && !isTold(kind)))
      wrong.push([
        last,
        `one figure may stand beside a ${kind} (or lost: [${kind}]); found are ${beside.join(', ')}`,
      ]);
    if (last.startsWith('comparator') && fact.comparator === undefined)
      wrong.push([last, 'comparator does not say whose figure stands beside it']);
    if (last.startsWith('national') && fact.comparator !== undefined)
      wrong.push(['comparator', 'comparator has no figure: a national figure is that of England and Wales']);
  }
  return wrong;
}
