import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { type Given, givenKeys, type Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfOverallDistance = [...givenKeys, 'direction', 'evidence'] as const;

/** How many answers, over all standards, an overall rating is from the next one; see the view's comments. */
export type OverallDistanceRow = Given<
  Selectable<DB['analytics.overall_distance']>,
  (typeof givenOfOverallDistance)[number]
>;

/**
 * The inspections wanted, each up and then down.
 *
 * @example
 * const rows = await overallDistance(db, { synthetic: false });
 * const near = rows.filter(({ answers }) => answers !== null && answers <= 5);
 */
export async function overallDistance(
  db: Connection,
  { inspectionId, synthetic }: Wanted = {},
): Promise<OverallDistanceRow[]> {
  const rows = await db
    .selectFrom('analytics.overall_distance')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .orderBy('inspection_id')
    .orderBy('direction', 'desc')
    .execute();
  return rows as OverallDistanceRow[];
}
