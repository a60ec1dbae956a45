import { type Overall, overall } from './overall.js';
import {
  type Evidence,
  type KeyQuestionResult,
  keyQuestionResult,
  type QuestionEvidence,
  type QuestionResult,
  questionResult,
} from './question.js';
import { type Edition, isAsked, type Rules, rulesFor, type Standard } from './rules.js';
import { discretionGrounds, type Grounds, type LowestBand, lowestBand } from './standard.js';

/** Everything that is known of one inspection, by codes of questions and standards. */
export interface InspectionEvidence {
  /** ISO date; decides which rules and questions hold. */
  fieldworkStart: string;
  keyQuestions: ReadonlyMap<string, QuestionEvidence>;
  prompts: ReadonlyMap<string, QuestionEvidence>;
  /** Recorded judgements of qualitative standards. */
  judged: ReadonlyMap<string, string>;
  /** Decisions of the ratings panel. */
  decisions: ReadonlyMap<string, { from: string; to: string; reason: string }>;
  /** Ratings of standards, and overall, as published. */
  publishedStandards: ReadonlyMap<string, string>;
  publishedOverall: string | null;
}

/** A standard as rated. */
export interface StandardResult extends Omit<LowestBand, 'rating' | 'evidence'> {
  code: string;
  basis: Standard['basis'];
  /** Codes of the key questions that it is rated from. */
  keyQuestions: string[];
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
  overall: Overall & { computedRating: string | null };
}

/** Rates an inspection under its edition. Pure: the same evidence gives the same result, and nothing else is looked at. */
export function rateInspection(edition: Edition, evidence: InspectionEvidence): InspectionResult {
  const { fieldworkStart } = evidence;
  const rules = rulesFor(edition, fieldworkStart);
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
  const standards = edition.standards.map((standard) =>
    rateStandard(rules, standard, evidence, keyQuestions),
  );
  const result = overall(
    rules,
    standards.map(({ code, rating, notComputedBecause }) => ({
      code,
      rating,
      unratedBecause:
        rating !== null ? null : notComputedBecause === 'no relevant case' ? 'no relevant case' : 'not known',
    })),
  );
  return {
    rules,
    keyQuestions,
    prompts,
    standards,
    overall: {
      ...result,
      computedRating: result.rating,
      // With standards not known at all, the published overall rating is kept.
      rating: result.rating ?? (result.hasUnknownStandard ? evidence.publishedOverall : null),
    },
  };
}

function rateStandard(
  rules: Rules,
  standard: Standard,
  evidence: InspectionEvidence,
  keyQuestions: ReadonlyMap<string, KeyQuestionResult>,
): StandardResult {
  const asked = standard.keyQuestions
    .filter((question) => isAsked(question, evidence.fieldworkStart))
    .map(({ code }) => ({ code, result: keyQuestions.get(code) }));
  const isCaseBased = standard.basis === 'cases' && asked.length > 0;
  const lowest = isCaseBased ? lowestBand(rules, asked) : undefined;
  const candidates = [
    ['panel decision', evidence.decisions.get(standard.code)?.to],
    ['judgement', evidence.judged.get(standard.code)],
    ['computed', lowest?.rating],
    ['published', evidence.publishedStandards.get(standard.code)],
  ] as const;
  const [ratingSource, rating] = candidates.find(([, rating]) => rating) ?? [null, null];
  const counts = rules.countingStandards.includes(standard.code);
  return {
    code: standard.code,
    basis: standard.basis,
    keyQuestions: standard.basis === 'cases' ? asked.map(({ code }) => code) : [],
    evidence: lowest?.evidence ?? (rating ? 'ratings only' : null),
    computedRating: lowest?.rating ?? null,
    lowestPercent: lowest?.lowestPercent ?? null,
    drivingKeyQuestion: lowest?.drivingKeyQuestion ?? null,
    tiedKeyQuestions: lowest?.tiedKeyQuestions ?? null,
    notComputedBecause: lowest?.notComputedBecause ?? null,
    rating: rating ?? null,
    ratingSource,
    score: counts && rating ? (rules.scores[rating] ?? null) : null,
    grounds: (isCaseBased && discretionGrounds(rules, asked)) || null,
  };
}
