import { isDeepStrictEqual } from 'node:util';
import { roundings } from '../../vocabulary.js';
import { didYouMean, listed } from '../../words/nearest.js';
import type { InspectionEvidence, InspectionResult } from '../inspection.js';
import { type Base, type Edition, type Rounding, type Rules, rulesFor, weightOf } from '../rules.js';
import { inOwnCodes, type OtherEdition } from './other-edition.js';

/** What is supposed in place of an inspection's own rules. What is not named stays as it is. */
export interface Supposition {
  /** What percentages of key questions are taken of. */
  base?: Base | undefined;
  rounding?: Rounding | undefined;
  /** Another edition's rules; whatever else is supposed comes on top of them. Questions stay the inspection's own. */
  edition?: OtherEdition | undefined;
  /** No ratings panel has decided anything. */
  discretion?: 'none' | undefined;
}

/** What can be supposed besides an edition, and how. */
const supposable: Record<string, readonly string[]> = {
  base: ['relevant', 'inspected'],
  rounding: roundings,
  discretion: ['none'],
} satisfies Record<Exclude<keyof Supposition, 'edition'>, readonly string[]>;

/** Throws a RangeError for what can't be supposed: a slip that a compiler would see. */
export function checkSupposition(supposed: object): void {
  for (const [what, value] of Object.entries(supposed)) {
    if (what === 'edition' || value === undefined) continue;
    const allowed = Object.hasOwn(supposable, what) ? supposable[what] : undefined;
    const [wrong, given] = allowed
      ? [String(value), allowed]
      : [what, [...Object.keys(supposable), 'edition']];
    const told = allowed ? `${what} can't be "${wrong}"` : `"${wrong}" can't be supposed`;
    if (!allowed?.includes(wrong))
      throw new RangeError(`${told}${didYouMean(wrong, given)}: it can be ${listed(given)}.`);
  }
}

/** Everything that is given: the inspection, its result, and what is supposed of its rules. */
export interface Setting {
  evidence: InspectionEvidence;
  asItIs: InspectionResult;
  /** The inspection's own standards that the rules know: all, or those with a counterpart in the other edition. */
  standards: Edition['standards'];
  /** The rules that are supposed, with the inspection's own codes of standards. */
  rules: Rules;
  /** Whether they band key questions as the inspection's own rules do. */
  isBandedAlike: boolean;
  /** Whether nothing that is supposed differs from what is. */
  isAsItIs: boolean;
  hasDiscretion: boolean;
  /** Code of the other edition, and its standards that count or limit and have no counterpart, by names of their own. */
  other: string | undefined;
  missing: ReadonlyMap<string, string>;
}

export function settingOf(
  edition: Edition,
  evidence: InspectionEvidence,
  asItIs: InspectionResult,
  supposed: Supposition,
): Setting {
  const inspected = new Set(asItIs.standards.map(({ code }) => code));
  const pairs = new Map([...(supposed.edition?.counterparts ?? [])].filter(([own]) => inspected.has(own)));
  const given = supposed.edition
    ? inOwnCodes(rulesOf(supposed.edition.edition, evidence, asItIs.rules), pairs)
    : { rules: asItIs.rules, missing: new Map<string, string>() };
  const { percentageBase, rounding } = given.rules;
  const rules: Rules = {
    ...given.rules,
    percentageBase: { ...percentageBase, ...(supposed.base && { 'key question': supposed.base }) },
    rounding: supposed.rounding ?? rounding,
  };
  const standards = edition.standards.filter(
    ({ code }) => inspected.has(code) && (!supposed.edition || pairs.has(code)),
  );
  const hasDiscretion = supposed.discretion === undefined;
  const isBandedAlike = isDeepStrictEqual(bandingOf(asItIs.rules), bandingOf(rules));
  const isAsItIs =
    isBandedAlike &&
    isDeepStrictEqual(summingOf(asItIs.rules), summingOf(rules)) &&
    given.missing.size === 0 &&
    standards.length === asItIs.standards.length &&
    (hasDiscretion || evidence.decisions.size === 0);
  return {
    ...{ evidence, asItIs, standards, rules, isBandedAlike, isAsItIs, hasDiscretion },
    ...{ other: supposed.edition?.edition.code, missing: given.missing },
  };
}

/** The rules of another edition, of the programme that goes by the same name; of its first where there is none. */
function rulesOf(edition: Edition, { fieldworkStart }: InspectionEvidence, { programme }: Rules): Rules {
  const isThere = edition.rules.some((rules) => rules.programme === programme);
  return rulesFor(edition, fieldworkStart, isThere ? programme : undefined);
}

const bandingOf = ({ percentageBase, rounding, bandOn, bands, ratings }: Rules) => [
  ...[percentageBase['key question'], rounding, bandOn, bands, ratings],
];

function summingOf(rules: Rules) {
  const { scores, countingStandards, overall = 'summed', overallBands, limits, unratedStandard } = rules;
  const weights = [...countingStandards].sort().map((code) => [code, weightOf(rules, code)]);
  return [scores, weights, overall, overallBands, limits, unratedStandard];
}
