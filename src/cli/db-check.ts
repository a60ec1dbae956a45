import { Command } from 'commander';
import { recordRatings } from '../import/results/history.js';
import { renewResults } from '../import/results/keep.js';
import { exitCode } from '../problem.js';
import { type KeptDifference, keptDifferences } from '../queries/kept-differences.js';
import type { CommandMaker } from './command.js';
import { plural, print, printJson } from './print.js';
import { withDatabase } from './with-database.js';

const mostShown = 50;

export const checkCommand: CommandMaker = (endWith) =>
  new Command('check')
    .description('compute all results anew from the evidence, and hold what is kept of them against that')
    .option('--repair', 'make what differs anew')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nEnds with 1 when something differs, unless it was repaired.')
    .action(({ repair = false, json }: { repair?: boolean; json?: boolean }) =>
      withDatabase(async ({ db }) => {
        const differences = await keptDifferences(db);
        const inspections = [...new Set(differences.map(({ inspection_id }) => inspection_id))];
        if (repair)
          await db.transaction().execute(async (trx) => {
            await renewResults(trx, inspections);
            await recordRatings(trx, inspections, { why: 'computed anew' });
          });
        else if (differences.length > 0) endWith(exitCode.data);
        if (json) return printJson({ differences, repaired: repair });
        if (differences.length === 0)
          return print('What is kept of the results is what is computed from the evidence.');
        print(
          `${plural(differences.length, 'kept result')} of ${plural(inspections.length, 'inspection')} ` +
            `${repair ? 'made anew' : 'not what is computed from the evidence (--repair makes them anew)'}:`,
          ...differences.slice(0, mostShown).map((difference) => `  ${shown(difference)}`),
        );
        if (differences.length > mostShown) print(`  … and ${differences.length - mostShown} more`);
      }),
    );

/** A difference in a line: which columns are kept otherwise than computed. */
function shown({ kind, inspection_id, subject, kept, computed }: KeptDifference): string {
  const which = `inspection ${inspection_id}, ${kind} ${subject}`;
  if (!kept) return `${which}: missing`;
  if (!computed) return `${which}: should not be there`;
  const columns = Object.keys(computed).filter(
    (column) => JSON.stringify(kept[column]) !== JSON.stringify(computed[column]),
  );
  return `${which}: ${columns.map((column) => `${column} is ${kept[column]}, not ${computed[column]}`).join('; ')}`;
}
