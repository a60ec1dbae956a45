import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { byCode } from './by-code.js';
import { type Given, givenKeys, type Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfQuestionPair = [
  ...givenKeys,
  'key_question',
  'other_key_question',
  'text',
  'yes',
  'relevant',
  'other_yes',
  'other_relevant',
] as const;

/** Answers to what is asked of two samples of an inspection, and how they differ; see the view's comments. */
export type QuestionPairRow = Given<
  Selectable<DB['analytics.question_pair']>,
  (typeof givenOfQuestionPair)[number]
>;

/**
 * Court beside out-of-court disposals in the inspections wanted, by key question and inspection.
 *
 * @example
 * const rows = await questionPair(db, { synthetic: false });
 * const clear = rows.filter(({ low_95, high_95 }) => low_95 !== null && high_95 !== null && low_95 * high_95 > 0);
 */
export async function questionPair(
  db: Connection,
  { inspectionId, synthetic }: Wanted = {},
): Promise<QuestionPairRow[]> {
  const rows = await db
    .selectFrom('analytics.question_pair')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .orderBy('inspection_id')
    .execute();
  return byCode(rows as QuestionPairRow[], ({ key_question }) => key_question);
}
