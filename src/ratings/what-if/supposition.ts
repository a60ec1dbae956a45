import { isDeepStrictEqual } from 'node:util';
import { didYouMean, listed } from '../../nearest.js';
import { roundings } from '../../vocabulary.js';
import type { InspectionEvidence, InspectionResult } from '../inspection.js';
import {
  type Base,
  type Edition,
  type Limit,
  type Rounding,
  type Rules,
  rulesFor,
  weightOf,
} from '../rules.js';
import { inOwnCodes, type OtherEdition } from './other-edition.js';

/** What is supposed in place of an inspection's own rules. What is not named stays as it is. */
export interface Supposition {
  /** What percentages are taken of. */
  base?: Base | undefined;
  rounding?: Rounding | undefined;
  bandOn?: Rules['bandOn'] | undefined;
  /** Another edition's rules; whatever else is supposed comes on top of them. Questions stay the inspection's own. */
  edition?: OtherEdition | undefined;
  /** No ratings panel has decided anything. */
  discretion?: 'none' | undefined;
  /** No rating of a standard limits the overall rating. */
  limits?: 'none' | undefined;
}

/** What can be supposed besides an edition, and how. */
export const supposable = {
  base: ['relevant', 'inspected'],
  rounding: roundings,
  bandOn: ['rounded', 'exact'],
  discretion: ['none'],
  limits: ['none'],
} as const satisfies Record<Exclude<keyof Supposition, 'edition'>, readonly string[]>;

/** Throws a RangeError for what can't be supposed: a slip that a compiler would see. */
export function checkSupposition(supposed: object): void {
  for (const [what, value] of Object.entries(supposed)) {
    if (what === 'edition' || value === undefined) continue;
    const isNamed = Object.hasOwn(supposable, what);
    const given: readonly string[] = isNamed
      ? supposable[what as keyof typeof supposable]
      : [...Object.keys(supposable), 'edition'];
    const wrong = isNamed ? String(value) : what;
    const told = isNamed ? `${what} can't be "${wrong}"` : `"${wrong}" can't be supposed`;
    if (!isNamed || !given.includes(wrong))
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
  hasDiscretion: boolean;
  /** Code of the other edition, its standards that count and have no counterpart, and its limits that look at such. */
  other: string | undefined;
  missing: ReadonlyMap<string, number>;
  missingLimits: readonly Limit[];
}

export function settingOf(
  edition: Edition,
  evidence: InspectionEvidence,
  asItIs: InspectionResult,
  supposed: Supposition,
): Setting {
  const inspected = new Set(asItIs.standards.map(({ code }) => code));
  const counterparts = new Map(
    [...(supposed.edition?.counterparts ?? [])].filter(([own]) => inspected.has(own)),
  );
  const isKnown = ({ code }: { code: string }) =>
    inspected.has(code) && (!supposed.edition || counterparts.has(code));
  const given = supposed.edition
    ? inOwnCodes(rulesOf(supposed.edition.edition, evidence, asItIs.rules), {
        ...supposed.edition,
        counterparts,
      })
    : { rules: asItIs.rules, missing: new Map<string, number>(), missingLimits: [] };
  const { base } = supposed;
  const isUnlimited = supposed.limits === 'none';
  const rules = {
    ...given.rules,
    percentageBase: base ? { 'key question': base, prompt: base } : given.rules.percentageBase,
    rounding: supposed.rounding ?? given.rules.rounding,
    bandOn: supposed.bandOn ?? given.rules.bandOn,
    limits: isUnlimited ? [] : given.rules.limits,
  };
  return {
    ...{ evidence, asItIs, rules, missing: given.missing },
    missingLimits: isUnlimited ? [] : given.missingLimits,
    standards: edition.standards.filter(isKnown),
    isBandedAlike: isDeepStrictEqual(bandingOf(asItIs.rules), bandingOf(rules)),
    hasDiscretion: supposed.discretion === undefined,
    other: supposed.edition?.edition.code,
  };
}

/** The rules of another edition, of the programme that goes by the same name; of its first where there is none. */
function rulesOf(edition: Edition, { fieldworkStart }: InspectionEvidence, { programme }: Rules): Rules {
  const isThere = edition.rules.some((rules) => rules.programme === programme);
  return rulesFor(edition, fieldworkStart, isThere ? programme : undefined);
}

/** Whether nothing that is supposed differs from what is. */
export function isAsItIs(setting: Setting): boolean {
  const { evidence, standards, asItIs, rules, missing, isBandedAlike, hasDiscretion } = setting;
  return (
    isBandedAlike &&
    isDeepStrictEqual(summingOf(asItIs.rules), summingOf(rules)) &&
    missing.size === 0 &&
    standards.length === asItIs.standards.length &&
    (hasDiscretion || evidence.decisions.size === 0)
  );
}

const bandingOf = ({ percentageBase, rounding, bandOn, bands, ratings }: Rules) => [
  ...[percentageBase['key question'], rounding, bandOn, bands, ratings],
];

function summingOf(rules: Rules) {
  const { scores, countingStandards, overall = 'summed', overallBands, limits, unratedStandard } = rules;
  const weights = [...countingStandards].sort().map((code) => [code, weightOf(rules, code)]);
  return [scores, weights, overall, overallBands, limits, unratedStandard];
}
