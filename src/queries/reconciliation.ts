import { rowsAsJson } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { isOf, type Synthetic, type ViewRow } from './view.js';

/** How a computed figure can stand to a published one, the plainest first. */
export const statuses = [
  'agrees',
  'agrees truncated',
  'agrees on another base',
  'explained by discretion',
  'not computable',
  'disagrees',
] as const;
export type Status = (typeof statuses)[number];

/** A published figure and what is computed beside it. */
export interface ReconciledFigure extends ViewRow<'reconciliation'> {
  status: Status;
  /** Whether the inspection is known from a table of ratings only: then nothing is computed. */
  is_listed_only: boolean;
}

/**
 * Every published figure with what is computed beside it, by service, level and code; `listed` keeps those of inspections that are
 * known from a table of ratings only, or those of others.
 * @example
 * const figures = await reconciliation(db, { synthetic: false });
 * const notPlain = figures.filter(({ status }) => status !== 'agrees');
 */
export async function reconciliation(
  db: Connection,
  { synthetic, listed }: { synthetic?: Synthetic; listed?: boolean } = {},
): Promise<ReconciledFigure[]> {
  const query = db
    .selectFrom('analytics.reconciliation as figure')
    .innerJoin('analytics.inspection as inspection', 'inspection.inspection_id', 'figure.inspection_id')
    .selectAll('figure')
    .select('is_listed_only')
    .where(isOf('figure', { synthetic }))
    .$if(listed !== undefined, (of) => of.where('is_listed_only', '=', listed as boolean))
    .orderBy('figure.service')
    .orderBy('inspection.as_of')
    .orderBy('figure.inspection_id')
    .orderBy('level_rank')
    .orderBy('code');
  return (await rowsAsJson(db, query)) as ReconciledFigure[];
}

/** In order; of the last two there are only some: a sample's figure that another contradicts, a listing beside a known report. */
const levels = ['overall', 'score', 'standard', 'key question', 'prompt', 'sample', 'listing'];

/** Figures counted by level and status, in the order of the levels; of levels that have any. */
export const countByLevel = (
  figures: readonly ReconciledFigure[],
): { level: string; counts: Record<Status, number> }[] =>
  levels.flatMap((level) => {
    const own = figures.filter((figure) => figure.level === level);
    const counted = statuses.map((one) => [one, own.filter(({ status }) => status === one).length]);
    return own.length === 0 ? [] : [{ level, counts: Object.fromEntries(counted) }];
  });
