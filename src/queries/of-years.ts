import { sql } from 'kysely';
import type { Connection } from '../database/connect.js';
import { isSynthetic, rowsOf, type Synthetic, type ViewRow } from './view.js';

// What the public views have of years, over all inspections of each.

/** How many inspections of a year have a rating; see the view's comments. */
export type RatingInYear = ViewRow<'rating_trend'> & {
  // never null for a rating of the scale
  [Column in 'rating_rank' | 'share' | 'low' | 'high' | 'low_95' | 'high_95']: number;
};

/**
 * Ratings by year and edition, of one standard (or 'overall') or of all, every rating of the scale each time, the lowest first
 * (the view has what is not rated, and not known, too);
 * `synthetic` counts invented inspections in place of real ones: they are never pooled.
 *
 * @example
 * const rows = await ratingTrend(db, { standard: 'overall' });
 * const good = rows.filter(({ rating, inspections }) => rating === 'Good' && inspections > 0);
 */
export async function ratingTrend(
  db: Connection,
  { standard, synthetic }: { standard?: string | undefined; synthetic?: Synthetic } = {},
): Promise<RatingInYear[]> {
  const rows = await rowsOf(
    db,
    'rating_trend',
    { is_synthetic: isSynthetic(synthetic), standard },
    {
      by: ['is_synthetic', 'standard', 'edition', 'year', 'rating_rank'],
      // Overall first, as a report has it.
      code: (row) => (row.standard === 'overall' ? '' : row.standard),
    },
  );
  return rows.filter((row): row is RatingInYear => row.rating_rank !== null);
}

/** Answers to all key questions of a standard in a year, pooled; see the view's comments. */
export type StandardTrendRow = ViewRow<'standard_trend'>;

/**
 * All case-based standards, or one, by standard, year and edition.
 *
 * @example
 * const rows = await standardTrend(db, { standard: '2.1', synthetic: false });
 * const lines = rows.map(({ year, edition, yes, relevant }) => `${year} (${edition}): ${yes} of ${relevant}`);
 */
export function standardTrend(
  db: Connection,
  { standard, synthetic }: { standard?: string | undefined; synthetic?: Synthetic } = {},
): Promise<StandardTrendRow[]> {
  return rowsOf(
    db,
    'standard_trend',
    { is_synthetic: isSynthetic(synthetic), standard },
    { by: ['is_synthetic', 'year', 'edition'], code: (row) => row.standard },
  );
}

/** Answers to a key question in a year and edition, pooled over its inspections; see the view's comments. */
export type KeyQuestionInYear = ViewRow<'key_question_trend'>;

/**
 * Key questions by year and edition, of one standard (a code, in each edition) or of all, those of one series (question_series)
 * together; `synthetic` counts invented
 * inspections in place of real ones: they are never pooled.
 *
 * @example
 * const rows = await keyQuestionTrend(db, { standard: '2.1' });
 * const whole = rows.filter(({ series_break }) => !series_break);
 */
export function keyQuestionTrend(
  db: Connection,
  { standard, synthetic }: { standard?: string | undefined; synthetic?: Synthetic } = {},
): Promise<KeyQuestionInYear[]> {
  return rowsOf(
    db,
    'key_question_trend',
    { is_synthetic: isSynthetic(synthetic), standard },
    { by: ['is_synthetic', 'year', 'edition'], code: (row) => row.question_series.replace(/^\S+ /, '') },
  );
}

/** Answers to a key question over all years of an edition, pooled over its inspections; see the view's comments. */
export type KeyQuestionInAllYears = ViewRow<'key_question_all_years'>;

/**
 * Key questions by edition, of one standard (a code, in each edition) or of all; `synthetic` counts invented inspections in place of
 * real ones: they are never pooled.
 *
 * @example
 * const rows = await keyQuestionAllYears(db, { standard: '2.1', synthetic: true });
 * const widths = rows.map(({ low_95, high_95 }) => (high_95 ?? 0) - (low_95 ?? 0));
 */
export function keyQuestionAllYears(
  db: Connection,
  { standard, synthetic }: { standard?: string | undefined; synthetic?: Synthetic } = {},
): Promise<KeyQuestionInAllYears[]> {
  return rowsOf(
    db,
    'key_question_all_years',
    { is_synthetic: isSynthetic(synthetic), standard },
    { by: ['is_synthetic', 'edition'], code: (row) => row.key_question },
  );
}

/** Answers to a key question for cases of one characteristic in a year, over all its inspections; see the view's comments. */
export type SubgroupInYear = ViewRow<'subgroup_trend'>;

/**
 * Every characteristic or one (such as `gender` or `disposal`), by key question, year and value; `synthetic` counts invented
 * inspections in place of real ones: they are never pooled.
 *
 * @example
 * const rows = await subgroupTrend(db, { attribute: 'gender', synthetic: true });
 * const open = rows.filter(({ marker }) => marker !== '[c]');
 */
export function subgroupTrend(
  db: Connection,
  {
    attribute,
    keyQuestion,
    synthetic,
  }: { attribute?: string | undefined; keyQuestion?: string | undefined; synthetic?: Synthetic } = {},
): Promise<SubgroupInYear[]> {
  return rowsOf(
    db,
    'subgroup_trend',
    { is_synthetic: isSynthetic(synthetic), attribute, key_question: keyQuestion },
    { by: ['is_synthetic', 'edition', 'year', 'attribute', 'value'], code: (row) => row.key_question },
  );
}

/** Answers to a key question for cases of one characteristic over all years of an edition; see the view's comments. */
export type SubgroupInAllYears = ViewRow<'subgroup_all_years'>;

/**
 * The same over all years of an edition, which show more than one year may; `synthetic` counts invented inspections in place of real
 * ones: they are never pooled.
 *
 * @example
 * const rows = await subgroupAllYears(db, { attribute: 'gender', synthetic: true });
 * const girls = rows.filter(({ value }) => value === 'female');
 */
export function subgroupAllYears(
  db: Connection,
  {
    attribute,
    keyQuestion,
    synthetic,
  }: { attribute?: string | undefined; keyQuestion?: string | undefined; synthetic?: Synthetic } = {},
): Promise<SubgroupInAllYears[]> {
  return rowsOf(
    db,
    'subgroup_all_years',
    { is_synthetic: isSynthetic(synthetic), attribute, key_question: keyQuestion },
    { by: ['is_synthetic', 'edition', 'attribute', 'value'], code: (row) => row.key_question },
  );
}

/** Answers of a year to what is asked of two samples, and how they differ; see the view's comments. */
export type QuestionPairInYear = ViewRow<'question_pair_trend'>;

/**
 * Court beside out-of-court disposals, by key question, edition and year; `synthetic` counts invented inspections in place of real
 * ones: they are never pooled.
 *
 * @example
 * const rows = await questionPairTrend(db);
 * const differences = rows.map(({ year, key_question, difference }) => ({ year, key_question, difference }));
 */
export function questionPairTrend(
  db: Connection,
  { synthetic }: { synthetic?: Synthetic } = {},
): Promise<QuestionPairInYear[]> {
  return rowsOf(
    db,
    'question_pair_trend',
    { is_synthetic: isSynthetic(synthetic) },
    { by: ['is_synthetic', 'edition', 'year'], code: (row) => row.key_question },
  );
}

/** How often a key question set its standard's computed rating in a year; see the view's comments. */
export type RatingDriverRow = ViewRow<'rating_driver'>;

/**
 * All years, or one, by year, edition, key question and rank of the rating.
 *
 * @example
 * const rows = await ratingDriver(db, { synthetic: false });
 * const drivers = rows.filter(({ rating, driving }) => rating === 'Requires improvement' && driving > 0);
 */
export function ratingDriver(
  db: Connection,
  { year, synthetic }: { year?: number | undefined; synthetic?: Synthetic } = {},
): Promise<RatingDriverRow[]> {
  return rowsOf(
    db,
    'rating_driver',
    { is_synthetic: isSynthetic(synthetic), year },
    { by: ['is_synthetic', 'year', 'edition', 'key_question', 'rating_rank'] },
  );
}

/** How often panels replaced a standard's computed rating in a year; see the view's comments. */
export type DiscretionTrendRow = ViewRow<'discretion_trend'>;

/**
 * All years, or one, by year, edition and standard.
 *
 * @example
 * const rows = await discretionTrend(db, { synthetic: false });
 * const raised = rows.filter(({ up }) => up > 0);
 */
export function discretionTrend(
  db: Connection,
  { year, synthetic }: { year?: number | undefined; synthetic?: Synthetic } = {},
): Promise<DiscretionTrendRow[]> {
  return rowsOf(
    db,
    'discretion_trend',
    { is_synthetic: isSynthetic(synthetic), year },
    { by: ['is_synthetic', 'year', 'edition', 'standard'] },
  );
}

/** Inspections of a year that are known, beside the total that the Inspectorate published; see the view's comments. */
export type PublishedTotalRow = ViewRow<'published_total'>;

/**
 * The Inspectorate's totals by year: all inspections, then each rating, the best first, then those known without one.
 *
 * @example
 * const rows = await publishedTotal(db);
 * const missing = rows.filter(({ rating }) => rating === 'all').map((row) => `${row.inspectorate_year}: ${row.missing}`);
 */
export function publishedTotal(db: Connection): Promise<PublishedTotalRow[]> {
  const order = [
    'published_from',
    sql`rating <> 'all'`,
    sql`rating = 'none known'`,
    { descending: 'rating_rank' },
    'or_better',
  ] as const;
  return rowsOf(db, 'published_total', {}, { by: order });
}
