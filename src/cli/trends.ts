import { Command } from 'commander';
import { exitCode, UserError } from '../problem.js';
import {
  displayRule,
  type KeyQuestionInYear,
  keyQuestionTrend,
  type RatingInYear,
  ratingTrend,
} from '../queries/of-years.js';
import type { CommandMaker } from './command.js';
import { oneWayToPrint } from './options.js';
import { print, printCsv, printJson } from './print.js';
import { keyQuestionTrendTables, ratingTrendTables } from './trend-tables.js';
import { withDatabase } from './with-database.js';

interface Options {
  questions?: true;
  synthetic?: boolean;
  json?: true;
  csv?: true;
}

export const trendsCommand: CommandMaker = () =>
  new Command('trends')
    .description('ratings year by year, of all standards or of one, and the answers behind them')
    .argument('[standard]', 'code of a standard, such as 2.1, or overall')
    .option('--questions', 'answers to key questions, not ratings')
    .option('--synthetic', 'invented inspections instead of real ones')
    .option('--json', 'print JSON')
    .option('--csv', 'print CSV')
    .action((standard: string | undefined, { questions, synthetic = false, json, csv }: Options) => {
      oneWayToPrint({ json, csv });
      return withDatabase(async ({ db }) => {
        if (questions && standard === 'overall')
          throw new UserError('overall has no key questions: name a standard, such as 2.1.', exitCode.call);
        const rows = questions
          ? await keyQuestionTrend(db, { standard, synthetic })
          : await ratingTrend(db, { standard, synthetic });
        if (rows.length === 0) {
          const all = await ratingTrend(db, { synthetic });
          throw new UserError(nothing(all, { standard, questions, synthetic }), exitCode.call);
        }
        if (json) return printJson(rows);
        if (csv) return printCsv(rows);
        const lines = questions
          ? keyQuestionTrendTables(rows as KeyQuestionInYear[], await displayRule(db))
          : ratingTrendTables(rows as RatingInYear[]);
        print(...lines);
      });
    });

function nothing(
  all: readonly RatingInYear[],
  {
    standard,
    questions,
    synthetic,
  }: { standard: string | undefined; questions: true | undefined; synthetic: boolean },
): string {
  const which = synthetic ? 'invented' : 'real';
  if (all.length === 0) return `There is no ${which} inspection with a rating.`;
  const codes = [...new Set(all.map((row) => row.standard))];
  const what = questions ? 'answers to key questions' : 'ratings';
  const of = standard === undefined ? '' : ` of "${standard}"`;
  return `No ${which} inspection has ${what}${of}. There are ratings of ${codes.join(', ')}.`;
}
