import { groupBy } from '../group-by.js';
import { asking, type ViewRow } from './view.js';

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

export type ReconciledFigure = ViewRow<'reconciliation'>;
/**
 * Published figures with what is computed beside each, by service, level and code; `is_listed_only` keeps those of inspections that are
 * known from a table of ratings only, or those of others.
 * @example
 * const figures = await reconciliation(db, { synthetic: false });
 * const notPlain = figures.filter(({ status }) => status !== 'agrees');
 */
export const reconciliation = asking(
  'reconciliation',
  ...(['service', 'as_of', 'inspection_id', 'level_rank', 'code'] as const),
);

/** Figures counted by level and status, in the order of the levels; of levels that have any. */
export const countByLevel = (
  figures: readonly ReconciledFigure[],
): { level: string; counts: Record<Status, number> }[] =>
  [...groupBy(figures, ({ level }) => level)]
    .sort(([, [a]], [, [b]]) => Number(a?.level_rank) - Number(b?.level_rank))
    .map(([level, own]) => {
      const counted = statuses.map((one) => [one, own.filter(({ status }) => status === one).length]);
      return { level, counts: Object.fromEntries(counted) };
    });
