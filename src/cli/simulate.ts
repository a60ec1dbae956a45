import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { checkDestination } from '../export/folder.js';
import { readMaterial } from '../simulate/material.js';
import { simulateProgramme } from '../simulate/programme.js';
import { writeProgramme } from '../simulate/write-programme.js';
import { plural } from '../words/plural.js';
import type { CommandMaker } from './command.js';
import { wholeNumber } from './options.js';
import { print, printJson } from './print.js';
import { withDatabase } from './with-database.js';

interface Given {
  inspections: string;
  seed: string;
  to: string;
  wide?: true;
  firstYear: string;
  edition?: string[];
  json?: true;
}

export const simulateCommand: CommandMaker = () =>
  new Command('simulate')
    .description('write the bundles of a whole invented programme: services, cases, answers and ratings')
    .option('--inspections <number>', 'how many inspections, from 1 to 20000', '620')
    .option('--seed <number>', 'a whole number; the same one gives the same bundles, whatever is loaded', '1')
    .option('--to <folder>', 'a folder that is not there yet, or is empty', './simulated-programme')
    .option('--wide', 'answers.csv with a column for each question, not a row for each answer')
    .option('--first-year <year>', 'year of the first fieldwork, from 2000 to 2100', '2018')
    .option(
      '--edition <edition...>',
      'only inspections under these; where none is named, those that come with the program',
    )
    .option('--json', 'print JSON')
    .action(async (given: Given) => {
      const options = {
        inspections: wholeNumber('--inspections', given.inspections, 1, 20_000),
        seed: wholeNumber('--seed', given.seed, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
        firstYear: wholeNumber('--first-year', given.firstYear, 2000, 2100),
      };
      await checkDestination(given.to);
      const material = await withDatabase(({ db }) => readMaterial(db, given.edition));
      const written = await withProgress(options.inspections, (onInspection) =>
        writeProgramme(given.to, simulateProgramme(material, options), {
          form: given.wide ? 'wide' : 'long',
          onInspection,
        }),
      );
      if (given.json) return printJson({ folder: given.to, ...written });
      const { inspections, services, cases, answers } = written;
      print(
        `${given.to}: ${plural(inspections, 'inspection')} of ${plural(services, 'service')}, ${plural(cases, 'case')}, ${plural(answers, 'answer')}; all invented`,
      );
    });

/** Shows how far the work is, where somebody watches: on a terminal. */
async function withProgress<T>(
  total: number,
  work: (onDone: (done: number) => void) => Promise<T>,
): Promise<T> {
  const bar = new SingleBar({ format: '{bar} {value} of {total} inspections', clearOnComplete: true });
  if (process.stderr.isTTY) bar.start(total, 0);
  try {
    return await work((done) => bar.isActive && bar.update(done));
  } finally {
    bar.stop();
  }
}
