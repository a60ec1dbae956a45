import { Command } from 'commander';
import { backup } from '../database/backup/backup.js';
import { restore } from '../database/backup/restore.js';
import { withBareServer } from '../database/bare-server.js';
import { plural } from '../words/plural.js';
import { checkName } from '../writing.js';
import type { CommandMaker } from './command.js';
import { print } from './print.js';
import { withDatabase, withSchema } from './with-database.js';

export const backupCommand: CommandMaker = () =>
  new Command('backup')
    .description('write all that is loaded, with its history, into one file, while others go on')
    .argument(
      '<file>',
      'the file, which is to be a new one; it holds case data: keep it as safe as the database',
    )
    .option('--force', 'replace the file if there is one')
    .action((file: string, { force = false }: { force?: boolean }) =>
      withBareServer(async (url) => {
        const { tables, rows } = await backup(url, file, { force });
        print(`${file}: ${plural(rows, 'row')} of ${plural(tables, 'table')}`);
      }),
    );

export const restoreCommand: CommandMaker = () =>
  new Command('restore')
    .description('put a backup into a new, empty database, and bring it up to date')
    .argument('<file>', 'a file that db backup has made')
    .addHelpText(
      'after',
      `
A new database is one that DATABASE_URL names, or the embedded server's in a new folder:
  YOT_RATINGS_HOME=restored yot-ratings db restore ratings.backup`,
    )
    .action(async (file: string) => {
      checkName(file, 'file');
      await withBareServer(async (url) => {
        const { tables, rows, heading } = await restore(url, file);
        const { migrations } = await withSchema(async (database) => database);
        // Older results are computed anew, and what comes with the package is brought up to date.
        if (migrations.length > 0) await withDatabase(async () => {});
        print(
          `${plural(rows, 'row')} of ${plural(tables, 'table')} restored, as of ${heading.made_at}; ` +
            `${plural(migrations.length, 'migration')} applied after that`,
        );
      });
    });
