import { holdsOn } from '../days.js';
import { type Overall, overall, type UnratedBecause } from './overall.js';
import {
  type Evidence,
  type KeyQuestionResult,
  keyQuestionResult,
  type QuestionEvidence,
  type QuestionResult,
  questionResult,
} from './question.js';
import { type Edition, type Rules, rulesFor, type Standard, weightOf } from './rules.js';
import { type Asked, type LowestBand, lowestBand, nothingAsked } from './standard.js';

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
  const rules = rulesFor(edition, evidence.fieldworkStart, evidence.programme);
  const keyQuestions = resultsOf(evidence.keyQuestions, (known) => keyQuestionResult(rules, known));
  const prompts = resultsOf(evidence.prompts, (known) => questionResult(rules, 'prompt', known));
  const inspected = edition.inspects?.get(rules.programme ?? '');
  const standards = edition.standards
    .filter(({ code }) => inspected?.has(code) ?? true)
    .map((standard) => rateStandard(rules, standard, evidence, keyQuestions));
  const overallOf = (ratingOf: (standard: StandardResult) => string | null) =>
    overall(
      rules,
      standards.map((standard) => ({
        code: standard.code,
        rating: ratingOf(standard),
        unratedBecause: whyUnrated(standard, evidence),
      })),
    );
  const result = overallOf(({ rating }) => rating);
  const without = overallOf(({ code, rating, computedRating }) => {
    const decision = evidence.decisions.get(code);
    // What the panel replaced: as computed, or, where that can't be, as the report says.
    return decision ? (computedRating ?? decision.from) : rating;
  });
  return {
    ...{ rules, keyQuestions, prompts, standards },
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

function resultsOf<Result>(
  known: ReadonlyMap<string, QuestionEvidence>,
  resultOf: (evidence: QuestionEvidence) => Result | undefined,
): Map<string, Result> {
  const results = [...known].map(([code, evidence]) => [code, resultOf(evidence)] as const);
  return new Map(results.flatMap(([code, result]) => (result ? [[code, result] as const] : [])));
}

function whyUnrated(
  { code, rating, notComputedBecause }: StandardResult,
  { publishedUnrated, withoutCases }: InspectionEvidence,
): UnratedBecause | null {
  if (rating !== null) return null;
  if (notComputedBecause === 'no relevant case' || withoutCases?.has(code)) return 'no relevant case';
  return publishedUnrated?.has(code) ? 'not rated' : 'not known';
}

function rateStandard(
  rules: Rules,
  { code, basis, ratedFrom = 'all key questions', keyQuestions }: Standard,
  evidence: InspectionEvidence,
  results: ReadonlyMap<string, KeyQuestionResult>,
): StandardResult {
  const leftOut = ratedFrom === 'judged key questions' ? 'cases' : 'qualitative';
  const asked = keyQuestions
    .filter((question) => holdsOn(question, evidence.fieldworkStart))
    .filter(({ basis = 'cases' }) => ratedFrom === 'all key questions' || basis !== leftOut)
    .map(({ code, basis }): Asked => {
      if (basis !== 'qualitative') return { code, result: results.get(code) };
      return { code, result: undefined, judged: evidence.judgedQuestions?.get(code) ?? null };
    });
  const isCaseBased = basis === 'cases' && asked.length > 0;
  const { rating: computedRating, ...lowest } = isCaseBased ? lowestBand(rules, asked) : nothingAsked;
  const candidates = [
    ['panel decision', evidence.decisions.get(code)?.to],
    ['judgement', evidence.judged.get(code)],
    ['computed', computedRating],
    ['published', evidence.publishedStandards.get(code)],
  ] as const;
  const [ratingSource, rating = null] = candidates.find(([, rating]) => rating) ?? [null];
  const weight = weightOf(rules, code);
  const points = rating === null ? undefined : rules.scores[rating];
  return {
    ...{ code, basis, computedRating, rating, ratingSource, ...lowest },
    keyQuestions: basis === 'cases' ? asked.map(({ code }) => code) : [],
    judged: new Map(asked.flatMap(({ code, judged }) => (judged === undefined ? [] : [[code, judged]]))),
    evidence: lowest.evidence ?? (rating === null ? null : 'ratings only'),
    score: weight > 0 && points !== undefined ? weight * points : null,
  };
}
