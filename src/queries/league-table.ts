import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { type Given, givenKeys, type Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfLeagueTable = [...givenKeys, 'services', 'services_in_edition'] as const;

/** A service's latest inspection with its place; see the view's comments. */
export type LeagueTableRow = Given<
  Selectable<DB['analytics.league_table']>,
  (typeof givenOfLeagueTable)[number]
>;

/**
 * Every service with an inspection that is wanted, the first places first, those without a score last.
 *
 * @example
 * const rows = await leagueTable(db, { synthetic: false });
 * const places = rows.map(({ rank, service, score }) => `${rank} ${service} (${score})`);
 */
export async function leagueTable(
  db: Connection,
  { inspectionId, synthetic }: Wanted = {},
): Promise<LeagueTableRow[]> {
  const rows = await db
    .selectFrom('analytics.league_table')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .orderBy('is_synthetic')
    .orderBy('rank', (order) => order.asc().nullsLast())
    .orderBy('service')
    .execute();
  return rows as LeagueTableRow[];
}
