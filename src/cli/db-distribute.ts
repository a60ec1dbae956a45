import { Command } from 'commander';
import { distribute } from '../database/cluster/distribute.js';
import { exitCode, UserError } from '../problem.js';
import { plural } from '../words/plural.js';
import type { CommandMaker } from './command.js';
import { wholeNumber } from './options.js';
import { print } from './print.js';
import { withSchema } from './with-database.js';

export const distributeCommand: CommandMaker = () =>
  new Command('distribute')
    .description('spread evidence and counts, by inspection, over the workers of a coordinator of Citus')
    .option('--shards <number>', 'in so many parts (default: as many as citus.shard_count says)')
    .option('--dry-run', 'print the statements, and change nothing')
    .addHelpText(
      'after',
      `
DATABASE_URL names the database on the coordinator, as its owner, who has to be an administrator there. Loads, queries and all other
commands go on as before. A backup of it can be restored into one server.`,
    )
    .action(({ shards, dryRun = false }: { shards?: string; dryRun?: boolean }) => {
      const number = shards === undefined ? undefined : wholeNumber('--shards', shards, 1, 1000);
      return withSchema(async ({ db, isOwner }) => {
        if (!isOwner)
          throw new UserError(
            "Only its owner distributes a database: use the owner's DATABASE_URL.",
            exitCode.database,
          );
        const { workers, byInspection, copied, statements } = await distribute(db, {
          shards: number,
          dryRun,
        });
        if (dryRun) return print(...statements.map((statement) => `${statement};`));
        print(
          statements.length === 0
            ? `The database is distributed over ${plural(workers, 'worker')} already: nothing to do.`
            : `${plural(byInspection.length, 'table')} distributed by inspection over ${plural(workers, 'worker')}, ` +
                `${plural(copied.length, 'table')} copied to each.`,
        );
      });
    });
