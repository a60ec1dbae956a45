import { Command } from 'commander';
import { isDay } from '../days.js';
import { exitCode, UserError } from '../problem.js';
import { readEdition } from '../template/edition.js';
import { writeTemplate } from '../template/write-template.js';
import type { CommandMaker } from './command.js';
import { print } from './print.js';
import { withDatabase } from './with-database.js';

interface Given {
  edition: string;
  to?: string;
  long?: true;
  fieldwork?: string;
}

export const templateCommand: CommandMaker = () =>
  new Command('template')
    .description('write the files of an inspection with case answers, to be filled in')
    .requiredOption('--edition <code>', 'the edition whose questions are asked: 2018, 2021, …')
    .option('--to <folder>', 'a folder that has none of the files yet (default: ./inspection-<edition>)')
    .option('--long', 'answers.csv with a row for each answer, not a column for each question')
    .option('--fieldwork <day>', 'the first day of fieldwork, like 2022-02-14 (default: today)')
    .action(async ({ edition, to, long, fieldwork = today() }: Given) => {
      if (!isDay(fieldwork))
        throw new UserError(
          `--fieldwork is "${fieldwork}": it has to be a day, like 2022-02-14.`,
          exitCode.call,
        );
      const found = await withDatabase(({ db }) => readEdition(db, edition, fieldwork));
      const folder = to ?? `./inspection-${found.code.replaceAll(' ', '-')}`;
      const written = await writeTemplate(folder, found, long ? 'long' : 'wide');
      print(
        `${folder}: ${written.join(', ')}`,
        'Fill in inspection.yaml, cases.csv and answers.csv; columns.csv explains the columns. Then load it:',
        `  npx yot-ratings load ${folder}`,
      );
    });

const today = () => new Date().toISOString().slice(0, 10);
