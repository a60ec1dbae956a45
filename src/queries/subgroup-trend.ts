import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { byCode } from './by-code.js';
import type { Given } from './given.js';

/** Columns of a row that are never null. */
export const givenOfSubgroupTrend = [
  'year',
  'edition',
  'standard',
  'key_question',
  'text',
  'attribute',
  'value',
  'inspections',
] as const;

/** Answers to a key question for cases of one characteristic in a year, over all its inspections; see the view's comments. */
export type SubgroupInYear = Given<
  Omit<Selectable<DB['analytics.subgroup_trend']>, 'is_synthetic'>,
  (typeof givenOfSubgroupTrend)[number]
>;

/**
 * Every characteristic or one (such as `gender` or `disposal`), by key question, year and value; `synthetic` counts invented
 * inspections in place of real ones: they are never pooled.
 *
 * @example
 * const rows = await subgroupTrend(db, { attribute: 'gender', synthetic: true });
 * const open = rows.filter(({ marker }) => marker !== '[c]');
 */
export async function subgroupTrend(
  db: Connection,
  {
    attribute,
    keyQuestion,
    synthetic = false,
  }: { attribute?: string | undefined; keyQuestion?: string | undefined; synthetic?: boolean } = {},
): Promise<SubgroupInYear[]> {
  const rows = await db
    .selectFrom('analytics.subgroup_trend')
    .select(['year', 'edition', 'standard', 'key_question', 'text', 'attribute', 'value', 'inspections'])
    .select(['yes', 'no', 'relevant', 'percent', 'low', 'high', 'low_95', 'high_95', 'marker'])
    .where('is_synthetic', '=', synthetic)
    .$if(attribute !== undefined, (query) => query.where('attribute', '=', attribute as string))
    .$if(keyQuestion !== undefined, (query) => query.where('key_question', '=', keyQuestion as string))
    .orderBy('edition')
    .orderBy('year')
    .orderBy('attribute')
    .orderBy('value')
    .execute();
  return byCode(rows as SubgroupInYear[], ({ key_question }) => key_question);
}
