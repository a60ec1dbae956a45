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
import { counterpartRules, type OtherEdition } from './other-edition.js';

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
    const names = [...Object.keys(supposable), 'edition'];
    if (!Object.hasOwn(supposable, what))
      throw new RangeError(
        `"${what}" can't be supposed${didYouMean(what, names)}: it can be ${listed(names)}.`,
      );
    const values: readonly string[] = supposable[what as keyof typeof supposable];
    if (!values.includes(value))
      throw new RangeError(
        `${what} can't be "${value}"${didYouMean(String(value), values)}: it can be ${listed(values)}.`,
      );
  }
}

/** Everything that is given: the inspection, its result, and the rules that are supposed. */
export interface Setting {
  edition: Edition;
  evidence: InspectionEvidence;
  supposed: Supposition;
  asItIs: InspectionResult;
  /** The rules that are supposed, with the inspection's own codes of standards. */
  rules: Rules;
  missing: string[];
  missingWeights: Readonly<Record<string, number>>;
  missingLimits: Limit[];
}

export function supposedRules(own: Rules, { fieldworkStart }: InspectionEvidence, supposed: Supposition) {
  const { edition, base } = supposed;
  const { rules, missing, missingWeights, missingLimits } = edition
    ? counterpartRules(rulesFor(edition.edition, fieldworkStart, programmeIn(edition.edition, own)), edition)
    : { rules: own, missing: [], missingWeights: {}, missingLimits: [] };
  return {
    rules: {
      ...rules,
      percentageBase: base ? { 'key question': base, prompt: base } : rules.percentageBase,
      rounding: supposed.rounding ?? rules.rounding,
      bandOn: supposed.bandOn ?? rules.bandOn,
      limits: supposed.limits === 'none' ? [] : rules.limits,
    },
    missing,
    missingWeights,
    missingLimits: supposed.limits === 'none' ? [] : missingLimits,
  };
}

/** The programme of another edition that goes by the same name; its first where there is none. */
const programmeIn = ({ rules }: Edition, { programme }: Rules) =>
  (rules.find((one) => one.programme === programme) ?? rules[0])?.programme;

/** The supposition for an inspection that does not inspect every standard: one of the other edition has no counterpart among the rest. */
export function amongInspected(supposed: Supposition, { standards }: InspectionResult): Supposition {
  if (!supposed.edition) return supposed;
  const inspected = new Set(standards.map(({ code }) => code));
  const counterparts = [...supposed.edition.counterparts].filter(([own]) => inspected.has(own));
  return { ...supposed, edition: { ...supposed.edition, counterparts: new Map(counterparts) } };
}

export const isLeftOut = (code: string, { edition }: Supposition) =>
  edition !== undefined && !edition.counterparts.has(code);

/** Whether key questions are banded by both rules in the same way. */
export function isBandedAlike({ asItIs, rules }: Setting): boolean {
  const banding = ({ percentageBase, rounding, bandOn, bands, ratings }: Rules) => [
    percentageBase['key question'],
    rounding,
    bandOn,
    bands,
    ratings,
  ];
  return isDeepStrictEqual(banding(asItIs.rules), banding(rules));
}

/** Whether nothing that is supposed differs from what is. */
export function isAsItIs(setting: Setting): boolean {
  const { evidence, supposed, asItIs, rules, missing } = setting;
  const rating = (given: Rules) => {
    const { scores, countingStandards, overall = 'summed', overallBands, limits, unratedStandard } = given;
    const weights = [...countingStandards].sort().map((code) => [code, weightOf(given, code)]);
    return [scores, weights, overall, overallBands, limits, unratedStandard];
  };
  return (
    isBandedAlike(setting) &&
    isDeepStrictEqual(rating(asItIs.rules), rating(rules)) &&
    missing.length === 0 &&
    !asItIs.standards.some(({ code }) => isLeftOut(code, supposed)) &&
    (supposed.discretion === undefined || evidence.decisions.size === 0)
  );
}

/** Names of standards of the edition that is supposed. */
export const named = (codes: readonly string[], { supposed }: Setting) =>
  `${[...new Set(codes)].join(', ')} of the ${supposed.edition?.edition.code} edition`;
