import { type Overall, overall } from './overall.js';
import {
  type Evidence,
  type KeyQuestionResult,
  keyQuestionResult,
  type QuestionEvidence,
  type QuestionResult,
  questionResult,
} from './question.js';
import { type Edition, isAsked, type Rules, rulesFor, type Standard, weightOf } from './rules.js';
import { discretionGrounds, type Grounds, type LowestBand, lowestBand } from './standard.js';

/** Everything that is known of one inspection, by codes of questions and standards. */
export interface InspectionEvidence {
  /** The edition's first where it is not said. */
  programme?: string;
  /** ISO date; decides which rules and questions hold. */
  fieldworkStart: string;
  keyQuestions: ReadonlyMap<string, QuestionEvidence>;
  prompts: ReadonlyMap<string, QuestionEvidence>;
  /** Recorded judgements of qualitative standards. */
  judged: ReadonlyMap<string, string>;
  /** Recorded judgements of key questions that are not counted from cases. */
  judgedQuestions?: ReadonlyMap<string, string>;
  /** Decisions of the ratings panel. */
  decisions: ReadonlyMap<string, { from: string; to: string; reason: string }>;
  /** Ratings of standards, and overall, as published. */
  publishedStandards: ReadonlyMap<string, string>;
  /** Standards that the report says were not rated. */
  publishedUnrated?: ReadonlySet<string>;
  /** Standards that are judged, on a sample that had no cases. */
  withoutCases?: ReadonlySet<string>;
  publishedOverall: string | null;
}

/** A standard as rated. */
export interface StandardResult extends Omit<LowestBand, 'rating' | 'evidence'> {
  code: string;
  basis: Standard['basis'];
  /** Codes of the key questions that it is rated from. */
  keyQuestions: string[];
  /** Of these, those that are judged, with their recorded ratings; null where none is. */
  judged: ReadonlyMap<string, string | null>;
  evidence: Evidence | null;
  computedRating: string | null;
  /** After discretion, or as judged, or as published where nothing can be computed. */
  rating: string | null;
  ratingSource: 'panel decision' | 'judgement' | 'computed' | 'published' | null;
  /** Points, where the standard counts. */
  score: number | null;
  grounds: Grounds | null;
}

/** An inspection as rated. */
export interface InspectionResult {
  rules: Rules;
  keyQuestions: Map<string, KeyQuestionResult>;
  prompts: Map<string, QuestionResult>;
  standards: StandardResult[];
  overall: Overall & {
    /** By the rules, after discretion; null when they give none. */
    computedRating: string | null;
    /** By the rules, had no panel decided otherwise. */
    ratingWithoutDiscretion: string | null;
    scoreWithoutDiscretion: number | null;
  };
}

/** Rates an inspection under its edition. Pure: the same evidence gives the same result, and nothing else is looked at. */
export function rateInspection(edition: Edition, evidence: InspectionEvidence): InspectionResult {
  const { fieldworkStart } = evidence;
  const rules = rulesFor(edition, fieldworkStart, evidence.programme);
  const inspected = edition.inspects?.get(rules.programme ?? '');
  const keyQuestions = new Map<string, KeyQuestionResult>();
  for (const [code, known] of evidence.keyQuestions) {
    const result = keyQuestionResult(rules, known);
    if (result) keyQuestions.set(code, result);
  }
  const prompts = new Map<string, QuestionResult>();
  for (const [code, known] of evidence.prompts) {
    const result = questionResult(rules, 'prompt', known);
    if (result) prompts.set(code, result);
  }
  const standards = edition.standards
    .filter(({ code }) => inspected?.has(code) ?? true)
    .map((standard) => rateStandard(rules, standard, evidence, keyQuestions));
  const overallOf = (ratingOf: (standard: StandardResult) => string | null) =>
    overall(
      rules,
      standards.map((standard) => ({
        code: standard.code,
        rating: ratingOf(standard),
        unratedBecause:
          standard.rating === null ? whyUnrated(standard.code, standard.notComputedBecause, evidence) : null,
      })),
    );
  const result = overallOf(({ rating }) => rating);
  const without = overallOf(({ code, rating, computedRating }) => {
    const decision = evidence.decisions.get(code);
    // What the panel replaced: as computed, or, where that can't be, as the report says.
    return decision ? (computedRating ?? decision.from) : rating;
  });
  return {
    rules,
    keyQuestions,
    prompts,
    standards,
    overall: {
      ...result,
      computedRating: result.rating,
      ratingWithoutDiscretion: without.rating,
      scoreWithoutDiscretion: without.score,
      // Where the rules give none, the published overall rating is kept.
      rating: result.rating ?? evidence.publishedOverall,
    },
  };
}

function whyUnrated(
  code: string,
  notComputedBecause: string | null,
  { publishedUnrated, withoutCases }: InspectionEvidence,
) {
  if (notComputedBecause === 'no relevant case' || withoutCases?.has(code)) return 'no relevant case';
  return publishedUnrated?.has(code) ? 'not rated' : 'not known';
}

function rateStandard(
  rules: Rules,
  standard: Standard,
  evidence: InspectionEvidence,
  keyQuestions: ReadonlyMap<string, KeyQuestionResult>,
): StandardResult {
  const leftOut = standard.ratedFrom === 'judged key questions' ? 'cases' : 'qualitative';
  const asked = standard.keyQuestions
    .filter((question) => isAsked(question, evidence.fieldworkStart))
    .filter(
      ({ basis = 'cases' }) =>
        standard.ratedFrom === undefined || standard.ratedFrom === 'all key questions' || basis !== leftOut,
    )
    .map(({ code, basis }) =>
      basis === 'qualitative'
        ? { code, result: undefined, judged: evidence.judgedQuestions?.get(code) ?? null }
        : { code, result: keyQuestions.get(code) },
    );
  const isCaseBased = standard.basis === 'cases' && asked.length > 0;
  const lowest = isCaseBased ? lowestBand(rules, asked) : undefined;
  const candidates = [
    ['panel decision', evidence.decisions.get(standard.code)?.to],
    ['judgement', evidence.judged.get(standard.code)],
    ['computed', lowest?.rating],
    ['published', evidence.publishedStandards.get(standard.code)],
  ] as const;
  const [ratingSource, rating] = candidates.find(([, rating]) => rating) ?? [null, null];
  const weight = weightOf(rules, standard.code);
  const points = rating ? rules.scores[rating] : undefined;
  return {
    code: standard.code,
    basis: standard.basis,
    keyQuestions: standard.basis === 'cases' ? asked.map(({ code }) => code) : [],
    judged: new Map(asked.flatMap(({ code, judged }) => (judged === undefined ? [] : [[code, judged]]))),
    evidence: lowest?.evidence ?? (rating ? 'ratings only' : null),
    computedRating: lowest?.rating ?? null,
    lowestPercent: lowest?.lowestPercent ?? null,
    drivingKeyQuestion: lowest?.drivingKeyQuestion ?? null,
    tiedKeyQuestions: lowest?.tiedKeyQuestions ?? null,
    notComputedBecause: lowest?.notComputedBecause ?? null,
    rating: rating ?? null,
    ratingSource,
    score: weight > 0 && points !== undefined ? weight * points : null,
    grounds: (isCaseBased && discretionGrounds(rules, asked)) || null,
  };
}
