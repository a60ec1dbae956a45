import { Command } from 'commander';
import { sql } from 'kysely';
import { exitCode } from '../problem.js';
import { type KeptDifference, keptDifferences } from '../queries/kept-differences.js';
import { plural } from '../words/plural.js';
import type { CommandMaker } from './command.js';
import { print, printJson } from './print.js';
import { withDatabase } from './with-database.js';

const mostShown = 50;

export const checkCommand: CommandMaker = (endWith) =>
  new Command('check')
    .description('hold what is kept of counts and ratings against what the views compute from the evidence')
    .option('--repair', 'count, rate and record anew where something differs')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nEnds with 1 when something differs, unless it was repaired.')
    .action(({ repair = false, json }: { repair?: boolean; json?: boolean }) =>
      withDatabase(async ({ db }) => {
        const differences = await keptDifferences(db);
        const inspections = [...new Set(differences.flatMap(({ inspection_id }) => inspection_id ?? []))];
        if (repair)
          await db.transaction().execute(async (trx) => {
            // what is kept of the rules first: all else is computed with it
            if (differences.some(({ kind }) => kind === 'rules'))
              await sql`select rating.rate_edition(edition_code) from core.edition`.execute(trx);
            await sql`select rating.renew(${inspections}::bigint[])`.execute(trx);
          });
        else if (differences.length > 0) endWith(exitCode.data);
        if (json) return printJson({ differences, repaired: repair });
        if (differences.length === 0)
          return print('What is kept of counts and ratings is what is computed from the evidence.');
        print(
          `${plural(differences.length, 'kept row')} of ${plural(inspections.length, 'inspection')} ` +
            `${repair ? 'made anew' : 'not what is computed from the evidence (--repair makes them anew)'}:`,
          ...differences.slice(0, mostShown).map((difference) => `  ${shown(difference)}`),
        );
        if (differences.length > mostShown) print(`  … and ${differences.length - mostShown} more`);
      }),
    );

/** A difference in a line. */
function shown({ kind, inspection_id, subject, kept, computed }: KeptDifference): string {
  const which = `${inspection_id === null ? '' : `inspection ${inspection_id}, `}${kind} ${subject}`;
  if (kept === null) return `${which}: missing (${computed})`;
  if (computed === null) return `${which}: should not be there (${kept})`;
  return `${which}: is ${kept}, not ${computed}`;
}
