import { sql } from 'kysely';
import type { Connection } from '../database/connect.js';
import { asking, isSynthetic, rowsOf, type ViewRow, type Wanted } from './view.js';

// What the public views have of inspections: of one, or of all real ones, invented ones, or both.

const inspection = { inspectionId: 'inspection_id' } as const;

export type OverallRatingRow = ViewRow<'overall_rating'>;
/**
 * Scores and overall ratings, computed and published, by service and fieldwork (else publication).
 * @example
 * const rows = await overallRating(db, { synthetic: false });
 * const lines = rows.map(({ service, score, max_score, rating }) => `${service}: ${score} of ${max_score}, ${rating}`);
 */
export const overallRating = asking('overall_rating', inspection, {
  by: ['service', 'as_of', 'inspection_id'],
});

export type StandardRatingRow = ViewRow<'standard_rating'>;
/**
 * Ratings of standards, why they are so, and what was published, by standard and inspection.
 * @example
 * const rows = await standardRating(db, { standard: '2.3', synthetic: false });
 * const decided = rows.filter(({ discretion }) => discretion);
 */
export const standardRating = asking(
  'standard_rating',
  { ...inspection, standard: 'standard' },
  { by: ['inspection_id'], code: (row) => row.standard },
);

export type KeyQuestionResultRow = ViewRow<'key_question_result'>;
/**
 * Counts, percentages, intervals and bands, by key question and inspection; `standard` keeps the key questions of one.
 * @example
 * const rows = await keyQuestionResult(db, { standard: '2.1', synthetic: false });
 * const weak = rows.filter(({ percent }) => percent !== null && percent < 65);
 */
export const keyQuestionResult = asking(
  'key_question_result',
  { ...inspection, standard: 'standard' },
  { by: ['inspection_id'], code: (row) => row.key_question },
);

export type PromptResultRow = ViewRow<'prompt_result'>;
/**
 * Counts, percentages and intervals, by prompt and inspection; `keyQuestion` keeps the prompts of one. A key question's answer is
 * its own: its prompts say what lies behind it, and never add up to it.
 * @example
 * const rows = await promptResult(db, { keyQuestion: '2.2.3', synthetic: false });
 * const weakest = rows.toSorted((a, b) => (a.percent ?? 101) - (b.percent ?? 101)).slice(0, 3);
 */
export const promptResult = asking(
  'prompt_result',
  { ...inspection, keyQuestion: 'key_question' },
  { by: ['inspection_id'], code: (row) => row.prompt },
);

export type SubgroupResultRow = ViewRow<'subgroup_result'>;
/**
 * Answers split by characteristics of the cases (such as `gender` or `disposal`), small numbers protected, by key question,
 * inspection, characteristic and value. Only inspections with case answers have rows: none of those that come with the package.
 * @example
 * const rows = await subgroupResult(db, { attribute: 'gender', synthetic: true });
 * const open = rows.filter(({ marker }) => marker !== '[c]');
 */
export const subgroupResult = asking(
  'subgroup_result',
  { ...inspection, attribute: 'attribute', keyQuestion: 'key_question' },
  { by: ['inspection_id', 'attribute', 'value'], code: (row) => row.key_question },
);

export type QuestionPairRow = ViewRow<'question_pair'>;
/**
 * Court beside out-of-court disposals, and how they differ, by key question and inspection.
 * @example
 * const rows = await questionPair(db, { synthetic: false });
 * const clear = rows.filter(({ low_95, high_95 }) => low_95 !== null && high_95 !== null && low_95 * high_95 > 0);
 */
export const questionPair = asking('question_pair', inspection, {
  by: ['inspection_id'],
  code: (row) => row.key_question,
});

export type StandardDistanceRow = ViewRow<'standard_distance'>;
/**
 * How many answers a case-based standard's computed rating is from the next one, up before down, by inspection and standard.
 * @example
 * const rows = await standardDistance(db, { synthetic: false });
 * const oneAnswer = rows.filter(({ direction, answers }) => direction === 'up' && answers === 1);
 */
export const standardDistance = asking('standard_distance', inspection, {
  by: ['inspection_id', 'standard', { descending: 'direction' }],
});

export type ServiceComparisonRow = ViewRow<'service_comparison'>;
/**
 * Ratings of standards, and overall, by inspection and standard, each beside those of the same year and edition: everywhere, in its
 * region, and in its groups in lists that were loaded.
 * @example
 * const rows = await serviceComparison(db, { synthetic: false });
 * const overall = rows.filter(({ standard, beside }) => standard === 'overall' && beside === 'everywhere');
 */
export const serviceComparison = asking('service_comparison', inspection, {
  by: ['inspection_id', 'standard', 'beside'],
});

export type RecommendationRow = ViewRow<'recommendation'>;
/**
 * Recommendations and to whom they are addressed, by inspection, in the order of its report.
 * @example
 * const rows = await recommendation(db, { synthetic: false });
 * const toBoards = rows.filter(({ addressed_to }) => addressed_to.includes('Board'));
 */
export const recommendation = asking('recommendation', inspection, {
  by: ['inspection_id', 'recommendation_no'],
});

export type FindingRow = ViewRow<'finding'>;
/**
 * Strengths and areas for improvement, by inspection, in the order of its report.
 * @example
 * const rows = await finding(db, { synthetic: false });
 * const strengths = rows.filter(({ kind }) => kind === 'strength').map(({ summary }) => summary);
 */
export const finding = asking('finding', inspection, { by: ['inspection_id', 'finding_no'] });

export type ContextFactRow = ViewRow<'context_fact'>;
/**
 * Contextual figures, by inspection, in the order of its report.
 * @example
 * const rows = await contextFact(db, { synthetic: false });
 * const ofGender = rows.filter(({ breakdown }) => breakdown === 'gender');
 */
export const contextFact = asking('context_fact', inspection, { by: ['inspection_id', 'fact_no'] });

export type FactComparisonRow = ViewRow<'fact_comparison'>;
/**
 * Contextual figures beside the national ones and the overall rating, by inspection, in the order of its report.
 * @example
 * const rows = await factComparison(db, { synthetic: false });
 * const higher = rows.filter(({ difference }) => difference !== null && difference > 0);
 */
export const factComparison = asking('fact_comparison', inspection, { by: ['inspection_id', 'fact_no'] });

export type RatingVersionRow = ViewRow<'rating_version'>;
/**
 * What standards (or 'overall') were rated, from when until when, and why that changed, by inspection, standard and version;
 * `asOf` keeps what stood at a moment. Inspections that were removed since are among them.
 * @example
 * const rows = await ratingVersion(db, { asOf: new Date(), standard: 'overall' });
 */
export function ratingVersion(
  db: Connection,
  {
    standard,
    asOf,
    inspectionId,
    synthetic,
  }: Wanted & { standard?: string | undefined; asOf?: Date | undefined } = {},
): Promise<RatingVersionRow[]> {
  const is_synthetic = isSynthetic(synthetic, inspectionId !== undefined);
  const at = asOf?.toISOString();
  const stood = sql<boolean>`recorded_from::timestamptz <= ${at}::timestamptz
    and (recorded_until is null or recorded_until::timestamptz > ${at}::timestamptz)
    and recorded_from is distinct from recorded_until`;
  return rowsOf(
    db,
    'rating_version',
    { inspection_id: inspectionId, is_synthetic, standard },
    { by: ['service', 'inspection_id', 'version'], code: (row) => row.standard },
    at === undefined ? undefined : stood,
  );
}
