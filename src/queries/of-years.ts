import { sql } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { Rounding } from '../ratings/rules.js';
import { asking, isSynthetic, rowsOf, type Synthetic, type ViewRow } from './view.js';

// What the public views have of years, over all inspections of each: real ones, or invented ones. They are never pooled.

export type RatingInYear = ViewRow<'rating_trend'> & {
  // never null for a rating of the scale
  [Column in 'rating_rank' | 'share' | 'low' | 'high' | 'low_95' | 'high_95']: number;
};
/**
 * How many inspections have each rating of the scale, the lowest first, by standard ('overall' first), edition and year. The view
 * has what is not rated, and not known, too.
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
      code: (row) => (row.standard === 'overall' ? '' : row.standard),
    },
  );
  return rows.filter((row): row is RatingInYear => row.rating_rank !== null);
}

export type StandardTrendRow = ViewRow<'standard_trend'>;
/**
 * Answers to all key questions of a case-based standard, pooled, by standard, year and edition.
 * @example
 * const rows = await standardTrend(db, { standard: '2.1', synthetic: false });
 * const lines = rows.map(({ year, edition, yes, relevant }) => `${year} (${edition}): ${yes} of ${relevant}`);
 */
export const standardTrend = asking(
  'standard_trend',
  { standard: 'standard' },
  { by: ['is_synthetic', 'year', 'edition'], code: (row) => row.standard },
);

export type KeyQuestionInYear = ViewRow<'key_question_trend'>;
/**
 * Answers to key questions, pooled, by series (question_series), year and edition; `standard` keeps those of a code in each edition.
 * @example
 * const rows = await keyQuestionTrend(db, { standard: '2.1' });
 * const whole = rows.filter(({ series_break }) => !series_break);
 */
export const keyQuestionTrend = asking(
  'key_question_trend',
  { standard: 'standard' },
  { by: ['is_synthetic', 'year', 'edition'], code: (row) => row.question_series.replace(/^\S+ /, '') },
);

export type KeyQuestionInAllYears = ViewRow<'key_question_all_years'>;
/**
 * Answers to key questions over all years of an edition, pooled, by key question and edition.
 * @example
 * const rows = await keyQuestionAllYears(db, { standard: '2.1', synthetic: true });
 * const widths = rows.map(({ low_95, high_95 }) => (high_95 ?? 0) - (low_95 ?? 0));
 */
export const keyQuestionAllYears = asking(
  'key_question_all_years',
  { standard: 'standard' },
  { by: ['is_synthetic', 'edition'], code: (row) => row.key_question },
);

export type SubgroupInYear = ViewRow<'subgroup_trend'>;
/**
 * Answers split by characteristics of the cases (such as `gender` or `disposal`), small numbers protected, by key question, edition,
 * year and value.
 * @example
 * const rows = await subgroupTrend(db, { attribute: 'gender', synthetic: true });
 * const open = rows.filter(({ marker }) => marker !== '[c]');
 */
export const subgroupTrend = asking(
  'subgroup_trend',
  { attribute: 'attribute', keyQuestion: 'key_question' },
  { by: ['is_synthetic', 'edition', 'year', 'attribute', 'value'], code: (row) => row.key_question },
);

export type SubgroupInAllYears = ViewRow<'subgroup_all_years'>;
/**
 * The same over all years of an edition, which show more than one year may.
 * @example
 * const rows = await subgroupAllYears(db, { attribute: 'gender', synthetic: true });
 * const girls = rows.filter(({ value }) => value === 'female');
 */
export const subgroupAllYears = asking(
  'subgroup_all_years',
  { attribute: 'attribute', keyQuestion: 'key_question' },
  { by: ['is_synthetic', 'edition', 'attribute', 'value'], code: (row) => row.key_question },
);

export type QuestionPairInYear = ViewRow<'question_pair_trend'>;
/**
 * Court beside out-of-court disposals, and how they differ, by key question, edition and year.
 * @example
 * const rows = await questionPairTrend(db);
 * const differences = rows.map(({ year, key_question, difference }) => ({ year, key_question, difference }));
 */
export const questionPairTrend = asking(
  'question_pair_trend',
  {},
  { by: ['is_synthetic', 'edition', 'year'], code: (row) => row.key_question },
);

export type RatingDriverRow = ViewRow<'rating_driver'>;
/**
 * How often a key question set its standard's computed rating, by year, edition, key question and rank of the rating.
 * @example
 * const rows = await ratingDriver(db, { synthetic: false });
 * const drivers = rows.filter(({ rating, driving }) => rating === 'Requires improvement' && driving > 0);
 */
export const ratingDriver = asking(
  'rating_driver',
  { year: 'year' },
  { by: ['is_synthetic', 'year', 'edition', 'key_question', 'rating_rank'] },
);

export type DiscretionTrendRow = ViewRow<'discretion_trend'>;
/**
 * How often panels replaced a standard's computed rating, by year, edition and standard.
 * @example
 * const rows = await discretionTrend(db, { synthetic: false });
 * const raised = rows.filter(({ up }) => up > 0);
 */
export const discretionTrend = asking(
  'discretion_trend',
  { year: 'year' },
  { by: ['is_synthetic', 'year', 'edition', 'standard'] },
);

export type PublishedTotalRow = ViewRow<'published_total'>;
/**
 * Inspections that are known beside the Inspectorate's totals, by year: all, then each rating, the best first, then those without one.
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

/** How figures that belong to no edition (trends, comparisons, splits) are shown: levels of intervals are in percent. */
export type DisplayRule = ViewRow<'display_rule'> & { rounding: Rounding };
/**
 * The rule that the views show such figures by.
 * @example
 * const rule = await displayRule(db);
 * const heading = `${rule.confidence_level}% interval`;
 */
export async function displayRule(db: Connection): Promise<DisplayRule> {
  const [rule] = await rowsOf(db, 'display_rule', {}, { by: [] });
  return rule as DisplayRule;
}
