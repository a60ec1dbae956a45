import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import type { Given } from './given.js';

/** Columns of a row that are never null. */
export const givenOfDiscretionTrend = [
  'year',
  'is_synthetic',
  'edition',
  'standard',
  'title',
  'direction',
  'decisions',
  'inspections',
  'near_boundary',
  'one_case_flips',
  'small_sample',
  'no_ground',
  'ground_unknown',
  'not_computed',
] as const;

/** How often panels replaced a standard's computed rating in a year; see the view's comments. */
export type DiscretionTrendRow = Given<
  Selectable<DB['analytics.discretion_trend']>,
  (typeof givenOfDiscretionTrend)[number]
>;

/**
 * All years, or one, by year, edition and standard, up before down.
 *
 * @example
 * const rows = await discretionTrend(db, { synthetic: false });
 * const up = rows.filter(({ direction, decisions }) => direction === 'up' && decisions > 0);
 */
export async function discretionTrend(
  db: Connection,
  { year, synthetic }: { year?: number | undefined; synthetic?: boolean | undefined } = {},
): Promise<DiscretionTrendRow[]> {
  const rows = await db
    .selectFrom('analytics.discretion_trend')
    .selectAll()
    .$if(year !== undefined, (query) => query.where('year', '=', year as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .orderBy('is_synthetic')
    .orderBy('year')
    .orderBy('edition')
    .orderBy('standard')
    .orderBy('direction', 'desc')
    .execute();
  return rows as DiscretionTrendRow[];
}
