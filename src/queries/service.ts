import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import type { Given } from './given.js';

/** Columns of a row that are never null. */
export const givenOfService = [
  'service_id',
  'service',
  'service_code',
  'area',
  'is_synthetic',
  'is_current',
  'inspections',
] as const;

/** A service, inspected or not; see the view's comments. */
export type ServiceRow = Given<Selectable<DB['analytics.service']>, (typeof givenOfService)[number]>;

/**
 * Every service, inspected or not, by name; `region` keeps those of one, `current` those that work for a local authority today, or
 * those that have ended.
 *
 * @example
 * const rows = await allServices(db, { region: 'London', current: true, synthetic: false });
 * const longest = rows.filter(({ days_since }) => days_since !== null && days_since > 5 * 365);
 */
export async function allServices(
  db: Connection,
  {
    synthetic,
    region,
    current,
  }: { synthetic?: boolean | undefined; region?: string | undefined; current?: boolean | undefined } = {},
): Promise<ServiceRow[]> {
  const rows = await db
    .selectFrom('analytics.service')
    .selectAll()
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .$if(region !== undefined, (query) => query.where('region', '=', region as string))
    .$if(current !== undefined, (query) => query.where('is_current', '=', current as boolean))
    .orderBy('service')
    .orderBy('service_id')
    .execute();
  return rows as ServiceRow[];
}
