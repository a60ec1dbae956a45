import { rowsAsJson } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { isSynthetic, type Synthetic } from './view.js';

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
export interface ReconciledFigure {
  inspection_id: number;
  service: string;
  /** ISO date; null when not known. */
  fieldwork_start: string | null;
  level: string;
  code: string;
  published: string;
  computed: string | null;
  status: Status;
  explanation: string | null;
  place: string | null;
  /** Whether the inspection is known from a table of ratings only: then nothing is computed. */
  is_listed_only: boolean;
}

/**
 * Every published figure with what is computed beside it, by service, level and code; `synthetic` has those of invented
 * inspections in place of real ones, or both, `listed` those of inspections that are known from a table of ratings only, or those of others.
 *
 * @example
 * const figures = await reconciliation(db, { synthetic: false });
 * const notPlain = figures.filter(({ status }) => status !== 'agrees');
 */
export async function reconciliation(
  db: Connection,
  { synthetic, listed }: { synthetic?: Synthetic; listed?: boolean } = {},
): Promise<ReconciledFigure[]> {
  const is_synthetic = isSynthetic(synthetic);
  const rows = await rowsAsJson(
    db,
    db
      .selectFrom('analytics.reconciliation as figure')
      .innerJoin('analytics.inspection as inspection', 'inspection.inspection_id', 'figure.inspection_id')
      .select([
        'figure.inspection_id',
        'figure.service',
        'figure.fieldwork_start',
        'level',
        'code',
        'figure.published',
        'computed',
        'status',
        'explanation',
        'place',
        'is_listed_only',
      ])
      .$if(is_synthetic !== undefined, (query) =>
        query.where('figure.is_synthetic', '=', is_synthetic as boolean),
      )
      .$if(listed !== undefined, (query) => query.where('is_listed_only', '=', listed as boolean))
      .orderBy('figure.service')
      .orderBy('inspection.as_of')
      .orderBy('figure.inspection_id')
      .orderBy('level_rank')
      .orderBy('code'),
  );
  return rows as ReconciledFigure[];
}

/** Figures counted by level and status, in the order of the levels. */
export function countByLevel(
  figures: readonly ReconciledFigure[],
): { level: string; counts: Record<Status, number> }[] {
  const levels = ['overall', 'score', 'standard', 'key question', 'prompt'];
  // Of these there are only some: a sample's figure where another one contradicts it, a listing beside a report that is known.
  for (const level of ['sample', 'listing'])
    if (figures.some((figure) => figure.level === level)) levels.push(level);
  return levels.map((level) => {
    const ofLevel = figures.filter((figure) => figure.level === level);
    const counts = Object.fromEntries(
      statuses.map((status) => [status, ofLevel.filter((figure) => figure.status === status).length]),
    ) as Record<Status, number>;
    return { level, counts };
  });
}
