import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import type { Given } from './given.js';

/** Columns of a row that are never null. */
export const givenOfRatingDriver = [
  'year',
  'is_synthetic',
  'edition',
  'standard',
  'title',
  'key_question',
  'text',
  'alone',
  'tied',
  'driving',
  'inspections',
  'from_percentages',
  'inspections_not_computed',
] as const;

/** How often a key question set its standard's computed rating in a year; see the view's comments. */
export type RatingDriverRow = Given<
  Selectable<DB['analytics.rating_driver']>,
  (typeof givenOfRatingDriver)[number]
>;

/**
 * All years, or one, by year, edition, key question and rank of the rating.
 *
 * @example
 * const rows = await ratingDriver(db, { synthetic: false });
 * const drivers = rows.filter(({ rating, driving }) => rating === 'Requires improvement' && driving > 0);
 */
export async function ratingDriver(
  db: Connection,
  { year, synthetic }: { year?: number | undefined; synthetic?: boolean | undefined } = {},
): Promise<RatingDriverRow[]> {
  const rows = await db
    .selectFrom('analytics.rating_driver')
    .selectAll()
    .$if(year !== undefined, (query) => query.where('year', '=', year as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .orderBy('is_synthetic')
    .orderBy('year')
    .orderBy('edition')
    .orderBy('key_question')
    .orderBy('rating_rank')
    .execute();
  return rows as RatingDriverRow[];
}
