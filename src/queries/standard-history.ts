import { type Selectable, sql } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { byCode } from './by-code.js';
import { type Given, givenKeys, type Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfStandardHistory = [...givenKeys, 'domain', 'standard', 'title'] as const;

/** A standard of an inspection, beside what it was in the inspection before; see the view's comments. */
export type StandardHistoryRow = Given<
  Selectable<DB['analytics.standard_history']>,
  (typeof givenOfStandardHistory)[number]
>;

/**
 * Standards of the inspections wanted, or those of one service by its current name, by standard, service and time.
 *
 * @example
 * const rows = await standardHistory(db, { synthetic: false });
 * const risen = rows.filter(({ rating_change }) => rating_change !== null && rating_change > 0);
 */
export async function standardHistory(
  db: Connection,
  { inspectionId, synthetic, service }: Wanted & { service?: string | undefined } = {},
): Promise<StandardHistoryRow[]> {
  const rows = await db
    .selectFrom('analytics.standard_history')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .$if(service !== undefined, (query) => query.where('service', '=', service as string))
    .orderBy('service')
    .orderBy(sql`coalesce(fieldwork_start, published, make_date(year, 1, 1))`)
    .orderBy('inspection_id')
    .execute();
  return byCode(rows as StandardHistoryRow[], ({ standard }) => standard);
}
