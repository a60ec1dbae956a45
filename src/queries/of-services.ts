import { sql } from 'kysely';
import type { Connection } from '../database/connect.js';
import { isSynthetic, ofWanted, rowsOf, type Synthetic, type ViewRow, type Wanted } from './view.js';

// What the public views have of services, and of each over time.

/** A service, inspected or not; see the view's comments. */
export type ServiceRow = ViewRow<'service'>;

/**
 * Every service, inspected or not, by name; `region` keeps those of one, `current` those that work for a local authority today, or
 * those that have ended.
 *
 * @example
 * const rows = await allServices(db, { region: 'London', current: true, synthetic: false });
 * const longest = rows.filter(({ days_since }) => days_since !== null && days_since > 5 * 365);
 */
export function allServices(
  db: Connection,
  {
    synthetic,
    region,
    current,
  }: { synthetic?: Synthetic; region?: string | undefined; current?: boolean | undefined } = {},
): Promise<ServiceRow[]> {
  return rowsOf(
    db,
    'service',
    { is_synthetic: isSynthetic(synthetic), region, is_current: current },
    { by: ['service', 'service_id'] },
  );
}

/** A local authority that a service works or worked for; see the view's comments. */
export type ServiceAuthorityRow = ViewRow<'service_authority'>;

/**
 * The local authorities of services, by service, authority and time; `onsCode` keeps those with a code, `current` those of today, or
 * those of before.
 *
 * @example
 * const [row] = await serviceAuthority(db, { onsCode: 'E09000003' });
 * const barnet = row?.service;
 */
export function serviceAuthority(
  db: Connection,
  { onsCode, current }: { onsCode?: string | undefined; current?: boolean | undefined } = {},
): Promise<ServiceAuthorityRow[]> {
  return rowsOf(
    db,
    'service_authority',
    { ons_code: onsCode, is_current: current },
    { by: ['service', 'authority', sql`valid_from nulls first`] },
  );
}

/** An inspection of a service, and how far it moved since the one before; see the view's comments. */
export type ServiceHistoryRow = ViewRow<'service_history'>;

/**
 * The inspections wanted, or those of one service by its current name, by service and sequence.
 *
 * @example
 * const rows = await serviceHistory(db, { synthetic: false });
 * const moved = rows.map(({ service, sequence, rating, score_change }) => ({ service, sequence, rating, score_change }));
 */
export function serviceHistory(
  db: Connection,
  { service, ...wanted }: Wanted & { service?: string | undefined } = {},
): Promise<ServiceHistoryRow[]> {
  return rowsOf(db, 'service_history', { ...ofWanted(wanted), service }, { by: ['service', 'sequence'] });
}

/** A standard of an inspection, beside what it was in the inspection before; see the view's comments. */
export type StandardHistoryRow = ViewRow<'standard_history'>;

/**
 * Standards of the inspections wanted, or those of one service by its current name, by standard, service and time.
 *
 * @example
 * const rows = await standardHistory(db, { synthetic: false });
 * const risen = rows.filter(({ rating_change }) => rating_change !== null && rating_change > 0);
 */
export function standardHistory(
  db: Connection,
  { service, ...wanted }: Wanted & { service?: string | undefined } = {},
): Promise<StandardHistoryRow[]> {
  return rowsOf(
    db,
    'standard_history',
    { ...ofWanted(wanted), service },
    { by: ['service', 'as_of', 'inspection_id'], code: (row) => row.standard },
  );
}

/** A service's latest inspection with its place; see the view's comments. */
export type LeagueTableRow = ViewRow<'league_table'>;

/**
 * Every service with an inspection that is wanted, the first places first, those without a score last.
 *
 * @example
 * const rows = await leagueTable(db, { synthetic: false });
 * const places = rows.map(({ rank, service, score }) => `${rank} ${service} (${score})`);
 */
export function leagueTable(db: Connection, wanted: Wanted = {}): Promise<LeagueTableRow[]> {
  return rowsOf(db, 'league_table', ofWanted(wanted), { by: ['is_synthetic', 'rank', 'service'] });
}
