import { isDeepStrictEqual } from 'node:util';
import {
  type InspectionEvidence,
  type InspectionResult,
  rateInspection,
  type StandardResult,
} from './inspection.js';
import { counterpartRules, type OtherEdition } from './other-edition.js';
import {
  type Base,
  type Edition,
  isAsked,
  type Limit,
  type Rounding,
  type Rules,
  rankOf,
  rulesFor,
  type Standard,
} from './rules.js';
import { supposedEvidence, whyNotKnown } from './supposed-evidence.js';

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

export interface SupposedKeyQuestion extends SupposedRating {
  code: string;
  /** Whole percentages, each by its own base and rounding. */
  percentAsItIs: number | null;
  percentAsIf: number | null;
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
 * What the evidence cannot answer is not known, never approximated (see supposedEvidence). A published rating of a
 * case-based standard answers only while its key questions are banded as they are. A panel's decision stands while
 * the standard comes to what the panel replaced; else it falls, because nobody has decided about another rating.
 * Where standards that count in the other edition have no counterpart, the overall rating is known only if it is the same
 * whatever they were rated.
 */
export function rateAsIf(edition: Edition, evidence: InspectionEvidence, supposed: Supposition): WhatIf {
  const asItIs = rateInspection(edition, evidence);
  const setting = { edition, evidence, supposed, asItIs, ...supposedRules(asItIs.rules, evidence, supposed) };
  const asIf = isAsItIs(setting) ? { result: asItIs } : supposedResult(setting);
  const standards = edition.standards.map((standard) => supposedStandard(standard, setting, asIf));
  const overall = supposedOverall(setting, asIf);
  const changes = [...standards, overall].some(({ standing }) => standing === 'changes');
  return { standards, overall, changes };
}

/** Everything that is given: the inspection, its result, and the rules that are supposed. */
interface Setting {
  edition: Edition;
  evidence: InspectionEvidence;
  supposed: Supposition;
  asItIs: InspectionResult;
  /** The rules that are supposed, with the inspection's own codes of standards. */
  rules: Rules;
  missing: string[];
  missingLimits: Limit[];
}

/** What comes out under the rules that are supposed. */
interface AsIf {
  result: InspectionResult;
  /** With the missing standards rated for the fewest points, and for the most. */
  range?: [InspectionResult['overall'], InspectionResult['overall']] | undefined;
  /** Why panels' decisions fall, by code of their standards. */
  fallen?: ReadonlyMap<string, string>;
}

function supposedRules(own: Rules, { fieldworkStart }: InspectionEvidence, supposed: Supposition) {
  const { edition, base } = supposed;
  const { rules, missing, missingLimits } = edition
    ? counterpartRules(rulesFor(edition.edition, fieldworkStart), edition)
    : { rules: own, missing: [], missingLimits: [] };
  return {
    rules: {
      ...rules,
      percentageBase: base ? { 'key question': base, prompt: base } : rules.percentageBase,
      rounding: supposed.rounding ?? rules.rounding,
      bandOn: supposed.bandOn ?? rules.bandOn,
      limits: supposed.limits === 'none' ? [] : rules.limits,
    },
    missing,
    missingLimits: supposed.limits === 'none' ? [] : missingLimits,
  };
}

const isLeftOut = (code: string, { edition }: Supposition) =>
  edition !== undefined && !edition.counterparts.has(code);

/** Whether key questions are banded by both rules in the same way. */
function isBandedAlike({ asItIs, rules }: Setting): boolean {
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
function isAsItIs(setting: Setting): boolean {
  const { edition, evidence, supposed, asItIs, rules, missing } = setting;
  const rating = ({ scores, countingStandards, overallBands, limits, unratedStandard }: Rules) => [
    scores,
    [...countingStandards].sort(),
    overallBands,
    limits,
    unratedStandard,
  ];
  return (
    isBandedAlike(setting) &&
    isDeepStrictEqual(rating(asItIs.rules), rating(rules)) &&
    missing.length === 0 &&
    !edition.standards.some(({ code }) => isLeftOut(code, supposed)) &&
    (supposed.discretion === undefined || evidence.decisions.size === 0)
  );
}

/** Rates the inspection under the rules that are supposed. */
function supposedResult(setting: Setting): AsIf {
  const { edition, supposed, rules } = setting;
  const known = supposedInspection(setting);
  const standards = edition.standards.filter(({ code }) => !isLeftOut(code, supposed));
  const rated = (decisions: InspectionEvidence['decisions'], others: readonly Standard[] = [], to = '') =>
    rateInspection(
      {
        code: edition.code,
        standards: [...standards, ...others],
        rules: [
          { ...rules, countingStandards: [...rules.countingStandards, ...others.map(({ code }) => code)] },
        ],
      },
      {
        ...known,
        decisions,
        judged: new Map([...known.judged, ...others.map(({ code }) => [code, to] as const)]),
      },
    );
  const { standing, fallen } = supposedDecisions(setting, rated(new Map()));
  const result = rated(standing);
  if (setting.missing.length === 0) return { result, fallen };
  const others = setting.missing.map((code) => ({
    code: named([code], setting),
    basis: 'qualitative' as const,
    keyQuestions: [],
  }));
  const byPoints = Object.entries(rules.scores).sort(([, a], [, b]) => a - b);
  const [least, most] = [byPoints[0], byPoints.at(-1)].map((one) => one?.[0] ?? '');
  return {
    result,
    fallen,
    range: [rated(standing, others, least).overall, rated(standing, others, most).overall],
  };
}

/** The evidence as it can answer under the rules that are supposed, without any panel's decision. */
function supposedInspection(setting: Setting): InspectionEvidence {
  const { edition, evidence, asItIs, rules } = setting;
  const isAlike = isBandedAlike(setting);
  const isRated = (rating: string) => rules.ratings.includes(rating);
  const judgedStandards = new Set(
    edition.standards.filter(({ basis }) => basis === 'qualitative').map(({ code }) => code),
  );
  // what is published is what the panel decided; without it, it is what the panel replaced
  const replaced = [...evidence.decisions].map(([code, { from }]) => [code, from] as const);
  const published = [...evidence.publishedStandards, ...replaced].filter(
    ([code, rating]) => isRated(rating) && (isAlike || judgedStandards.has(code)),
  );
  return {
    ...evidence,
    keyQuestions: new Map(
      [...evidence.keyQuestions].map(([code, known]) => [
        code,
        supposedEvidence(known, { own: asItIs.rules, rules }),
      ]),
    ),
    prompts: new Map(),
    judged: new Map([...evidence.judged].filter(([, rating]) => isRated(rating))),
    publishedStandards: new Map(published),
  };
}

/** Panels' decisions that stand under the rules that are supposed, and why others fall. */
function supposedDecisions(setting: Setting, undecided: InspectionResult) {
  const { evidence, supposed, asItIs, rules } = setting;
  const standing = new Map<string, { from: string; to: string; reason: string }>();
  const fallen = new Map<string, string>();
  if (supposed.discretion === 'none') return { standing, fallen };
  const isAlike = isBandedAlike(setting);
  for (const [code, decision] of evidence.decisions) {
    const before = asItIs.standards.find((one) => one.code === code);
    const after = undecided.standards.find((one) => one.code === code);
    const replaced = before?.computedRating ?? decision.from;
    const isSettled = before?.basis === 'qualitative' || isAlike || after?.computedRating === replaced;
    if (isSettled && rules.ratings.includes(decision.to)) standing.set(code, decision);
    else if (after?.computedRating) {
      fallen.set(code, `the panel's decision falls: it was made on ${replaced}, not ${after.computedRating}`);
    }
  }
  return { standing, fallen };
}

function supposedStandard(standard: Standard, setting: Setting, { result, fallen }: AsIf): SupposedStandard {
  const { evidence, supposed, asItIs } = setting;
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
          .filter((question) => isAsked(question, evidence.fieldworkStart))
          .map((question) => supposedKeyQuestion(question.code, setting, result));
  const isUnknown =
    after.rating === null &&
    after.notComputedBecause !== 'no relevant case' &&
    !(before.rating === null && (basis === 'qualitative' || isBandedAlike(setting)));
  return {
    code,
    basis,
    asItIs: before.rating,
    asIf: after.rating,
    standing: isUnknown ? 'not known' : before.rating === after.rating ? 'same' : 'changes',
    why: isUnknown
      ? (offScale(before, setting) ?? unknownQuestions(keyQuestions) ?? 'there is nothing to compute it from')
      : (fallen?.get(code) ?? null),
    keyQuestions,
    drivingKeyQuestion: after.drivingKeyQuestion,
    discretionAsItIs: before.ratingSource === 'panel decision',
    discretionAsIf: after.ratingSource === 'panel decision',
  };
}

function supposedKeyQuestion(code: string, setting: Setting, result: InspectionResult): SupposedKeyQuestion {
  const { evidence, asItIs, rules } = setting;
  const before = asItIs.keyQuestions.get(code);
  const after = result.keyQuestions.get(code);
  const isUnknown = (after?.state ?? 'unknown') === 'unknown';
  const rating = { asItIs: before?.rating ?? null, asIf: after?.rating ?? null };
  return {
    code,
    ...rating,
    standing: isUnknown ? 'not known' : rating.asItIs === rating.asIf ? 'same' : 'changes',
    why: isUnknown ? whyNotKnown(evidence.keyQuestions.get(code), { own: asItIs.rules, rules }) : null,
    percentAsItIs: before?.percent ?? null,
    percentAsIf: after?.percent ?? null,
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

function supposedOverall(setting: Setting, { result, range }: AsIf): SupposedOverall {
  const { asItIs, missingLimits, rules } = setting;
  const [before, after] = [asItIs.overall, result.overall];
  const isAsItIs = result === asItIs;
  const open = range && range[0].rating !== range[1].rating ? range : undefined;
  const isUnknown = !isAsItIs && (after.hasUnknownStandard || open !== undefined);
  const asIf = isUnknown ? null : (range?.[0] ?? after).rating;
  const unlimited = missingLimits
    .filter(({ overallAtMost }) => asIf !== null && rankOf(rules, overallAtMost) < rankOf(rules, asIf))
    .flatMap(({ standards }) => standards);
  return {
    asItIs: before.rating,
    asIf,
    standing: isUnknown ? 'not known' : before.rating === asIf ? 'same' : 'changes',
    why:
      open && !after.hasUnknownStandard
        ? openRange(open, setting)
        : (after.notRatedBecause ??
          after.limitedBy ??
          (unlimited.length > 0 ? `${named(unlimited, setting)}, which can limit it, is left out` : null)),
    scoreAsItIs: before.hasUnknownStandard ? null : before.score,
    maxScoreAsItIs: before.hasUnknownStandard ? null : before.maxScore,
    scoreAsIf: after.hasUnknownStandard ? null : after.score,
    maxScoreAsIf: after.hasUnknownStandard ? null : after.maxScore,
  };
}

/** Why the overall rating is open: what the missing standards would be rated decides. */
function openRange([least, most]: NonNullable<AsIf['range']>, setting: Setting): string {
  const ratings = `${least.rating ?? 'not rated'} or ${most.rating ?? 'not rated'}`;
  return `${named(setting.missing, setting)}, which counts there, would decide: ${least.score} to ${most.score} of ${most.maxScore} points, ${ratings}`;
}

/** Names of standards of the edition that is supposed. */
const named = (codes: readonly string[], { supposed }: Setting) =>
  `${[...new Set(codes)].join(', ')} of the ${supposed.edition?.edition.code} edition`;
