import type { Insertable } from 'kysely';
import type { DB } from '../../database/schema.js';
import type { InspectionResult } from '../../ratings/inspection.js';
import { evidenceGrades, type KeyQuestionResult, type QuestionResult } from '../../ratings/question.js';

/** The tables that results are kept in. */
export const resultTables = [
  'result.question',
  'result.standard',
  'result.overall',
  'result.case_group',
] as const satisfies readonly (keyof DB)[];

/** The rows of an inspection's results by table. All rows of a table have the same columns. */
export type ResultRows = { [Table in (typeof resultTables)[number]]: Insertable<DB[Table]>[] };

/** An inspection's key, and what its results are told by: keys of questions by code. */
export interface Kept {
  inspectionId: number;
  edition: string;
  questionId: (code: string) => number;
  /** By question: a bit for each case of the sample with the answer yes, and with no. */
  bits: ReadonlyMap<number, { yes: string; no: string }>;
  caseGroups: readonly { questionnaire_id: number; attribute: string; value: string; cases: string }[];
}

/** Results as rows of the tables. Pure. */
export function resultRows(
  { rules, keyQuestions, prompts, standards, overall }: InspectionResult,
  { inspectionId, edition, questionId, bits, caseGroups }: Kept,
): ResultRows {
  const id = { inspection_id: inspectionId };
  const rank = (rating: string | null) => (rating === null ? null : rules.ratings.indexOf(rating));
  const question = (code: string, result: QuestionResult, band?: KeyQuestionResult) => {
    const question_id = questionId(code);
    return {
      ...id,
      question_id,
      evidence: result.evidence,
      yes: result.yes,
      no: result.no,
      not_applicable: result.notApplicable,
      relevant: result.relevant,
      inspected: result.inspected,
      percent_of_relevant: result.percentOfRelevant,
      percent_of_inspected: result.percentOfInspected,
      percent: result.percent,
      base_count: result.baseCount,
      counted_yes: result.countedYes,
      rating: band?.rating ?? null,
      rating_rank: rank(band?.rating ?? null),
      low: band?.low ?? null,
      high: band?.high ?? null,
      rounding_matters: band?.roundingMatters ?? null,
      yes_cases: bits.get(question_id)?.yes ?? null,
      no_cases: bits.get(question_id)?.no ?? null,
    };
  };
  const grades = [...keyQuestions.values()].map(({ evidence }) => evidenceGrades.indexOf(evidence));
  return {
    'result.question': [
      ...[...keyQuestions].map(([code, result]) => question(code, result, result)),
      ...[...prompts].map(([code, result]) => question(code, result)),
    ],
    'result.standard': standards.map((standard) => {
      const sums = summed(standard.keyQuestions.map((code) => keyQuestions.get(code)));
      return {
        ...id,
        standard_code: standard.code,
        edition_code: edition,
        evidence: standard.evidence,
        computed_rating: standard.computedRating,
        lowest_percent: standard.lowestPercent,
        driving_key_question: standard.drivingKeyQuestion,
        tied_key_questions: standard.tiedKeyQuestions,
        not_computed_because: standard.notComputedBecause,
        rating: standard.rating,
        rating_rank: rank(standard.rating),
        rating_source: standard.ratingSource,
        score: standard.score,
        near_boundary: standard.grounds?.nearBoundary ?? null,
        one_case_flips: standard.grounds?.oneCaseFlips ?? null,
        small_sample: standard.grounds?.smallSample ?? null,
        yes: sums?.yes ?? null,
        relevant: sums?.relevant ?? null,
      };
    }),
    'result.overall': [
      {
        ...id,
        evidence: grades.length > 0 ? (evidenceGrades[Math.max(...grades)] as string) : 'ratings only',
        score: overall.score,
        max_score: overall.maxScore,
        computed_rating: overall.computedRating,
        has_unknown_standard: overall.hasUnknownStandard,
        limited_by: overall.limitedBy,
        not_rated_because: overall.notRatedBecause,
      },
    ],
    'result.case_group': caseGroups.map((group) => ({ ...id, ...group })),
  };
}

/** Yes and relevant cases of a standard's key questions, summed; undefined when it has none or a count is not known. */
function summed(
  results: readonly (QuestionResult | undefined)[],
): { yes: number; relevant: number } | undefined {
  if (results.length === 0) return undefined;
  const sums = { yes: 0, relevant: 0 };
  for (const result of results) {
    if (!result || result.yes === null || result.relevant === null) return undefined;
    sums.yes += result.yes;
    sums.relevant += result.relevant;
  }
  return sums;
}
