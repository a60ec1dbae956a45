import { Command } from 'commander';
import type { Connection } from '../database/connect.js';
import { exitCode, UserError } from '../problem.js';
import { ratings } from '../queries/ratings.js';
import type { CommandMaker } from './command.js';
import { plural, print, printJson } from './print.js';
import { ratingsTable } from './ratings-table.js';
import { withDatabase } from './with-database.js';

interface Options {
  synthetic?: boolean;
  json?: true;
}

export const ratingsCommand: CommandMaker = () =>
  new Command('ratings')
    .description('the ratings of every inspection, or of a service')
    .argument('[service]', "part of the service's name")
    .option('--synthetic', 'invented inspections instead of real ones')
    .option('--json', 'print JSON')
    .action((service: string | undefined, { synthetic = false, json }: Options) =>
      withDatabase(async ({ db }) => {
        const found = await ratings(db, { service, synthetic });
        const hidden = synthetic ? 0 : await invented(db, service);
        if (found.length === 0) throw new UserError(nothing(service, { synthetic, hidden }), exitCode.call);
        if (json) return printJson(found);
        print(...ratingsTable(found));
        if (hidden > 0) print(`${plural(hidden, 'invented inspection')} not shown: --synthetic shows them`);
      }),
    );

/** How many invented inspections there are of services whose name has a text. */
async function invented(db: Connection, service: string | undefined): Promise<number> {
  const rows = await db
    .selectFrom('analytics.inspection')
    .select('service')
    .where('is_synthetic', '=', true)
    .execute();
  const wanted = service?.toLowerCase() ?? '';
  return rows.filter((row) => row.service?.toLowerCase().includes(wanted)).length;
}

function nothing(
  service: string | undefined,
  { synthetic, hidden }: { synthetic: boolean; hidden: number },
): string {
  const which = synthetic ? 'No invented inspection' : 'No inspection';
  const of = service === undefined ? '' : ` of a service whose name has "${service}"`;
  if (hidden > 0) return `${which}${of} but invented ones: --synthetic shows them.`;
  return `${which}${of}. yot-ratings ratings lists all.`;
}
