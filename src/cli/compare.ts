import { Command } from 'commander';
import { type ServiceComparisonRow, serviceComparison } from '../queries/of-inspections.js';
import { ratings } from '../queries/ratings.js';
import { plural } from '../words/plural.js';
import type { CommandMaker } from './command.js';
import { comparisonTable } from './comparison-table.js';
import { oneWayToPrint } from './options.js';
import { print, printCsv, printJson } from './print.js';
import { inspectionsOf, serviceHelp } from './which-service.js';
import { isNarrow } from './width.js';
import { withDatabase } from './with-database.js';

interface Options {
  all?: true;
  synthetic?: boolean;
  json?: true;
  csv?: true;
}

export const compareCommand: CommandMaker = () =>
  new Command('compare')
    .description("a service's ratings beside those of others of the same year and edition")
    .argument('<service>', 'a name of the service')
    .option('--all', 'every inspection of it, not the latest alone')
    .option('--synthetic', 'invented inspections instead of real ones')
    .option('--json', 'print JSON')
    .option('--csv', 'print CSV')
    .addHelpText('after', serviceHelp)
    .action((service: string, { all, synthetic = false, json, csv }: Options) => {
      oneWayToPrint({ json, csv });
      return withDatabase(async ({ db }) => {
        const { inspections, earlier } = await inspectionsOf(db, service, { all, synthetic });
        const rows: ServiceComparisonRow[] = [];
        for (const inspectionId of inspections)
          rows.push(...(await serviceComparison(db, { inspectionId, synthetic })));
        if (json) return printJson(rows);
        if (csv) return printCsv(rows);
        const blocks = (await ratings(db, { inspections })).map((inspection) =>
          comparisonTable(
            inspection,
            rows.filter((row) => row.inspection_id === inspection.inspection_id),
            { narrow: isNarrow() },
          ),
        );
        print(...blocks.flatMap((lines, at) => (at > 0 ? ['', ...lines] : lines)));
        if (earlier > 0) print('', `${plural(earlier, 'earlier inspection')} not shown: --all shows them`);
      });
    });
