import { Command, Option } from 'commander';
import { exportViews } from '../export/export.js';
import { checkDestination } from '../export/folder.js';
import { exportWork } from '../export/work.js';
import { type Format, formats } from '../export/write-views.js';
import { plural } from '../words/plural.js';
import type { CommandMaker } from './command.js';
import { print, printJson } from './print.js';
import { table } from './table.js';
import { withDatabase } from './with-database.js';

interface Given {
  only?: string[];
  format: Format | 'all';
  synthetic?: true;
  spreadsheetSafe?: true;
  force?: true;
  json?: true;
}

export const exportCommand: CommandMaker = () =>
  new Command('export')
    .description('write the public views as open data: CSV and Parquet, described by a Data Package and CSVW')
    .argument('<folder>', 'a folder that is not there yet, or is empty')
    .option('--only <view...>', 'these views, not all')
    .addOption(new Option('--format <format>', 'which files').choices([...formats, 'all']).default('all'))
    .option('--synthetic', 'invented inspections too')
    .option('--spreadsheet-safe', 'CSV texts that a spreadsheet takes for formulas begin with an apostrophe')
    .option('--force', 'replace what an earlier export put into the folder; other files stay')
    .option('--json', 'print JSON')
    .action(async (folder: string, given: Given) => {
      const { only, format, synthetic = false, spreadsheetSafe = false, force = false, json } = given;
      await checkDestination(folder, { force, work: exportWork });
      const { views, files, leftOut } = await withDatabase(({ db }) =>
        exportViews(db, folder, {
          only,
          formats: format === 'all' ? formats : [format],
          synthetic,
          spreadsheetSafe,
          force,
        }),
      );
      if (json)
        return printJson({
          folder,
          views: views.map(({ view, rows, files }) => ({ view: view.name, rows, files })),
          files,
          left_out: leftOut,
        });
      print(
        ...table(
          [{ title: 'view' }, { title: 'rows', align: 'right' }, { title: 'files' }],
          views.map(({ view, rows, files }) => [view.name, rows, files.map(({ file }) => file).join(', ')]),
        ),
        '',
        `${folder}: ${plural(views.length, 'view')}, described by ${files.slice(-descriptions(format)).join(' and ')}`,
      );
      if (leftOut > 0) print(`${plural(leftOut, 'invented inspection')} left out: --synthetic includes them`);
    });

/** How many files describe the others: the last ones. */
const descriptions = (format: Format | 'all'): number => (format === 'parquet' ? 1 : 2);
