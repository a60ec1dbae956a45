import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { byCode } from './by-code.js';
import { type Given, givenKeys, type Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfStandardRating = [
  ...givenKeys,
  'standard',
  'title',
  'basis',
  'counts',
  'discretion',
] as const;

/** A standard's rating, why it is so, and what was published; see the view's comments. */
export type StandardRatingRow = Given<
  Selectable<DB['analytics.standard_rating']>,
  (typeof givenOfStandardRating)[number]
>;

/**
 * All standards of the inspections wanted, or one of them, by standard and inspection.
 *
 * @example
 * const rows = await standardRating(db, { standard: '2.3', synthetic: false });
 * const decided = rows.filter(({ discretion }) => discretion);
 */
export async function standardRating(
  db: Connection,
  { inspectionId, synthetic, standard }: Wanted & { standard?: string | undefined } = {},
): Promise<StandardRatingRow[]> {
  const rows = await db
    .selectFrom('analytics.standard_rating')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .$if(standard !== undefined, (query) => query.where('standard', '=', standard as string))
    .orderBy('inspection_id')
    .execute();
  return byCode(rows as StandardRatingRow[], (row) => row.standard);
}
