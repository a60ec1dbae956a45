import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { type Given, givenKeys, type Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfFactComparison = [...givenKeys, 'fact_no', 'measure', 'value', 'unit'] as const;

/** A contextual figure of an inspection beside the national one and the overall rating; see the view's comments. */
export type FactComparisonRow = Given<
  Selectable<DB['analytics.fact_comparison']>,
  (typeof givenOfFactComparison)[number]
>;

/**
 * The inspections wanted, in order of the facts in their reports.
 *
 * @example
 * const rows = await factComparison(db, { synthetic: false });
 * const higher = rows.filter(({ difference }) => difference !== null && difference > 0);
 */
export async function factComparison(
  db: Connection,
  { inspectionId, synthetic }: Wanted = {},
): Promise<FactComparisonRow[]> {
  const rows = await db
    .selectFrom('analytics.fact_comparison')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .orderBy('inspection_id')
    .orderBy('fact_no')
    .execute();
  return rows as FactComparisonRow[];
}
