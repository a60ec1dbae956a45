import { sql } from 'kysely';
import type { Connection } from '../database/connect.js';
import { asking, rowsOf, type ViewRow } from './view.js';

// What the public views have of services, and of each over time.

export type ServiceRow = ViewRow<'service'>;
/**
 * Every service, inspected or not, by name; `current` keeps those that work for a local authority today, or those that have ended.
 * @example
 * const rows = await allServices(db, { region: 'London', current: true, synthetic: false });
 * const longest = rows.filter(({ days_since }) => days_since !== null && days_since > 5 * 365);
 */
export const allServices = asking(
  'service',
  { region: 'region', current: 'is_current' },
  { by: ['service', 'service_id'] },
);

export type ServiceAuthorityRow = ViewRow<'service_authority'>;
/**
 * The local authorities of services, by service, authority and time; `current` keeps those of today, or those of before.
 * @example
 * const [row] = await serviceAuthority(db, { onsCode: 'E09000003' });
 * const barnet = row?.service;
 */
export function serviceAuthority(
  db: Connection,
  { onsCode, current }: { onsCode?: string | undefined; current?: boolean | undefined } = {},
): Promise<ServiceAuthorityRow[]> {
  const by = ['service', 'authority', sql`valid_from nulls first`] as const;
  return rowsOf(db, 'service_authority', { ons_code: onsCode, is_current: current }, { by });
}

const inspection = { inspectionId: 'inspection_id', service: 'service' } as const;

export type ServiceHistoryRow = ViewRow<'service_history'>;
/**
 * Inspections, and how far each moved since the one before, by service and sequence; `service` is the current name of one.
 * @example
 * const rows = await serviceHistory(db, { synthetic: false });
 * const moved = rows.map(({ service, sequence, rating, score_change }) => ({ service, sequence, rating, score_change }));
 */
export const serviceHistory = asking('service_history', inspection, { by: ['service', 'sequence'] });

export type StandardHistoryRow = ViewRow<'standard_history'>;
/**
 * Standards of inspections, each beside what it was in the one before, by standard, service and time.
 * @example
 * const rows = await standardHistory(db, { synthetic: false });
 * const risen = rows.filter(({ rating_change }) => rating_change !== null && rating_change > 0);
 */
export const standardHistory = asking('standard_history', inspection, {
  by: ['service', 'as_of', 'inspection_id'],
  code: (row) => row.standard,
});

export type LeagueTableRow = ViewRow<'league_table'>;
/**
 * Services' latest inspections, the first places first, those without a score last.
 * @example
 * const rows = await leagueTable(db, { synthetic: false });
 * const places = rows.map(({ rank, service, score }) => `${rank} ${service} (${score})`);
 */
export const leagueTable = asking(
  'league_table',
  { inspectionId: 'inspection_id' },
  { by: ['is_synthetic', 'rank', 'service'] },
);
