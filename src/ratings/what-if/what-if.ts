import { groupBy } from '../../group-by.js';
import {
  type InspectionEvidence,
  type InspectionResult,
  rateInspection,
  type StandardResult,
} from '../inspection.js';
import type { Edition, Standard } from '../rules.js';
import { supposedEvidence, whyNotKnown } from './supposed-evidence.js';
import { checkSupposition, type Setting, type Supposition, settingOf } from './supposition.js';

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
 * Where standards that count or limit in the other edition have no counterpart, the overall rating is known only if it is the same
 * whatever they were rated. Throws a RangeError for what can't be supposed.
 */
export function rateAsIf(edition: Edition, evidence: InspectionEvidence, supposed: Supposition): WhatIf {
  checkSupposition(supposed);
  const asItIs = rateInspection(edition, evidence);
  const setting = settingOf(edition, evidence, asItIs, supposed);
  const asIf: AsIf = setting.isAsItIs ? { result: asItIs, fallen: new Map() } : supposedResult(setting);
  const standards = asItIs.standards.map((standard) => supposedStandard(standard, setting, asIf));
  const overall = supposedOverall(setting, asIf);
  const changes = [...standards, overall].some(({ standing }) => standing === 'changes');
  return { standards, overall, changes };
}

/** What comes out under the rules that are supposed. */
interface AsIf {
  result: InspectionResult;
  /** Why panels' decisions fall, by code of their standards. */
  fallen: ReadonlyMap<string, string>;
  /** With the missing standards all rated the lowest, and the highest. */
  range?: [least: InspectionResult['overall'], most: InspectionResult['overall']];
}

function supposedResult(setting: Setting): AsIf {
  const { evidence, asItIs, standards, rules, missing, isBandedAlike } = setting;
  const known = supposedEvidence(setting);
  const rated = (more: Partial<InspectionEvidence>, others: string[] = []) => {
    const added = others.map((code): Standard => ({ code, basis: 'qualitative', keyQuestions: [] }));
    const edition = { code: '', standards: [...standards, ...added], rules: [rules] };
    return rateInspection(edition, { ...known, ...more });
  };
  const undecided = rated({});
  const decisions = new Map<string, { from: string; to: string; reason: string }>();
  const fallen = new Map<string, string>();
  for (const [code, decision] of setting.hasDiscretion ? evidence.decisions : []) {
    const before = asItIs.standards.find((one) => one.code === code);
    const after = undecided.standards.find((one) => one.code === code)?.computedRating;
    const replaced = before?.computedRating ?? decision.from;
    const isSettled = before?.basis === 'qualitative' || isBandedAlike || after === replaced;
    if (isSettled && rules.ratings.includes(decision.to)) decisions.set(code, decision);
    else if (after) fallen.set(code, `the panel's decision falls: it was made on ${replaced}, not ${after}`);
  }
  const result = rated({ decisions });
  if (missing.size === 0) return { result, fallen };
  const others = [...missing.keys()];
  const withOthers = (rating = '') => {
    const judged = new Map([...known.judged, ...others.map((code) => [code, rating] as const)]);
    return rated({ decisions, judged }, others).overall;
  };
  return { result, fallen, range: [withOthers(rules.ratings[0]), withOthers(rules.ratings.at(-1))] };
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
  const keyQuestions = before.keyQuestions.map((question) => {
    const judged = before.judged.get(question);
    return judged === undefined
      ? countedKeyQuestion(question, setting, asIf.result)
      : judgedKeyQuestion(question, judged, setting);
  });
  const isUnknown =
    after.rating === null &&
    after.notComputedBecause !== 'no relevant case' &&
    !(rating === null && (basis === 'qualitative' || isBandedAlike));
  const isOffScale = basis === 'qualitative' && rating !== null && !rules.ratings.includes(rating);
  const whyUnknown = isOffScale ? offScale(rating, setting) : unknownQuestions(keyQuestions);
  return {
    ...own,
    ...compared(rating, after.rating, isUnknown),
    why: isUnknown ? whyUnknown : (asIf.fallen.get(code) ?? null),
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

/** A judgement is what it is under any rules whose scale has its rating; null where none is recorded. */
function judgedKeyQuestion(code: string, rating: string | null, setting: Setting): SupposedKeyQuestion {
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

function supposedOverall(setting: Setting, { result, range = [result.overall, result.overall] }: AsIf) {
  const { asItIs, rules, missing, other, isAsItIs } = setting;
  const [before, after, [least, most]] = [asItIs.overall, result.overall, range];
  // the published rating stands where the own rules give none: what it would be is not theirs to say
  const isPublished = before.computedRating === null && before.rating !== null;
  const isNobodys = isPublished || rules.overall === null || rules.overall === 'judged';
  const isLeftOpen = after.rating === null && rules.overall !== 'none' && isNobodys;
  const isOpen = least.rating !== most.rating;
  const isUnknown = !isAsItIs && (after.hasUnknownStandard || isOpen || isLeftOpen);
  const ratings = [least, most].map(({ rating }) => rating ?? 'not rated').join(' or ');
  const open = `nothing stands for ${[...missing.values()].join(', ')} of the ${other} edition`;
  const points = `${least.score} to ${most.score} of ${most.maxScore} points, ${ratings}`;
  const [own, then] = [known(before), known(after)];
  return {
    ...compared(before.rating, least.rating, isUnknown),
    why:
      isOpen && !after.hasUnknownStandard
        ? `${open}: ${points}`
        : (after.notComputedBecause ??
          least.limitedBy ??
          (isUnknown ? 'no standard that counts there is rated' : null)),
    ...{ scoreAsItIs: own.score, maxScoreAsItIs: own.maxScore },
    ...{ scoreAsIf: then.score, maxScoreAsIf: then.maxScore },
  };
}

/** The points, unless the rating of a standard is not known. */
const known = ({ hasUnknownStandard, score, maxScore }: InspectionResult['overall']) =>
  hasUnknownStandard ? { score: null, maxScore: null } : { score, maxScore };
