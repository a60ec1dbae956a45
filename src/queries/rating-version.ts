import { type Selectable, sql } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { byCode } from './by-code.js';
import type { Given, Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfRatingVersion = [
  // the service's key goes when the inspection does
  'inspection_id',
  'service',
  'area',
  'edition',
  'year',
  'is_synthetic',
  'standard',
  'version',
  'recorded_from',
  'recorded_on',
  'why',
] as const;

/** What a standard (or 'overall') was rated, from when until when, and why that changed; see the view's comments. */
export type RatingVersionRow = Given<
  Selectable<DB['analytics.rating_version']>,
  (typeof givenOfRatingVersion)[number]
>;

/**
 * All versions of the ratings wanted, or those that stood at a moment, by inspection, standard and version. Inspections that were
 * removed since are among them.
 *
 * @example
 * const rows = await ratingVersion(db, { asOf: new Date(), standard: 'overall' });
 */
export async function ratingVersion(
  db: Connection,
  {
    inspectionId,
    synthetic,
    standard,
    asOf,
  }: Wanted & { standard?: string | undefined; asOf?: Date | undefined } = {},
): Promise<RatingVersionRow[]> {
  const rows = await db
    .selectFrom('analytics.rating_version')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .$if(standard !== undefined, (query) => query.where('standard', '=', standard as string))
    .$if(asOf !== undefined, (query) => {
      const at = (asOf as Date).toISOString();
      return query.where(
        sql<boolean>`recorded_from::timestamptz <= ${at}::timestamptz
          and (recorded_until is null or recorded_until::timestamptz > ${at}::timestamptz)
          and recorded_from is distinct from recorded_until`,
      );
    })
    .orderBy('service')
    .orderBy('inspection_id')
    .orderBy('version')
    .execute();
  return byCode(rows as RatingVersionRow[], (row) => row.standard);
}
