import type { Insertable } from 'kysely';
import type { DB } from '../../database/schema.js';
import type { InspectionResult } from '../../ratings/inspection.js';
import { evidenceGrades, type QuestionResult } from '../../ratings/question.js';

/** The tables that results are kept in. */
export const resultTables = [
  'result.key_question',
  'result.prompt',
  'result.answer_bits',
  'result.standard',
  'result.standard_count',
  'result.overall',
  'result.case_group',
] as const satisfies readonly (keyof DB)[];

/** The rows of an inspection's results by table. All rows of a table have the same columns. */
export type ResultRows = { [Table in (typeof resultTables)[number]]: Insertable<DB[Table]>[] };

/** An inspection's key, and what its results are told by: keys of questions by code. */
export interface Kept {
  inspectionId: number;
  edition: string;
  year: number;
  isSynthetic: boolean;
  questionId: (code: string) => number;
  answerBits: readonly {
    question_id: number;
    questionnaire_id: number;
    yes_cases: string;
    no_cases: string;
  }[];
  caseGroups: readonly { questionnaire_id: number; attribute: string; value: string; cases: string }[];
}

/** Results as rows of the tables. Pure. */
export function resultRows(
  { rules, keyQuestions, prompts, standards, overall }: InspectionResult,
  {
    inspectionId: inspection_id,
    edition,
    year,
    isSynthetic: is_synthetic,
    questionId,
    answerBits,
    caseGroups,
  }: Kept,
): ResultRows {
  const rank = (rating: string | null) => (rating === null ? null : rules.ratings.indexOf(rating));
  // Written out, without parts spread from other objects: of a national programme these are seventy thousand.
  const figures = (code: string, result: QuestionResult) => ({
    inspection_id,
    question_id: questionId(code),
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
  });
  const grades = [...keyQuestions.values()].map(({ evidence }) => evidenceGrades.indexOf(evidence));
  return {
    'result.key_question': Array.from(keyQuestions, ([code, result]) => ({
      ...figures(code, result),
      rating: result.rating,
      rating_rank: rank(result.rating),
      low: result.low,
      high: result.high,
      rounding_matters: result.roundingMatters,
    })),
    'result.prompt': Array.from(prompts, ([code, result]) => figures(code, result)),
    'result.answer_bits': answerBits.map((bits) => ({ inspection_id, ...bits })),
    'result.standard': standards.map((standard) => ({
      inspection_id,
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
    })),
    'result.standard_count': standards.flatMap((standard) => {
      const sums = summed(standard.keyQuestions.map((code) => keyQuestions.get(code)));
      return sums
        ? [
            {
              inspection_id,
              standard_code: standard.code,
              edition_code: edition,
              year,
              is_synthetic,
              ...sums,
            },
          ]
        : [];
    }),
    'result.overall': [
      {
        inspection_id,
        evidence: grades.length > 0 ? (evidenceGrades[Math.max(...grades)] as string) : 'ratings only',
        score: overall.score,
        max_score: overall.maxScore,
        computed_rating: overall.computedRating,
        has_unknown_standard: overall.hasUnknownStandard,
        limited_by: overall.limitedBy,
        not_rated_because: overall.notRatedBecause,
      },
    ],
    'result.case_group': caseGroups.map((group) => ({ inspection_id, ...group })),
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
