import { Command } from 'commander';
import type { Connection } from '../database/connect.js';
import { exitCode, UserError } from '../problem.js';
import { ratings } from '../queries/ratings.js';
import { whatIf } from '../queries/what-if.js';
import type { CommandMaker } from './command.js';
import { plural, print, printJson } from './print.js';
import { ratingsTable } from './ratings-table.js';
import { asIfHelp, readSuppositions, whatIfJson, whatIfTable } from './what-if.js';
import { withDatabase } from './with-database.js';

interface Options {
  asIf?: string[];
  synthetic?: boolean;
  json?: true;
}

export const ratingsCommand: CommandMaker = () =>
  new Command('ratings')
    .description('the ratings of every inspection, or of a service')
    .argument('[service]', "part of the service's name")
    .option('--synthetic', 'invented inspections instead of real ones')
    .option(
      '--as-if <what=value>',
      'beside the ratings, those that other rules would give; may be repeated',
      (value, before: string[] = []) => [...before, value],
    )
    .option('--json', 'print JSON')
    .addHelpText('after', asIfHelp)
    .action((service: string | undefined, { asIf, synthetic = false, json }: Options) => {
      const supposed = asIf && readSuppositions(asIf);
      return withDatabase(async ({ db }) => {
        const hidden = synthetic ? 0 : await invented(db, service);
        const show = <T>(found: T[], asJson: (found: T[]) => unknown, asLines: (found: T[]) => string[]) => {
          if (found.length === 0) throw new UserError(nothing(service, { synthetic, hidden }), exitCode.call);
          if (json) return printJson(asJson(found));
          print(...asLines(found));
          if (hidden > 0) print(`${plural(hidden, 'invented inspection')} not shown: --synthetic shows them`);
        };
        if (supposed)
          show(await whatIf(db, supposed, { service, synthetic }), whatIfJson(supposed), whatIfTable);
        else show(await ratings(db, { service, synthetic }), (found) => found, ratingsTable);
      });
    });

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
