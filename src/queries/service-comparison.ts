import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { type Given, givenKeys, type Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfServiceComparison = [
  ...givenKeys,
  'standard',
  'beside',
  'rating',
  'rating_rank',
  'inspections',
  'higher',
  'same',
  'lower',
  'percent_higher',
  'higher_low',
  'higher_high',
  'higher_low_95',
  'higher_high_95',
  'percent_same',
  'same_low',
  'same_high',
  'same_low_95',
  'same_high_95',
  'percent_lower',
  'lower_low',
  'lower_high',
  'lower_low_95',
  'lower_high_95',
] as const;

/** A rated standard, or the overall rating, of an inspection beside those of the same year and edition; see the view's comments. */
export type ServiceComparisonRow = Given<
  Selectable<DB['analytics.service_comparison']>,
  (typeof givenOfServiceComparison)[number]
>;

/**
 * The inspections wanted, by inspection and standard, each beside everywhere, beside its region, and beside its groups in lists that
 * were loaded.
 *
 * @example
 * const rows = await serviceComparison(db, { synthetic: false });
 * const overall = rows.filter(({ standard, beside }) => standard === 'overall' && beside === 'everywhere');
 */
export async function serviceComparison(
  db: Connection,
  { inspectionId, synthetic }: Wanted = {},
): Promise<ServiceComparisonRow[]> {
  const rows = await db
    .selectFrom('analytics.service_comparison')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .orderBy('inspection_id')
    .orderBy('standard')
    .orderBy('beside')
    .execute();
  return rows as ServiceComparisonRow[];
}
