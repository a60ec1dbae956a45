import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import type { Given } from './given.js';

/** Columns of a row that are never null. */
export const givenOfPublishedTotal = [
  'inspectorate_year',
  'published_from',
  'published_until',
  'rating',
  'or_better',
  'known',
  'dated_by_year',
] as const;

/** Inspections of a year that are known, beside the total that the Inspectorate published; see the view's comments. */
export type PublishedTotalRow = Given<
  Selectable<DB['analytics.published_total']>,
  (typeof givenOfPublishedTotal)[number]
>;

/**
 * The Inspectorate's totals by year: all inspections, then each rating, the best first, then those known without one.
 *
 * @example
 * const rows = await publishedTotal(db);
 * const missing = rows.filter(({ rating }) => rating === 'all').map((row) => `${row.inspectorate_year}: ${row.missing}`);
 */
export async function publishedTotal(db: Connection): Promise<PublishedTotalRow[]> {
  const rows = await db
    .selectFrom('analytics.published_total')
    .selectAll()
    .orderBy('published_from')
    .orderBy((on) => on('rating', '<>', 'all'))
    .orderBy((on) => on('rating', '=', 'none known'))
    .orderBy('rating_rank', (order) => order.desc().nullsLast())
    .orderBy('or_better')
    .execute();
  return rows as PublishedTotalRow[];
}
