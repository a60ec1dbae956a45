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
  'question_series',
  'services',
  'inspections',
  'inspections_without_counts',
  'percentages_only',
  'series_break',
] as const;

/** Answers to a key question in a year and edition, pooled over its inspections; see the view's comments. */
export type KeyQuestionInYear = Given<
  Omit<Selectable<DB['analytics.key_question_trend']>, 'is_synthetic'>,
  (typeof givenOfKeyQuestionTrend)[number]
>;

/**
 * Key questions by year and edition, of one standard (a code, in each edition) or of all, those of one series (question_series)
 * together; `synthetic` counts invented
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
    .select([
      'year',
      'edition',
      'domain',
      'domain_title',
      'standard',
      'title',
      'key_question',
      'text',
      'question_series',
    ])
    .select([
      'services',
      'inspections',
      'inspections_without_counts',
      'percentages_only',
      'yes',
      'relevant',
      'percent',
    ])
    .select([
      'base',
      'effective_relevant',
      'design_effect',
      'low',
      'high',
      'low_95',
      'high_95',
      'series_break',
    ])
    .where('is_synthetic', '=', synthetic)
    .$if(standard !== undefined, (query) => query.where('standard', '=', standard as string))
    .orderBy('year')
    .orderBy('edition')
    .execute();
  return byCode(rows as KeyQuestionInYear[], ({ question_series }) => question_series.replace(/^\S+ /, ''));
}
