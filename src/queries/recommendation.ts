import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { type Given, givenKeys, type Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfRecommendation = [...givenKeys, 'recommendation_no', 'addressed_to', 'summary'] as const;

/** A recommendation, and to whom it is addressed; see the view's comments. */
export type RecommendationRow = Given<
  Selectable<DB['analytics.recommendation']>,
  (typeof givenOfRecommendation)[number]
>;

/**
 * The inspections wanted, in order of the recommendations in their reports.
 *
 * @example
 * const rows = await recommendation(db, { synthetic: false });
 * const toBoards = rows.filter(({ addressed_to }) => addressed_to.includes('Board'));
 */
export async function recommendation(
  db: Connection,
  { inspectionId, synthetic }: Wanted = {},
): Promise<RecommendationRow[]> {
  const rows = await db
    .selectFrom('analytics.recommendation')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .orderBy('inspection_id')
    .orderBy('recommendation_no')
    .execute();
  return rows as RecommendationRow[];
}
