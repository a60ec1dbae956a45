import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { byCode } from './by-code.js';
import type { Given } from './given.js';

/** Columns of a row that are never null. */
export const givenOfKeyQuestionTrend = [
  'year',
  'edition',
  'standard',
  'key_question',
  'text',
  'editions',
  'services',
  'inspections',
  'yes',
  'relevant',
  'series_break',
] as const;

/** Answers to a key question in a year, pooled over its inspections; see the view's comments. */
export type KeyQuestionInYear = Given<
  Omit<Selectable<DB['analytics.key_question_trend']>, 'is_synthetic'>,
  (typeof givenOfKeyQuestionTrend)[number]
>;

/**
 * Key questions by year, of one standard or of all, with what they continue in earlier editions; `synthetic` counts invented
 * inspections in place of real ones: they are never pooled.
 *
 * @example
 * const rows = await keyQuestionTrend(db, { standard: '2.1' });
 * const whole = rows.filter(({ series_break }) => !series_break);
 */
export async function keyQuestionTrend(
  db: Connection,
  { standard, synthetic = false }: { standard?: string | undefined; synthetic?: boolean } = {},
): Promise<KeyQuestionInYear[]> {
  const rows = await db
    .selectFrom('analytics.key_question_trend')
    .select(['year', 'edition', 'standard', 'key_question', 'text', 'editions', 'services', 'inspections'])
    .select(['yes', 'relevant', 'percent', 'base', 'low', 'high', 'low_95', 'high_95', 'series_break'])
    .where('is_synthetic', '=', synthetic)
    .$if(standard !== undefined, (query) => query.where('standard', '=', standard as string))
    .orderBy('edition')
    .orderBy('year')
    .execute();
  return byCode(rows as KeyQuestionInYear[], ({ key_question }) => key_question);
}
