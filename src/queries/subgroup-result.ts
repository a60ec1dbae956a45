import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { byCode } from './by-code.js';
import { type Given, givenKeys, type Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfSubgroupResult = [
  ...givenKeys,
  'standard',
  'key_question',
  'text',
  'attribute',
  'value',
] as const;

/** Answers to a key question for cases of one characteristic, small numbers protected; see the view's comments. */
export type SubgroupResultRow = Given<
  Selectable<DB['analytics.subgroup_result']>,
  (typeof givenOfSubgroupResult)[number]
>;

/**
 * The inspections wanted, split by every characteristic or by one (such as `gender` or `disposal`), by key question, inspection,
 * characteristic and value. Only inspections with case answers have rows: none of those that come with the package.
 *
 * @example
 * const rows = await subgroupResult(db, { attribute: 'gender', synthetic: true });
 * const open = rows.filter(({ marker }) => marker !== '[c]');
 */
export async function subgroupResult(
  db: Connection,
  {
    inspectionId,
    synthetic,
    attribute,
    keyQuestion,
  }: Wanted & { attribute?: string | undefined; keyQuestion?: string | undefined } = {},
): Promise<SubgroupResultRow[]> {
  const rows = await db
    .selectFrom('analytics.subgroup_result')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .$if(attribute !== undefined, (query) => query.where('attribute', '=', attribute as string))
    .$if(keyQuestion !== undefined, (query) => query.where('key_question', '=', keyQuestion as string))
    .orderBy('inspection_id')
    .orderBy('attribute')
    .orderBy('value')
    .execute();
  return byCode(rows as SubgroupResultRow[], (row) => row.key_question);
}
