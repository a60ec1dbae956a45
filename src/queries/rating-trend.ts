import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { byCode } from './by-code.js';
import type { Given } from './given.js';

/** Columns of a row that are never null. */
export const givenOfRatingTrend = [
  'year',
  'edition',
  'standard',
  'rating',
  'inspections',
  'as_published',
  'rated',
] as const;

/** Columns that are never null for a rating of the scale. */
type OfScale = 'rating_rank' | 'share' | 'low' | 'high' | 'low_95' | 'high_95';

/** How many inspections of a year have a rating; see the view's comments. */
export type RatingInYear = Given<
  Omit<Selectable<DB['analytics.rating_trend']>, 'is_synthetic'>,
  (typeof givenOfRatingTrend)[number] | OfScale
>;

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
  { standard, synthetic = false }: { standard?: string | undefined; synthetic?: boolean } = {},
): Promise<RatingInYear[]> {
  const rows = await db
    .selectFrom('analytics.rating_trend')
    .select([
      'year',
      'edition',
      'standard',
      'title',
      'rating',
      'rating_rank',
      'inspections',
      'as_published',
      'rated',
      'share',
      'low',
      'high',
      'low_95',
      'high_95',
    ])
    .where('is_synthetic', '=', synthetic)
    // what is not rated is no rating of the scale
    .where('rating_rank', 'is not', null)
    .$if(standard !== undefined, (query) => query.where('standard', '=', standard as string))
    .orderBy('standard')
    .orderBy('edition')
    .orderBy('year')
    .orderBy('rating_rank')
    .execute();
  // Overall first, as a report has it.
  return byCode(rows as RatingInYear[], ({ standard }) => (standard === 'overall' ? '' : standard));
}
