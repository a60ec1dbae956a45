import { sql } from 'kysely';
import { rowsAsJson } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import type { Rounding } from '../ratings/rules.js';
import { type Asked, asking, byCode, rowsOf, type ViewRow } from './view.js';

// What the public views have of years, over all inspections of each: real ones, or invented ones. They are never pooled. Rows come by code
// (of a standard or question, 'overall' first), year and edition.

export type RatingInYear = ViewRow<'rating_trend'> & {
  // never null for a rating of the scale
  [Column in 'rating_rank' | 'share' | 'low' | 'high' | 'low_95' | 'high_95']: number;
};
/**
 * How many inspections have each rating of the scale, the lowest first. The view has what is not rated, and not known, too.
 * @example
 * const rows = await ratingTrend(db, { standard: 'overall' });
 * const good = rows.filter(({ rating, inspections }) => rating === 'Good' && inspections > 0);
 */
export async function ratingTrend(
  db: Connection,
  wanted: Asked<'rating_trend'> = {},
): Promise<RatingInYear[]> {
  const rows = await rowsOf(db, 'rating_trend', wanted);
  return rows.filter((row): row is RatingInYear => row.rating_rank !== null);
}

/**
 * Answers to all key questions of a case-based standard, pooled.
 * @example
 * const rows = await standardTrend(db, { standard: '2.1', synthetic: false });
 * const lines = rows.map(({ year, edition, yes, relevant }) => `${year} (${edition}): ${yes} of ${relevant}`);
 */
export const standardTrend = asking('standard_trend');

/**
 * Answers to key questions, pooled, by series (question_series); `standard` keeps those of a code in each edition.
 * @example
 * const rows = await keyQuestionTrend(db, { standard: '2.1' });
 * const whole = rows.filter(({ series_break }) => !series_break);
 */
export async function keyQuestionTrend(
  db: Connection,
  wanted: Asked<'key_question_trend'> = {},
): Promise<ViewRow<'key_question_trend'>[]> {
  const rows = await rowsOf(db, 'key_question_trend', wanted);
  return byCode(rows, ({ question_series }) => question_series.replace(/^\S+ /, ''));
}

/**
 * Answers to key questions over all years of an edition, pooled.
 * @example
 * const rows = await keyQuestionAllYears(db, { standard: '2.1', synthetic: true });
 * const widths = rows.map(({ low_95, high_95 }) => (high_95 ?? 0) - (low_95 ?? 0));
 */
export const keyQuestionAllYears = asking('key_question_all_years');

/**
 * Answers split by characteristics of the cases (such as `gender` or `disposal`), small numbers protected.
 * @example
 * const rows = await subgroupTrend(db, { attribute: 'gender', synthetic: true });
 * const open = rows.filter(({ marker }) => marker !== '[c]');
 */
export const subgroupTrend = asking('subgroup_trend');

/**
 * The same over all years of an edition, which show more than one year may.
 * @example
 * const rows = await subgroupAllYears(db, { attribute: 'gender', synthetic: true });
 * const girls = rows.filter(({ value }) => value === 'female');
 */
export const subgroupAllYears = asking('subgroup_all_years');

/**
 * Court beside out-of-court disposals, and how they differ.
 * @example
 * const rows = await questionPairTrend(db);
 * const differences = rows.map(({ year, key_question, difference }) => ({ year, key_question, difference }));
 */
export const questionPairTrend = asking('question_pair_trend');

/**
 * How often a key question set its standard's computed rating.
 * @example
 * const rows = await ratingDriver(db, { synthetic: false });
 * const drivers = rows.filter(({ rating, driving }) => rating === 'Requires improvement' && driving > 0);
 */
export const ratingDriver = asking('rating_driver');

/**
 * How often panels replaced a standard's computed rating.
 * @example
 * const rows = await discretionTrend(db, { synthetic: false });
 * const raised = rows.filter(({ up }) => up > 0);
 */
export const discretionTrend = asking('discretion_trend');

/**
 * Inspections that are known beside the Inspectorate's totals, by year: all, then each rating, the best first, then those without one.
 * @example
 * const rows = await publishedTotal(db);
 * const missing = rows.filter(({ rating }) => rating === 'all').map((row) => `${row.inspectorate_year}: ${row.missing}`);
 */
export function publishedTotal(db: Connection): Promise<ViewRow<'published_total'>[]> {
  const totals = db
    .selectFrom('analytics.published_total')
    .selectAll()
    .orderBy('published_from')
    .orderBy(sql`rating <> 'all'`)
    .orderBy('rating_rank', (order) => order.desc().nullsLast())
    .orderBy('or_better');
  return rowsAsJson(db, totals);
}

/** How figures that belong to no edition (trends, comparisons, splits) are shown: levels of intervals are in percent. */
export type DisplayRule = ViewRow<'display_rule'> & { rounding: Rounding };
/**
 * The rule that the views show such figures by.
 * @example
 * const rule = await displayRule(db);
 * const heading = `${rule.confidence_level}% interval`;
 */
export async function displayRule(db: Connection): Promise<DisplayRule> {
  const [rule] = await rowsOf(db, 'display_rule', { synthetic: 'both' });
  return rule as DisplayRule;
}
