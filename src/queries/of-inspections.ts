import { sql } from 'kysely';
import type { Connection } from '../database/connect.js';
import { type Asked, asking, rowsOf, type ViewRow } from './view.js';

// What the public views have of inspections: of one (inspectionId), or of all real ones, invented ones, or both (synthetic). Columns that
// are named keep rows of a value. Rows come by code (of a standard or question), service and time.

export type OverallRatingRow = ViewRow<'overall_rating'>;
/**
 * Scores and overall ratings, computed and published.
 * @example
 * const rows = await overallRating(db, { synthetic: false });
 * const lines = rows.map(({ service, score, max_score, rating }) => `${service}: ${score} of ${max_score}, ${rating}`);
 */
export const overallRating = asking('overall_rating');

export type StandardRatingRow = ViewRow<'standard_rating'>;
/**
 * Ratings of standards, why they are so, and what was published.
 * @example
 * const rows = await standardRating(db, { standard: '2.3', synthetic: false });
 * const decided = rows.filter(({ discretion }) => discretion);
 */
export const standardRating = asking('standard_rating');

/**
 * Counts, percentages, intervals and bands of key questions.
 * @example
 * const rows = await keyQuestionResult(db, { standard: '2.1', synthetic: false });
 * const weak = rows.filter(({ percent }) => percent !== null && percent < 65);
 */
export const keyQuestionResult = asking('key_question_result');

/**
 * Counts, percentages and intervals of prompts. A key question's answer is its own: its prompts say what lies behind it, and never
 * add up to it.
 * @example
 * const rows = await promptResult(db, { key_question: '2.2.3', synthetic: false });
 * const weakest = rows.toSorted((a, b) => (a.percent ?? 101) - (b.percent ?? 101)).slice(0, 3);
 */
export const promptResult = asking('prompt_result');

/**
 * Answers split by characteristics of the cases (such as `gender` or `disposal`), small numbers protected. Only inspections with
 * case answers have rows: none of those that come with the package.
 * @example
 * const rows = await subgroupResult(db, { attribute: 'gender', synthetic: true });
 * const open = rows.filter(({ marker }) => marker !== '[c]');
 */
export const subgroupResult = asking('subgroup_result');

/**
 * Court beside out-of-court disposals, and how they differ.
 * @example
 * const rows = await questionPair(db, { synthetic: false });
 * const clear = rows.filter(({ low_95, high_95 }) => low_95 !== null && high_95 !== null && low_95 * high_95 > 0);
 */
export const questionPair = asking('question_pair');

export type StandardDistanceRow = ViewRow<'standard_distance'>;
/**
 * How many answers a case-based standard's computed rating is from the next one, up before down.
 * @example
 * const rows = await standardDistance(db, { synthetic: false });
 * const oneAnswer = rows.filter(({ direction, answers }) => direction === 'up' && answers === 1);
 */
export const standardDistance = asking('standard_distance');

/**
 * Ratings of standards, and overall, each beside those of the same year and edition: everywhere, in its region, and in its groups in
 * lists that were loaded.
 * @example
 * const rows = await serviceComparison(db, { synthetic: false });
 * const overall = rows.filter(({ standard, beside }) => standard === 'overall' && beside === 'everywhere');
 */
export const serviceComparison = asking('service_comparison');

/**
 * Recommendations and to whom they are addressed, in the order of the report.
 * @example
 * const rows = await recommendation(db, { synthetic: false });
 * const toBoards = rows.filter(({ addressed_to }) => addressed_to.includes('Board'));
 */
export const recommendation = asking('recommendation', 'inspection_id', 'recommendation_no');

/**
 * Strengths and areas for improvement, in the order of the report.
 * @example
 * const rows = await finding(db, { synthetic: false });
 * const strengths = rows.filter(({ kind }) => kind === 'strength').map(({ summary }) => summary);
 */
export const finding = asking('finding', 'inspection_id', 'finding_no');

/**
 * Contextual figures, in the order of the report.
 * @example
 * const rows = await contextFact(db, { synthetic: false });
 * const ofGender = rows.filter(({ breakdown }) => breakdown === 'gender');
 */
export const contextFact = asking('context_fact', 'inspection_id', 'fact_no');

/**
 * Contextual figures beside the national ones and the overall rating, in the order of the report.
 * @example
 * const rows = await factComparison(db, { synthetic: false });
 * const higher = rows.filter(({ difference }) => difference !== null && difference > 0);
 */
export const factComparison = asking('fact_comparison', 'inspection_id', 'fact_no');

export type RatingVersionRow = ViewRow<'rating_version'>;
/**
 * What standards (or 'overall') were rated, from when until when, and why that changed, by standard, inspection and version;
 * `asOf` keeps what stood at a moment. Inspections that were removed since are among them.
 * @example
 * const rows = await ratingVersion(db, { asOf: new Date(), standard: 'overall' });
 */
export async function ratingVersion(
  db: Connection,
  { asOf, ...wanted }: Asked<'rating_version'> & { asOf?: Date | undefined } = {},
): Promise<RatingVersionRow[]> {
  if (asOf !== undefined && !(asOf instanceof Date)) throw new RangeError('asOf has to be a Date.');
  const at = asOf?.toISOString();
  const stood = sql<boolean>`recorded_from::timestamptz <= ${at}::timestamptz
    and (recorded_until is null or recorded_until::timestamptz > ${at}::timestamptz)
    and recorded_from is distinct from recorded_until`;
  return rowsOf(db, 'rating_version', wanted, { only: asOf && stood });
}
