import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { byCode } from './by-code.js';
import type { Given } from './given.js';

/** Columns of a row that are never null. */
export const givenOfQuestionPairTrend = [
  'year',
  'is_synthetic',
  'edition',
  'key_question',
  'other_key_question',
  'text',
  'inspections',
  'inspections_without_counts',
] as const;

/** Answers of a year to what is asked of two samples, and how they differ; see the view's comments. */
export type QuestionPairInYear = Given<
  Selectable<DB['analytics.question_pair_trend']>,
  (typeof givenOfQuestionPairTrend)[number]
>;

/**
 * Court beside out-of-court disposals, by key question, edition and year; `synthetic` counts invented inspections in place of real
 * ones: they are never pooled.
 *
 * @example
 * const rows = await questionPairTrend(db);
 * const differences = rows.map(({ year, key_question, difference }) => ({ year, key_question, difference }));
 */
export async function questionPairTrend(
  db: Connection,
  { synthetic = false }: { synthetic?: boolean } = {},
): Promise<QuestionPairInYear[]> {
  const rows = await db
    .selectFrom('analytics.question_pair_trend')
    .selectAll()
    .where('is_synthetic', '=', synthetic)
    .orderBy('edition')
    .orderBy('year')
    .execute();
  return byCode(rows as QuestionPairInYear[], ({ key_question }) => key_question);
}
