import { Command } from 'commander';
import { connectionFiles, connectWork } from '../connect/files.js';
import { givenUrl } from '../connect/given-url.js';
import { writeFiles } from '../connect/write.js';
import { checkDestination } from '../export/folder.js';
import type { CommandMaker } from './command.js';
import { print, printJson } from './print.js';

export const connectCommand: CommandMaker = () =>
  new Command('connect')
    .description(
      'write files that Power BI, Tableau, ODBC, R and Python connect with, as the reader; no password is in them',
    )
    .argument('[folder]', 'a folder that is not there yet, or is empty', './connect-to-ratings')
    .option('--force', 'replace what an earlier call put into the folder; other files stay')
    .option('--json', 'print JSON')
    .action(async (folder: string, { force = false, json }: { force?: boolean; json?: true }) => {
      await checkDestination(folder, { force, work: connectWork });
      const files = connectionFiles(await givenUrl());
      await writeFiles(folder, files, { force });
      if (json) return printJson({ folder, files: Object.keys(files) });
      print(
        `${folder}: ${Object.keys(files).join(', ')}`,
        'The password is in none of them: yot-ratings db url --role reader prints it, between : and @.',
      );
    });
