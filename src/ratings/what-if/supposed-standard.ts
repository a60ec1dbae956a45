import type { InspectionResult, StandardResult } from '../inspection.js';
import type { Question, Standard } from '../rules.js';
import { type SupposedRating, standingOf } from './standing.js';
import { whyNotKnown } from './supposed-evidence.js';
import type { AsIf } from './supposed-result.js';
import { isBandedAlike, type Setting } from './supposition.js';

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

export function supposedStandard(
  standard: Standard,
  setting: Setting,
  { result, fallen }: AsIf,
): SupposedStandard {
  const { supposed, asItIs } = setting;
  const { code, basis } = standard;
  const before = asItIs.standards.find((one) => one.code === code) as StandardResult;
  const after = result.standards.find((one) => one.code === code);
  if (!after) {
    return {
      code,
      basis,
      asItIs: before.rating,
      asIf: null,
      standing: 'left out',
      why: `the ${supposed.edition?.edition.code} edition has nothing that continues it`,
      keyQuestions: [],
      drivingKeyQuestion: null,
      discretionAsItIs: before.ratingSource === 'panel decision',
      discretionAsIf: false,
    };
  }
  const keyQuestions =
    basis === 'qualitative'
      ? []
      : standard.keyQuestions
          .filter((question) => before.keyQuestions.includes(question.code))
          .map((question) => supposedKeyQuestion(question, setting, result));
  const isUnknown =
    after.rating === null &&
    after.notComputedBecause !== 'no relevant case' &&
    !(before.rating === null && (basis === 'qualitative' || isBandedAlike(setting)));
  return {
    code,
    basis,
    asItIs: before.rating,
    asIf: after.rating,
    standing: standingOf(before.rating, after.rating, isUnknown),
    why: isUnknown
      ? (offScale(before, setting) ?? unknownQuestions(keyQuestions) ?? 'there is nothing to compute it from')
      : (fallen?.get(code) ?? null),
    keyQuestions,
    drivingKeyQuestion: after.drivingKeyQuestion,
    discretionAsItIs: before.ratingSource === 'panel decision',
    discretionAsIf: after.ratingSource === 'panel decision',
  };
}

function supposedKeyQuestion(
  question: Question,
  setting: Setting,
  result: InspectionResult,
): SupposedKeyQuestion {
  const { evidence, asItIs, rules } = setting;
  if (question.basis === 'qualitative') return judgedKeyQuestion(question.code, setting);
  const { code } = question;
  const before = asItIs.keyQuestions.get(code);
  const after = result.keyQuestions.get(code);
  const isUnknown = (after?.state ?? 'unknown') === 'unknown';
  const rating = { asItIs: before?.rating ?? null, asIf: after?.rating ?? null };
  return {
    code,
    ...rating,
    standing: standingOf(rating.asItIs, rating.asIf, isUnknown),
    why: isUnknown ? whyNotKnown(evidence.keyQuestions.get(code), { own: asItIs.rules, rules }) : null,
    percentAsItIs: before?.percent ?? null,
    percentAsIf: after?.percent ?? null,
  };
}

/** A judgement is what it is under any rules whose scale has its rating. */
function judgedKeyQuestion(code: string, { evidence, supposed, rules }: Setting): SupposedKeyQuestion {
  const rating = evidence.judgedQuestions?.get(code) ?? null;
  const isUnknown = rating === null || !rules.ratings.includes(rating);
  const why =
    rating === null
      ? 'no judgement of it is recorded'
      : `the ${supposed.edition?.edition.code} edition has no rating "${rating}"`;
  return {
    code,
    asItIs: rating,
    asIf: isUnknown ? null : rating,
    standing: standingOf(rating, isUnknown ? null : rating, isUnknown),
    why: isUnknown ? why : null,
    percentAsItIs: null,
    percentAsIf: null,
  };
}

/** Why a judgement can't be carried over: its rating is not on the scale that is supposed. */
function offScale({ basis, rating }: StandardResult, { supposed, rules }: Setting): string | undefined {
  if (basis !== 'qualitative' || rating === null || rules.ratings.includes(rating)) return undefined;
  return `the ${supposed.edition?.edition.code} edition has no rating "${rating}"`;
}

/** Why key questions are not known, those with the same reason together; undefined when all are known. */
function unknownQuestions(keyQuestions: readonly SupposedKeyQuestion[]): string | undefined {
  const codes = new Map<string, string[]>();
  for (const { code, standing, why } of keyQuestions)
    if (standing === 'not known' && why !== null) codes.set(why, [...(codes.get(why) ?? []), code]);
  const parts = [...codes].map(([why, of]) => `${of.join(', ')}: ${why}`);
  return parts.length > 0 ? parts.join('; ') : undefined;
}
