import { sql } from 'kysely';
import type { Connection } from '../database/connect.js';

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
}

/**
 * Every published figure with what is computed beside it, by service, level and code; `synthetic` keeps those of invented
 * inspections, or those of others.
 *
 * @example
 * const figures = await reconciliation(db, { synthetic: false });
 * const notPlain = figures.filter(({ status }) => status !== 'agrees');
 */
export async function reconciliation(
  db: Connection,
  { synthetic }: { synthetic?: boolean } = {},
): Promise<ReconciledFigure[]> {
  const rows = await db
    .selectFrom('analytics.reconciliation')
    .select([
      'inspection_id',
      'service',
      'fieldwork_start',
      'level',
      'code',
      'published',
      'computed',
      'status',
      'explanation',
      'place',
    ])
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .orderBy('service')
    .orderBy(sql`coalesce(fieldwork_start, published_on, make_date(year, 1, 1))`)
    .orderBy('inspection_id')
    .orderBy('level_rank')
    .orderBy('code')
    .execute();
  return rows as ReconciledFigure[];
}

/** Figures counted by level and status, in the order of the levels. */
export function countByLevel(
  figures: readonly ReconciledFigure[],
): { level: string; counts: Record<Status, number> }[] {
  const levels = ['overall', 'score', 'standard', 'key question', 'prompt'];
  // a sample's figure is there only where another one contradicts it
  if (figures.some(({ level }) => level === 'sample')) levels.push('sample');
  return levels.map((level) => {
    const ofLevel = figures.filter((figure) => figure.level === level);
    const counts = Object.fromEntries(
      statuses.map((status) => [status, ofLevel.filter((figure) => figure.status === status).length]),
    ) as Record<Status, number>;
    return { level, counts };
  });
}
