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

type Figure = 'inspection_id' | 'service' | 'fieldwork_start' | 'level' | 'code' | 'published' | 'computed';

/** A published figure and what is computed beside it. */
export interface ReconciledFigure extends Pick<ViewRow<'reconciliation'>, Figure | 'explanation' | 'place'> {
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
    .select(['figure.inspection_id', 'figure.service', 'figure.fieldwork_start', 'level', 'code'])
    .select(['figure.published', 'computed', 'status', 'explanation', 'place', 'is_listed_only'])
    .where(isOf('figure', { synthetic }))
    .$if(listed !== undefined, (of) => of.where('is_listed_only', '=', listed as boolean))
    .orderBy('figure.service')
    .orderBy('inspection.as_of')
    .orderBy('figure.inspection_id')
    .orderBy('level_rank')
    .orderBy('code');
  return (await rowsAsJson(db, query)) as ReconciledFigure[];
}

/** Figures counted by level and status, in the order of the levels. */
export function countByLevel(
  figures: readonly ReconciledFigure[],
): { level: string; counts: Record<Status, number> }[] {
  // Of the last two there are only some: a sample's figure that another one contradicts, a listing beside a report that is known.
  const levels = ['overall', 'score', 'standard', 'key question', 'prompt', 'sample', 'listing'];
  const isThere = (level: string) => figures.some((figure) => figure.level === level);
  return levels
    .filter((level, at) => at < 5 || isThere(level))
    .map((level) => {
      const ofLevel = figures.filter((figure) => figure.level === level);
      const counted = statuses.map((one) => [one, ofLevel.filter(({ status }) => status === one).length]);
      return { level, counts: Object.fromEntries(counted) as Record<Status, number> };
    });
}
