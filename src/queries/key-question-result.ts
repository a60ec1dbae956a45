import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { byCode } from './by-code.js';
import { type Given, givenKeys, type Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfKeyQuestionResult = [...givenKeys, 'standard', 'key_question', 'text'] as const;

/** A key question's counts, percentages, interval and band in an inspection; see the view's comments. */
export type KeyQuestionResultRow = Given<
  Selectable<DB['analytics.key_question_result']>,
  (typeof givenOfKeyQuestionResult)[number]
>;

/**
 * All key questions of the inspections wanted, or those of one standard, by key question and inspection.
 *
 * @example
 * const rows = await keyQuestionResult(db, { standard: '2.1', synthetic: false });
 * const weak = rows.filter(({ percent }) => percent !== null && percent < 65);
 */
export async function keyQuestionResult(
  db: Connection,
  { inspectionId, synthetic, standard }: Wanted & { standard?: string | undefined } = {},
): Promise<KeyQuestionResultRow[]> {
  const rows = await db
    .selectFrom('analytics.key_question_result')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .$if(standard !== undefined, (query) => query.where('standard', '=', standard as string))
    .orderBy('inspection_id')
    .execute();
  return byCode(rows as KeyQuestionResultRow[], (row) => row.key_question);
}
