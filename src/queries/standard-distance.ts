import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { type Given, givenKeys, type Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfStandardDistance = [
  ...givenKeys,
  'standard',
  'title',
  'direction',
  'discretion',
] as const;

/** How many answers a case-based standard's computed rating is from the next one; see the view's comments. */
export type StandardDistanceRow = Given<
  Selectable<DB['analytics.standard_distance']>,
  (typeof givenOfStandardDistance)[number]
>;

/**
 * Every case-based standard of the inspections wanted, up before down, by inspection and standard.
 *
 * @example
 * const rows = await standardDistance(db, { synthetic: false });
 * const oneAnswer = rows.filter(({ direction, answers }) => direction === 'up' && answers === 1);
 */
export async function standardDistance(
  db: Connection,
  { inspectionId, synthetic }: Wanted = {},
): Promise<StandardDistanceRow[]> {
  const rows = await db
    .selectFrom('analytics.standard_distance')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .orderBy('inspection_id')
    .orderBy('standard')
    .orderBy('direction', 'desc')
    .execute();
  return rows as StandardDistanceRow[];
}
