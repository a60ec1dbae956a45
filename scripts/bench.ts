import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Action } from '../src/cli/commands.js';
import { wholeNumber } from '../src/cli/commands.js';
import { leaveInGoodOrder } from '../src/cli/interrupt.js';
import { main } from '../src/cli/main.js';
import { print, printJson, tell } from '../src/cli/print.js';
import { withSchema } from '../src/cli/with-database.js';
import { checkName, writing } from '../src/disk/writing.js';
import { bench } from './bench/bench.js';
import { benchTables } from './bench/tables.js';

interface Given {
  scales: string[];
  inspections: string;
  runs: string;
  to?: string;
  json?: true;
}

const declareBench = (program: Command, action: Action): Command =>
  program
    .command('bench')
    .description(
      'take the time of loading and asking an invented programme, beside raw COPY, DuckDB and plain views, on a database of its own',
    )
    .option('--scales <number...>', 'sizes, in national programmes', ['1'])
    .option('--inspections <number>', 'inspections of the national programme', '620')
    .option('--runs <number>', 'how often each thing is timed (fewer times when larger)', '3')
    .option('--to <file>', 'write the measurements into a file (JSON) as well')
    .option('--json', 'print JSON')
    .action(action(async () => timeAll));

async function timeAll(given: Given): Promise<void> {
  const options = {
    scales: [...new Set(given.scales.map((scale) => wholeNumber('--scales', scale, 1, 30)))],
    inspections: wholeNumber('--inspections', given.inspections, 1, 20_000),
    runs: wholeNumber('--runs', given.runs, 1, 100),
  };
  // Before the minutes that it takes, and again after them.
  if (given.to !== undefined) {
    checkName(given.to, 'file');
    await write(given.to, '', 'a');
  }
  await withSchema(async ({ url }) => {
    const sizes = await bench(url, { ...options, tell });
    if (given.to !== undefined) await write(given.to, `${JSON.stringify(sizes, null, 2)}\n`, 'w');
    if (given.json) return printJson(sizes);
    print(...benchTables(sizes));
  });
}

const write = (file: string, text: string, flag: 'a' | 'w'): Promise<void> =>
  writing(file, () => writeFile(file, text, { flag }));

leaveInGoodOrder();
process.exitCode = await main(['bench', ...process.argv.slice(2)], declareBench);
