import { Command } from 'commander';
import { exitCode, UserError } from '../problem.js';
import { ratings } from '../queries/ratings.js';
import type { CommandMaker } from './command.js';
import { print, printJson } from './print.js';
import { ratingsTable } from './ratings-table.js';
import { withDatabase } from './with-database.js';

export const ratingsCommand: CommandMaker = () =>
  new Command('ratings')
    .description('the ratings of every inspection, or of a service')
    .argument('[service]', "part of the service's name")
    .option('--json', 'print JSON')
    .action((service: string | undefined, { json }: { json?: true }) =>
      withDatabase(async ({ db }) => {
        const found = await ratings(db, { service });
        if (found.length === 0) {
          throw new UserError(
            `No inspection of a service whose name has "${service}". yot-ratings ratings lists all.`,
            exitCode.call,
          );
        }
        if (json) printJson(found);
        else print(...ratingsTable(found));
      }),
    );
