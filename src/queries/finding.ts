import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { type Given, givenKeys, type Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfFinding = [...givenKeys, 'finding_no', 'kind', 'summary'] as const;

/** A strength or an area for improvement; see the view's comments. */
export type FindingRow = Given<Selectable<DB['analytics.finding']>, (typeof givenOfFinding)[number]>;

/**
 * The inspections wanted, in order of the findings in their reports.
 *
 * @example
 * const rows = await finding(db, { synthetic: false });
 * const strengths = rows.filter(({ kind }) => kind === 'strength').map(({ summary }) => summary);
 */
export async function finding(
  db: Connection,
  { inspectionId, synthetic }: Wanted = {},
): Promise<FindingRow[]> {
  const rows = await db
    .selectFrom('analytics.finding')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .orderBy('inspection_id')
    .orderBy('finding_no')
    .execute();
  return rows as FindingRow[];
}
