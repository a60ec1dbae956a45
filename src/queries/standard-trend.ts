import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { byCode } from './by-code.js';
import type { Given } from './given.js';

/** Columns of a row that are never null. */
export const givenOfStandardTrend = [
  'year',
  'is_synthetic',
  'edition',
  'standard',
  'title',
  'domain',
  'domain_title',
  'inspections',
  'inspections_without_counts',
  'percentages_only',
] as const;

/** Answers to all key questions of a standard in a year, pooled; see the view's comments. */
export type StandardTrendRow = Given<
  Selectable<DB['analytics.standard_trend']>,
  (typeof givenOfStandardTrend)[number]
>;

/**
 * All case-based standards, or one, by standard, year and edition.
 *
 * @example
 * const rows = await standardTrend(db, { standard: '2.1', synthetic: false });
 * const lines = rows.map(({ year, edition, yes, relevant }) => `${year} (${edition}): ${yes} of ${relevant}`);
 */
export async function standardTrend(
  db: Connection,
  { standard, synthetic }: { standard?: string | undefined; synthetic?: boolean | undefined } = {},
): Promise<StandardTrendRow[]> {
  const rows = await db
    .selectFrom('analytics.standard_trend')
    .selectAll()
    .$if(standard !== undefined, (query) => query.where('standard', '=', standard as string))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .orderBy('is_synthetic')
    .orderBy('year')
    .orderBy('edition')
    .execute();
  return byCode(rows as StandardTrendRow[], (row) => row.standard);
}
