import { Command } from 'commander';
import type { Connection } from '../database/connect.js';
import { exitCode } from '../problem.js';
import { reconciliation } from '../queries/reconciliation.js';
import { compareSqlAndTypescript } from '../reconcile/sql-and-typescript.js';
import { plural } from '../words/plural.js';
import type { CommandMaker } from './command.js';
import { oneWayToPrint } from './options.js';
import { print, printCsv, printJson, tell } from './print.js';
import { reconciliationDetails, reconciliationSummary } from './reconciliation-tables.js';
import { table } from './table.js';
import { withDatabase } from './with-database.js';

export const reconcileCommand: CommandMaker = (endWith) =>
  new Command('reconcile')
    .description('hold SQL, TypeScript and the published figures against each other, cell by cell')
    .option('--synthetic', 'invented inspections instead of real ones')
    .option('--json', 'print JSON')
    .option('--csv', 'print CSV: a row a published figure')
    .addHelpText(
      'after',
      '\nEnds with 1 when a published figure disagrees without a reason, or when SQL and TypeScript differ.',
    )
    .action(({ synthetic = false, json, csv }: { synthetic?: true | false; json?: true; csv?: true }) => {
      oneWayToPrint({ json, csv });
      return withDatabase(async ({ db }) => {
        const figures = await reconciliation(db, { synthetic });
        const { cells, differences } = await compareSqlAndTypescript(db, await keysOf(db, synthetic));
        const disagreeing = figures.filter(
          ({ status, level }) => status === 'disagrees' && level !== 'listing',
        ).length;
        if (differences.length > 0 || disagreeing > 0) endWith(exitCode.data);
        if (json) return printJson({ figures, cells, differences });
        if (csv) {
          if (differences.length > 0)
            tell(`SQL and TypeScript: ${cells} cells compared, ${differences.length} differ.`);
          return printCsv(figures);
        }
        const reported = figures.filter(({ is_listed_only }) => !is_listed_only);
        print('Published figures and what is computed', '', ...reconciliationSummary(reported), '');
        if (reported.some(({ status }) => status !== 'agrees')) print(...reconciliationDetails(reported), '');
        const listed = figures.filter(({ is_listed_only }) => is_listed_only);
        const inspections = new Set(listed.map(({ inspection_id }) => inspection_id)).size;
        if (listed.length > 0)
          print(
            `${plural(listed.length, 'figure')} of ${plural(inspections, 'inspection')} known from tables of ratings only are not shown:`,
            'beside most of them nothing is computed (--csv has them).',
            '',
          );
        print(`SQL and TypeScript: ${cells} cells compared, ${differences.length} differ.`);
        if (differences.length > 0) {
          const rows = differences.map(({ inspection, cell, sql, typescript }) => [
            inspection,
            cell,
            String(sql),
            String(typescript),
          ]);
          print(
            '',
            ...table(
              ['inspection', 'cell', 'SQL', 'TypeScript'].map((title) => ({ title })),
              rows,
            ),
          );
        }
      });
    });

async function keysOf(db: Connection, synthetic: boolean): Promise<number[]> {
  const rows = await db
    .selectFrom('core.inspection')
    .select('inspection_id')
    .where('is_synthetic', '=', synthetic)
    .execute();
  return rows.map(({ inspection_id }) => inspection_id);
}
