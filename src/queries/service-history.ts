import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { type Given, givenKeys, type Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfServiceHistory = [...givenKeys, 'sequence'] as const;

/** An inspection of a service, and how far it moved since the one before; see the view's comments. */
export type ServiceHistoryRow = Given<
  Selectable<DB['analytics.service_history']>,
  (typeof givenOfServiceHistory)[number]
>;

/**
 * The inspections wanted, or those of one service by its current name, by service and sequence.
 *
 * @example
 * const rows = await serviceHistory(db, { synthetic: false });
 * const moved = rows.map(({ service, sequence, rating, score_change }) => ({ service, sequence, rating, score_change }));
 */
export async function serviceHistory(
  db: Connection,
  { inspectionId, synthetic, service }: Wanted & { service?: string | undefined } = {},
): Promise<ServiceHistoryRow[]> {
  const rows = await db
    .selectFrom('analytics.service_history')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .$if(service !== undefined, (query) => query.where('service', '=', service as string))
    .orderBy('service')
    .orderBy('sequence')
    .execute();
  return rows as ServiceHistoryRow[];
}
