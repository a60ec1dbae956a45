import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import type { Given } from './given.js';

/** Columns of a row that are never null. */
export const givenOfServiceAuthority = [
  'service_id',
  'service',
  'area',
  'region',
  'nation',
  'authority',
  'ons_code',
  'authority_type',
  'police_area',
  'is_current',
  'is_synthetic',
] as const;

/** A local authority that a service works or worked for; see the view's comments. */
export type ServiceAuthorityRow = Given<
  Selectable<DB['analytics.service_authority']>,
  (typeof givenOfServiceAuthority)[number]
>;

/**
 * The local authorities of services, by service, authority and time; `onsCode` keeps those with a code, `current` those of today, or
 * those of before.
 *
 * @example
 * const [row] = await serviceAuthority(db, { onsCode: 'E09000003' });
 * const barnet = row?.service;
 */
export async function serviceAuthority(
  db: Connection,
  { onsCode, current }: { onsCode?: string | undefined; current?: boolean | undefined } = {},
): Promise<ServiceAuthorityRow[]> {
  const rows = await db
    .selectFrom('analytics.service_authority')
    .selectAll()
    .$if(onsCode !== undefined, (query) => query.where('ons_code', '=', onsCode as string))
    .$if(current !== undefined, (query) => query.where('is_current', '=', current as boolean))
    .orderBy('service')
    .orderBy('authority')
    .orderBy('valid_from', (order) => order.asc().nullsFirst())
    .execute();
  return rows as ServiceAuthorityRow[];
}
