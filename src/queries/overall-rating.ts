import { type Selectable, sql } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { type Given, givenKeys, type Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfOverallRating = [...givenKeys] as const;

/** An inspection's score and overall rating, computed and published; see the view's comments. */
export type OverallRatingRow = Given<
  Selectable<DB['analytics.overall_rating']>,
  (typeof givenOfOverallRating)[number]
>;

/**
 * The inspections wanted, in order of service and fieldwork (else publication).
 *
 * @example
 * const rows = await overallRating(db, { synthetic: false });
 * const lines = rows.map(({ service, score, max_score, rating }) => `${service}: ${score} of ${max_score}, ${rating}`);
 */
export async function overallRating(
  db: Connection,
  { inspectionId, synthetic }: Wanted = {},
): Promise<OverallRatingRow[]> {
  const rows = await db
    .selectFrom('analytics.overall_rating')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .orderBy('service')
    .orderBy(sql`coalesce(fieldwork_start, published, make_date(year, 1, 1))`)
    .orderBy('inspection_id')
    .execute();
  return rows as OverallRatingRow[];
}
