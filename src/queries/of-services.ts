import { asking } from './view.js';

// What the public views have of services, and of each over time.

/**
 * Every service, inspected or not; `is_current` keeps those that work for a local authority today, or those that have ended.
 * @example
 * const rows = await allServices(db, { region: 'London', is_current: true, synthetic: false });
 * const longest = rows.filter(({ days_since }) => days_since !== null && days_since > 5 * 365);
 */
export const allServices = asking('service');

/**
 * The local authorities of services, by service, authority and time; `is_current` keeps those of today, or those of before.
 * @example
 * const [row] = await serviceAuthority(db, { ons_code: 'E09000003' });
 * const barnet = row?.service;
 */
export const serviceAuthority = asking('service_authority');

/**
 * Inspections in sequence, and how far each moved since the one before; `service` is the current name of one.
 * @example
 * const rows = await serviceHistory(db, { synthetic: false });
 * const moved = rows.map(({ service, sequence, rating, score_change }) => ({ service, sequence, rating, score_change }));
 */
export const serviceHistory = asking('service_history');

/**
 * Standards of inspections, each beside what it was in the one before.
 * @example
 * const rows = await standardHistory(db, { synthetic: false });
 * const risen = rows.filter(({ rating_change }) => rating_change !== null && rating_change > 0);
 */
export const standardHistory = asking('standard_history');

/**
 * Services' latest inspections, the first places first, those without a score last.
 * @example
 * const rows = await leagueTable(db, { synthetic: false });
 * const places = rows.map(({ rank, service, score }) => `${rank} ${service} (${score})`);
 */
export const leagueTable = asking('league_table');
