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
  'domain',
  'domain_title',
  'inspections',
  'inspections_not_computed',
  'decisions',
  'up',
  'down',
  'decisions_near_boundary',
  'decisions_one_case_flips',
  'decisions_small_sample',
  'decisions_without_ground',
  'decisions_ground_unknown',
  'decisions_not_computed',
] as const;

/** How often panels replaced a standard's computed rating in a year; see the view's comments. */
export type DiscretionTrendRow = Given<
  Selectable<DB['analytics.discretion_trend']>,
  (typeof givenOfDiscretionTrend)[number]
>;

/**
 * All years, or one, by year, edition and standard.
 *
 * @example
 * const rows = await discretionTrend(db, { synthetic: false });
 * const raised = rows.filter(({ up }) => up > 0);
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
    .execute();
  return rows as DiscretionTrendRow[];
}
