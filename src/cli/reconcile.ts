import type { Connection } from '../database/connect.js';
import { exitCode } from '../problem.js';
import { countByLevel, type ReconciledFigure, reconciliation, statuses } from '../queries/reconciliation.js';
import { compareSqlAndTypescript } from '../reconcile/sql-and-typescript.js';
import { plural } from '../words/plural.js';
import { shortName } from './about.js';
import { print, printJson, printRows, type TableOptions, tell } from './print.js';
import { table } from './table.js';
import { withDatabase } from './with-database.js';

export function reconcile({ synthetic = false, ...form }: TableOptions): Promise<number> {
  return withDatabase(async ({ db }) => {
    const figures = await reconciliation(db, { synthetic });
    const compared = await compareSqlAndTypescript(db, await inspectionKeys(db, { synthetic }));
    if (form.json) printJson({ figures, ...compared });
    else
      printRows(form, figures, () => {
        const listed = figures.filter(({ is_listed_only }) => is_listed_only).length;
        return [
          'Published figures and what is computed',
          '',
          ...reconciliationTables(figures.filter(({ is_listed_only }) => !is_listed_only)),
          ...(listed > 0
            ? [`${plural(listed, 'figure')} of tables of ratings alone are not shown (--csv has them).`, '']
            : []),
        ];
      });
    if (!form.json) (form.csv ? tell : print)(...comparison(compared));
    return reconciled(figures, compared);
  });
}

/** Keys of real or invented inspections: of all, or of those whose reports are known in full. */
export async function inspectionKeys(
  db: Connection,
  { synthetic, inFull = false }: { synthetic: boolean; inFull?: boolean },
): Promise<number[]> {
  const rows = await db
    .selectFrom('core.inspection')
    .select('inspection_id')
    .where('is_synthetic', '=', synthetic)
    .$if(inFull, (query) => query.where('is_listed_only', '=', false))
    .execute();
  return rows.map(({ inspection_id }) => inspection_id);
}

type Compared = Awaited<ReturnType<typeof compareSqlAndTypescript>>;

/** The exit code: whether a figure disagrees without a reason, or SQL and TypeScript differ. */
export const reconciled = (figures: readonly ReconciledFigure[], { differences }: Compared): number =>
  differences.length > 0 || figures.some(({ status, level }) => status === 'disagrees' && level !== 'listing')
    ? exitCode.data
    : exitCode.done;

/** How many cells SQL and TypeScript have in common, and those in which they differ. */
export const comparison = ({ cells, differences }: Compared): string[] => [
  `SQL and TypeScript: ${cells} cells compared, ${differences.length} differ.`,
  ...differences.map(
    ({ inspection, cell, sql, typescript }) =>
      `  ${inspection}, ${cell}: SQL ${sql}, TypeScript ${typescript}`,
  ),
];

/** The summary, and below it the figures that do not simply agree, each with its reason; a blank line after each. */
export function reconciliationTables(figures: readonly ReconciledFigure[]): string[] {
  const rows = figures
    .filter(({ status }) => status !== 'agrees')
    .map(({ service, level, code, published, computed, status, explanation }) => [
      ...[shortName(service), `${level} ${code}`, published, computed ?? '-', status, explanation],
    ]);
  const details = table(['service', 'figure', 'published', 'computed', 'status', 'why'], rows);
  const summary = figures.length > 0 ? reconciliationSummary(figures) : ['No figure is published.'];
  return [...summary, '', ...(rows.length > 0 ? [...details, ''] : [])];
}

/** How many published figures of each level stand how to what is computed. */
export function reconciliationSummary(figures: readonly ReconciledFigure[]): string[] {
  const levels = countByLevel(figures);
  const rows = statuses.map((status) => [status, ...levels.map(({ counts }) => counts[status] || '.')]);
  return table(['figures', ...levels.map(({ level }) => ({ right: level }))], rows);
}
