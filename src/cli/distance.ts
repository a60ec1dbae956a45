import { Command } from 'commander';
import { ratings } from '../queries/ratings.js';
import { type DistanceRow, distanceRows } from '../words/distance-rows.js';
import { plural } from '../words/plural.js';
import type { CommandMaker } from './command.js';
import { distanceTable } from './distance-table.js';
import { oneWayToPrint } from './options.js';
import { print, printCsv, printJson } from './print.js';
import { inspectionsOf, serviceHelp } from './which-service.js';
import { withDatabase } from './with-database.js';

interface Options {
  all?: true;
  synthetic?: boolean;
  json?: true;
  csv?: true;
}

export const distanceCommand: CommandMaker = () =>
  new Command('distance')
    .description("how many answers a service's ratings are from the next ones, up and down")
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
        const shown = await ratings(db, { inspections });
        const rows: DistanceRow[][] = [];
        for (const inspection of shown) rows.push(await distanceRows(db, inspection));
        if (json) return printJson(rows.flat());
        if (csv) return printCsv(rows.flat());
        const blocks = shown.map((inspection, at) => distanceTable(inspection, rows[at] ?? []));
        print(...blocks.flatMap((lines, at) => (at > 0 ? ['', ...lines] : lines)));
        if (earlier > 0) print('', `${plural(earlier, 'earlier inspection')} not shown: --all shows them`);
      });
    });
