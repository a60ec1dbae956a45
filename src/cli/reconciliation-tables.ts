import { countByLevel, type ReconciledFigure, statuses } from '../queries/reconciliation.js';
import { shortName } from './short-name.js';
import { table } from './table.js';

/** How many published figures of each level stand how to what is computed. */
export function reconciliationSummary(figures: readonly ReconciledFigure[]): string[] {
  const levels = countByLevel(figures);
  const columns = [
    { title: 'figures' },
    ...levels.map(({ level }) => ({ title: level, align: 'right' as const })),
  ];
  const rows = statuses.map((status) => [status, ...levels.map(({ counts }) => counts[status] || '.')]);
  return table(columns, rows);
}

/** The figures that do not simply agree, each with its reason. */
export function reconciliationDetails(figures: readonly ReconciledFigure[]): string[] {
  const rows = figures
    .filter(({ status }) => status !== 'agrees')
    .map(({ service, level, code, published, computed, status, explanation }) => [
      shortName(service),
      `${level} ${code}`,
      published,
      computed ?? '-',
      status,
      explanation,
    ]);
  return table(
    ['service', 'figure', 'published', 'computed', 'status', 'why'].map((title) => ({ title })),
    rows,
  );
}
