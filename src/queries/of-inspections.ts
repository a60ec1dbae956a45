import { sql } from 'kysely';
import type { Connection } from '../database/connect.js';
import { ofWanted, rowsOf, type ViewRow, type Wanted } from './view.js';

// What the public views have of inspections.

/** An inspection's score and overall rating, computed and published; see the view's comments. */
export type OverallRatingRow = ViewRow<'overall_rating'>;

/**
 * The inspections wanted, in order of service and fieldwork (else publication).
 *
 * @example
 * const rows = await overallRating(db, { synthetic: false });
 * const lines = rows.map(({ service, score, max_score, rating }) => `${service}: ${score} of ${max_score}, ${rating}`);
 */
export function overallRating(db: Connection, wanted: Wanted = {}): Promise<OverallRatingRow[]> {
  return rowsOf(db, 'overall_rating', ofWanted(wanted), { by: ['service', 'as_of', 'inspection_id'] });
}

/** A standard's rating, why it is so, and what was published; see the view's comments. */
export type StandardRatingRow = ViewRow<'standard_rating'>;

/**
 * All standards of the inspections wanted, or one of them, by standard and inspection.
 *
 * @example
 * const rows = await standardRating(db, { standard: '2.3', synthetic: false });
 * const decided = rows.filter(({ discretion }) => discretion);
 */
export function standardRating(
  db: Connection,
  { standard, ...wanted }: Wanted & { standard?: string | undefined } = {},
): Promise<StandardRatingRow[]> {
  return rowsOf(
    db,
    'standard_rating',
    { ...ofWanted(wanted), standard },
    { by: ['inspection_id'], code: (row) => row.standard },
  );
}

/** A key question's counts, percentages, interval and band in an inspection; see the view's comments. */
export type KeyQuestionResultRow = ViewRow<'key_question_result'>;

/**
 * All key questions of the inspections wanted, or those of one standard, by key question and inspection.
 *
 * @example
 * const rows = await keyQuestionResult(db, { standard: '2.1', synthetic: false });
 * const weak = rows.filter(({ percent }) => percent !== null && percent < 65);
 */
export function keyQuestionResult(
  db: Connection,
  { standard, ...wanted }: Wanted & { standard?: string | undefined } = {},
): Promise<KeyQuestionResultRow[]> {
  return rowsOf(
    db,
    'key_question_result',
    { ...ofWanted(wanted), standard },
    { by: ['inspection_id'], code: (row) => row.key_question },
  );
}

/** A prompt's counts, percentages and interval in an inspection; see the view's comments. */
export type PromptResultRow = ViewRow<'prompt_result'>;

/**
 * All prompts of the inspections wanted, or those of one key question, by prompt and inspection. A key question's answer is its
 * own: its prompts say what lies behind it, and never add up to it.
 *
 * @example
 * const rows = await promptResult(db, { keyQuestion: '2.2.3', synthetic: false });
 * const weakest = rows.toSorted((a, b) => (a.percent ?? 101) - (b.percent ?? 101)).slice(0, 3);
 */
export function promptResult(
  db: Connection,
  { keyQuestion, ...wanted }: Wanted & { keyQuestion?: string | undefined } = {},
): Promise<PromptResultRow[]> {
  return rowsOf(
    db,
    'prompt_result',
    { ...ofWanted(wanted), key_question: keyQuestion },
    { by: ['inspection_id'], code: (row) => row.prompt },
  );
}

/** Answers to a key question for cases of one characteristic, small numbers protected; see the view's comments. */
export type SubgroupResultRow = ViewRow<'subgroup_result'>;

/**
 * The inspections wanted, split by every characteristic or by one (such as `gender` or `disposal`), by key question, inspection,
 * characteristic and value. Only inspections with case answers have rows: none of those that come with the package.
 *
 * @example
 * const rows = await subgroupResult(db, { attribute: 'gender', synthetic: true });
 * const open = rows.filter(({ marker }) => marker !== '[c]');
 */
export function subgroupResult(
  db: Connection,
  {
    attribute,
    keyQuestion,
    ...wanted
  }: Wanted & { attribute?: string | undefined; keyQuestion?: string | undefined } = {},
): Promise<SubgroupResultRow[]> {
  return rowsOf(
    db,
    'subgroup_result',
    { ...ofWanted(wanted), attribute, key_question: keyQuestion },
    { by: ['inspection_id', 'attribute', 'value'], code: (row) => row.key_question },
  );
}

/** Answers to what is asked of two samples of an inspection, and how they differ; see the view's comments. */
export type QuestionPairRow = ViewRow<'question_pair'>;

/**
 * Court beside out-of-court disposals in the inspections wanted, by key question and inspection.
 *
 * @example
 * const rows = await questionPair(db, { synthetic: false });
 * const clear = rows.filter(({ low_95, high_95 }) => low_95 !== null && high_95 !== null && low_95 * high_95 > 0);
 */
export function questionPair(db: Connection, wanted: Wanted = {}): Promise<QuestionPairRow[]> {
  return rowsOf(db, 'question_pair', ofWanted(wanted), {
    by: ['inspection_id'],
    code: (row) => row.key_question,
  });
}

/** How many answers a case-based standard's computed rating is from the next one; see the view's comments. */
export type StandardDistanceRow = ViewRow<'standard_distance'>;

/**
 * Every case-based standard of the inspections wanted, up before down, by inspection and standard.
 *
 * @example
 * const rows = await standardDistance(db, { synthetic: false });
 * const oneAnswer = rows.filter(({ direction, answers }) => direction === 'up' && answers === 1);
 */
export function standardDistance(db: Connection, wanted: Wanted = {}): Promise<StandardDistanceRow[]> {
  return rowsOf(db, 'standard_distance', ofWanted(wanted), {
    by: ['inspection_id', 'standard', { descending: 'direction' }],
  });
}

/** A rated standard, or the overall rating, of an inspection beside those of the same year and edition; see the view's comments. */
export type ServiceComparisonRow = ViewRow<'service_comparison'>;

/**
 * The inspections wanted, by inspection and standard, each beside everywhere, beside its region, and beside its groups in lists that
 * were loaded.
 *
 * @example
 * const rows = await serviceComparison(db, { synthetic: false });
 * const overall = rows.filter(({ standard, beside }) => standard === 'overall' && beside === 'everywhere');
 */
export function serviceComparison(db: Connection, wanted: Wanted = {}): Promise<ServiceComparisonRow[]> {
  return rowsOf(db, 'service_comparison', ofWanted(wanted), { by: ['inspection_id', 'standard', 'beside'] });
}

/** A recommendation, and to whom it is addressed; see the view's comments. */
export type RecommendationRow = ViewRow<'recommendation'>;

/**
 * The inspections wanted, in order of the recommendations in their reports.
 *
 * @example
 * const rows = await recommendation(db, { synthetic: false });
 * const toBoards = rows.filter(({ addressed_to }) => addressed_to.includes('Board'));
 */
export function recommendation(db: Connection, wanted: Wanted = {}): Promise<RecommendationRow[]> {
  return rowsOf(db, 'recommendation', ofWanted(wanted), { by: ['inspection_id', 'recommendation_no'] });
}

/** A strength or an area for improvement; see the view's comments. */
export type FindingRow = ViewRow<'finding'>;

/**
 * The inspections wanted, in order of the findings in their reports.
 *
 * @example
 * const rows = await finding(db, { synthetic: false });
 * const strengths = rows.filter(({ kind }) => kind === 'strength').map(({ summary }) => summary);
 */
export function finding(db: Connection, wanted: Wanted = {}): Promise<FindingRow[]> {
  return rowsOf(db, 'finding', ofWanted(wanted), { by: ['inspection_id', 'finding_no'] });
}

/** A contextual figure of an inspection, with the figure beside it; see the view's comments. */
export type ContextFactRow = ViewRow<'context_fact'>;

/**
 * The inspections wanted, in order of the facts in their reports.
 *
 * @example
 * const rows = await contextFact(db, { synthetic: false });
 * const ofGender = rows.filter(({ breakdown }) => breakdown === 'gender');
 */
export function contextFact(db: Connection, wanted: Wanted = {}): Promise<ContextFactRow[]> {
  return rowsOf(db, 'context_fact', ofWanted(wanted), { by: ['inspection_id', 'fact_no'] });
}

/** A contextual figure of an inspection beside the national one and the overall rating; see the view's comments. */
export type FactComparisonRow = ViewRow<'fact_comparison'>;

/**
 * The inspections wanted, in order of the facts in their reports.
 *
 * @example
 * const rows = await factComparison(db, { synthetic: false });
 * const higher = rows.filter(({ difference }) => difference !== null && difference > 0);
 */
export function factComparison(db: Connection, wanted: Wanted = {}): Promise<FactComparisonRow[]> {
  return rowsOf(db, 'fact_comparison', ofWanted(wanted), { by: ['inspection_id', 'fact_no'] });
}

/** What a standard (or 'overall') was rated, from when until when, and why that changed; see the view's comments. */
export type RatingVersionRow = ViewRow<'rating_version'>;

/**
 * All versions of the ratings wanted, or those that stood at a moment, by inspection, standard and version. Inspections that were
 * removed since are among them.
 *
 * @example
 * const rows = await ratingVersion(db, { asOf: new Date(), standard: 'overall' });
 */
export function ratingVersion(
  db: Connection,
  { standard, asOf, ...wanted }: Wanted & { standard?: string | undefined; asOf?: Date | undefined } = {},
): Promise<RatingVersionRow[]> {
  const at = asOf?.toISOString();
  const only = sql<boolean>`recorded_from::timestamptz <= ${at}::timestamptz
    and (recorded_until is null or recorded_until::timestamptz > ${at}::timestamptz)
    and recorded_from is distinct from recorded_until`;
  return rowsOf(
    db,
    'rating_version',
    { ...ofWanted(wanted), standard },
    {
      by: ['service', 'inspection_id', 'version'],
      code: (row) => row.standard,
      only: at === undefined ? undefined : only,
    },
  );
}
