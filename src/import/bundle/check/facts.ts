import { listed } from '../../../nearest.js';
import type { Bundle } from '../bundle.js';
import type { ContextEntry } from '../inspection-file.js';
import type { Check } from './check.js';

/** What else a report holds: contextual facts, recommendations, findings. */
export function checkFacts(check: Check): void {
  const { framework, inspection } = check;
  const { code: edition } = framework;
  for (const [at, fact] of (inspection.context ?? []).entries()) {
    for (const { key, message } of factProblems(fact))
      check.say(['context', at, key], `"${fact.measure}": ${message}`);
  }
  checkNumbers(check, inspection.recommendations);
  for (const section of ['context', 'recommendations', 'findings'] as const) {
    const entries: unknown = inspection[section];
    if (!Array.isArray(entries)) continue;
    for (const [at, { domain, standard }] of entries.entries()) {
      if (standard !== undefined) check.standard([section, at, 'standard'], String(standard));
      if (domain !== undefined && !framework.domains.has(String(domain))) {
        check.say(
          [section, at, 'domain'],
          `domain ${domain} is not in edition ${edition}: ${listed(framework.domains.keys())}`,
        );
      }
    }
  }
}

/** What is wrong with a fact, and at which of its keys. */
function factProblems(fact: ContextEntry): { key: string; message: string }[] {
  const problems: { key: string; message: string }[] = [];
  const say = (key: string, message: string) => problems.push({ key, message });
  const isTold = (key: string) => key in fact || (fact.lost?.includes(key) ?? false);
  if (!isTold('value') && !isTold('percent'))
    say('measure', 'value or percent is missing (or lost: [value])');
  for (const key of fact.lost ?? []) if (key in fact) say(key, `${key} is given and lost at once`);
  for (const kind of ['value', 'percent']) {
    const [national, comparator] = [`national_${kind}`, `comparator_${kind}`];
    if (isTold(national) && isTold(comparator))
      say(comparator, `${national} and ${comparator} are both there: give each in an entry of its own`);
    for (const beside of [national, comparator])
      if (isTold(beside) && !isTold(kind))
        say(beside, `${beside} stands beside a ${kind}, which is missing (or lost: [${kind}])`);
    if (isTold(comparator) && fact.comparator === undefined)
      say(comparator, 'comparator does not say whose figure stands beside it');
  }
  const isBeside = (whose: string) => isTold(`${whose}_value`) || isTold(`${whose}_percent`);
  if (fact.comparator !== undefined && isBeside('national') && !isBeside('comparator'))
    say('comparator', 'comparator has no figure: a national figure is that of England and Wales');
  return problems;
}

/** A recommendation's number is its identity in the report; without one it is its position in the list. */
function checkNumbers(check: Check, recommendations: Bundle['inspection']['recommendations']): void {
  if (!Array.isArray(recommendations)) return;
  const numbers = recommendations.map(({ number }, at) => number ?? at + 1);
  for (const [at, number] of numbers.entries()) {
    if (numbers.indexOf(number) < at)
      check.say(['recommendations', at, 'number'], `two recommendations have the number ${number}`);
  }
}
