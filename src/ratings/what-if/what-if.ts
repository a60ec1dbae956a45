import { groupBy } from '../../group-by.js';
import {
  type InspectionEvidence,
  type InspectionResult,
  rateInspection,
  type StandardResult,
} from '../inspection.js';
import { type Edition, rankOf, type Standard } from '../rules.js';
import { type AsIf, supposedResult, whyNotKnown } from './supposed-result.js';
import { checkSupposition, isAsItIs, type Setting, type Supposition, settingOf } from './supposition.js';

/** How what would be stands to what is; what the other edition has nothing like is left out. */
export type Standing = 'same' | 'changes' | 'not known' | 'left out';

/** A rating as it is and as it would be; null when there is none. */
export interface SupposedRating {
  asItIs: string | null;
  asIf: string | null;
  standing: Standing;
  /** Why it is not known or left out, or what more is to be said; null when there is nothing. */
  why: string | null;
}

export interface SupposedStandard extends SupposedRating {
  code: string;
  basis: Standard['basis'];
  /** Those that a case-based standard is rated from, in order; none where it is left out. */
  keyQuestions: SupposedKeyQuestion[];
  /** Code of the key question that would set the computed rating; null when none would. */
  drivingKeyQuestion: string | null;
  /** Whether the rating is, and would be, a panel's decision. */
  discretionAsItIs: boolean;
  discretionAsIf: boolean;
}

export interface SupposedKeyQuestion extends SupposedRating {
  code: string;
  /** Whole percentages, each by its own base and rounding. */
  percentAsItIs: number | null;
  percentAsIf: number | null;
}

export interface SupposedOverall extends SupposedRating {
  /** Points, and the most that they could be; null when they are not known. */
  scoreAsItIs: number | null;
  maxScoreAsItIs: number | null;
  scoreAsIf: number | null;
  maxScoreAsIf: number | null;
}

/** An inspection's ratings as they are and as they would be. */
export interface WhatIf {
  /** In the edition's order. */
  standards: SupposedStandard[];
  overall: SupposedOverall;
  /** Whether a rating would be another. Of what is not known nothing is said. */
  changes: boolean;
}

/**
 * Rates an inspection as it is, and as if the rules were otherwise. Pure: nothing is stored.
 *
 * What the evidence cannot answer is not known, never approximated. A published rating of a
 * case-based standard answers only while its key questions are banded as they are. A panel's decision stands while
 * the standard comes to what the panel replaced; else it falls, because nobody has decided about another rating.
 * Where standards that count in the other edition have no counterpart, the overall rating is known only if it is the same
 * whatever they were rated. Throws a RangeError for what can't be supposed.
 */
export function rateAsIf(edition: Edition, evidence: InspectionEvidence, supposed: Supposition): WhatIf {
  checkSupposition(supposed);
  const asItIs = rateInspection(edition, evidence);
  const setting = settingOf(edition, evidence, asItIs, supposed);
  const asIf = isAsItIs(setting) ? { result: asItIs } : supposedResult(setting);
  const standards = asItIs.standards.map((standard) => supposedStandard(standard, setting, asIf));
  const overall = supposedOverall(setting, asIf);
  const changes = [...standards, overall].some(({ standing }) => standing === 'changes');
  return { standards, overall, changes };
}

function compared(
  asItIs: string | null,
  asIf: string | null,
  isUnknown: boolean,
): Pick<SupposedRating, 'asItIs' | 'asIf' | 'standing'> {
  if (isUnknown) return { asItIs, asIf: null, standing: 'not known' };
  return { asItIs, asIf, standing: asItIs === asIf ? 'same' : 'changes' };
}

function supposedStandard(before: StandardResult, setting: Setting, asIf: AsIf): SupposedStandard {
  const { rules, isBandedAlike, other } = setting;
  const { code, basis, rating } = before;
  const after = asIf.result.standards.find((one) => one.code === code);
  const own = { code, basis, discretionAsItIs: before.ratingSource === 'panel decision' };
  if (!after) {
    const why = `the ${other} edition has nothing that continues it`;
    const leftOut = { asItIs: rating, asIf: null, standing: 'left out' as const, why };
    return { ...own, ...leftOut, keyQuestions: [], drivingKeyQuestion: null, discretionAsIf: false };
  }
  const keyQuestions = before.keyQuestions.map((question) =>
    before.judged.has(question)
      ? judgedKeyQuestion(question, before, setting)
      : countedKeyQuestion(question, setting, asIf.result),
  );
  const isUnknown =
    after.rating === null &&
    after.notComputedBecause !== 'no relevant case' &&
    !(rating === null && (basis === 'qualitative' || isBandedAlike));
  const isOffScale = basis === 'qualitative' && rating !== null && !rules.ratings.includes(rating);
  const whyUnknown = isOffScale ? offScale(rating, setting) : unknownQuestions(keyQuestions);
  return {
    ...own,
    ...compared(rating, after.rating, isUnknown),
    why: isUnknown ? whyUnknown : (asIf.fallen?.get(code) ?? null),
    keyQuestions,
    drivingKeyQuestion: after.drivingKeyQuestion,
    discretionAsIf: after.ratingSource === 'panel decision',
  };
}

function countedKeyQuestion(
  code: string,
  { evidence, asItIs, rules }: Setting,
  result: InspectionResult,
): SupposedKeyQuestion {
  const [before, after] = [asItIs.keyQuestions.get(code), result.keyQuestions.get(code)];
  const isUnknown = (after?.state ?? 'unknown') === 'unknown';
  return {
    code,
    ...compared(before?.rating ?? null, after?.rating ?? null, isUnknown),
    why: isUnknown ? whyNotKnown(evidence.keyQuestions.get(code), asItIs.rules, rules) : null,
    percentAsItIs: before?.percent ?? null,
    percentAsIf: after?.percent ?? null,
  };
}

/** A judgement is what it is under any rules whose scale has its rating. */
function judgedKeyQuestion(code: string, { judged }: StandardResult, setting: Setting): SupposedKeyQuestion {
  const rating = judged.get(code) ?? null;
  const isUnknown = rating === null || !setting.rules.ratings.includes(rating);
  const why = rating === null ? 'no judgement of it is recorded' : offScale(rating, setting);
  const none = { percentAsItIs: null, percentAsIf: null };
  return { code, ...compared(rating, rating, isUnknown), why: isUnknown ? why : null, ...none };
}

const offScale = (rating: string, { other }: Setting) => `the ${other} edition has no rating "${rating}"`;

/** Why key questions are not known, those with the same reason together. */
function unknownQuestions(keyQuestions: readonly SupposedKeyQuestion[]): string {
  const unknown = keyQuestions.filter(({ standing }) => standing === 'not known');
  const reasons = [...groupBy(unknown, ({ why }) => why)];
  const told = reasons.map(([why, of]) => `${of.map(({ code }) => code).join(', ')}: ${why}`);
  return told.join('; ') || 'there is nothing to compute it from';
}

function supposedOverall(setting: Setting, { result, range }: AsIf): SupposedOverall {
  const { asItIs, rules, missing, missingLimits, other } = setting;
  const [before, after] = [asItIs.overall, result.overall];
  const isOpen = range !== undefined && range[0].rating !== range[1].rating;
  // the published rating stands where the own rules give none: what it would be is not theirs to say
  const isPublished = before.computedRating === null && before.rating !== null;
  const isNobodys = isPublished || rules.overall === null || rules.overall === 'judged';
  const isLeftOpen = after.rating === null && rules.overall !== 'none' && isNobodys;
  const isUnknown = result !== asItIs && (after.hasUnknownStandard || isOpen || isLeftOpen);
  const asIf = compared(before.rating, (range?.[0] ?? after).rating, isUnknown);
  const named = (codes: Iterable<string>) => `${[...new Set(codes)].join(', ')} of the ${other} edition`;
  const unlimited = missingLimits
    .filter(
      ({ overallAtMost }) => asIf.asIf !== null && rankOf(rules, overallAtMost) < rankOf(rules, asIf.asIf),
    )
    .flatMap(({ standards }) => standards);
  const notLimited = unlimited.length > 0 ? `${named(unlimited)}, which can limit it, is left out` : null;
  let why = after.notComputedBecause ?? after.limitedBy ?? notLimited;
  if (isOpen && !after.hasUnknownStandard) {
    const [least, most] = range;
    const ratings = [least, most].map(({ rating }) => rating ?? 'not rated').join(' or ');
    const points = `${least.score} to ${most.score} of ${most.maxScore} points, ${ratings}`;
    why = `${named(missing.keys())}, which counts there, would decide: ${points}`;
  }
  const [own, then] = [known(before), known(after)];
  return {
    ...{ ...asIf, why },
    ...{ scoreAsItIs: own.score, maxScoreAsItIs: own.maxScore },
    ...{ scoreAsIf: then.score, maxScoreAsIf: then.maxScore },
  };
}

/** The points, unless the rating of a standard is not known. */
const known = ({ hasUnknownStandard, score, maxScore }: InspectionResult['overall']) =>
  hasUnknownStandard ? { score: null, maxScore: null } : { score, maxScore };
