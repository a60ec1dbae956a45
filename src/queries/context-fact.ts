import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { type Given, givenKeys, type Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfContextFact = [...givenKeys, 'fact_no', 'measure', 'unit'] as const;

/** A contextual figure of an inspection, with the figure beside it; see the view's comments. */
export type ContextFactRow = Given<
  Selectable<DB['analytics.context_fact']>,
  (typeof givenOfContextFact)[number]
>;

/**
 * The inspections wanted, in order of the facts in their reports.
 *
 * @example
 * const rows = await contextFact(db, { synthetic: false });
 * const ofGender = rows.filter(({ breakdown }) => breakdown === 'gender');
 */
export async function contextFact(
  db: Connection,
  { inspectionId, synthetic }: Wanted = {},
): Promise<ContextFactRow[]> {
  const rows = await db
    .selectFrom('analytics.context_fact')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .orderBy('inspection_id')
    .orderBy('fact_no')
    .execute();
  return rows as ContextFactRow[];
}
