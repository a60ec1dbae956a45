import { Command } from 'commander';
import type { Connection } from '../database/connect.js';
import { exitCode, UserError } from '../problem.js';
import { findService, servicesNamed } from '../queries/find-service.js';
import { ratingVersion } from '../queries/of-inspections.js';
import { ratings } from '../queries/ratings.js';
import { whatIf } from '../queries/what-if.js';
import { plural } from '../words/plural.js';
import { asOfTable, momentOf } from './as-of.js';
import type { CommandMaker } from './command.js';
import { oneWayToPrint } from './options.js';
import { print, printCsv, printJson } from './print.js';
import { ratingsRows } from './ratings-csv.js';
import { ratingsTable } from './ratings-table.js';
import { asIfHelp, readSuppositions, whatIfJson, whatIfTable } from './what-if.js';
import { whatThen } from './which-service.js';
import { withDatabase } from './with-database.js';

interface Options {
  asIf?: string[];
  asOf?: string;
  synthetic?: boolean;
  json?: true;
  csv?: true;
}

export const ratingsCommand: CommandMaker = () =>
  new Command('ratings')
    .description('the ratings of every inspection, or of a service')
    .argument('[service]', "part of the service's name")
    .option('--synthetic', 'invented inspections instead of real ones')
    .option(
      '--as-if <what=value>',
      'beside the ratings, those that other rules would give; may be repeated',
      (value, before: string[] = []) => [...before, value],
    )
    .option(
      '--as-of <date>',
      'ratings as they stood at the end of a day (UTC), or at a moment, removed ones among them',
    )
    .option('--json', 'print JSON')
    .option('--csv', 'print CSV: a row an inspection and standard, overall among them')
    .addHelpText('after', asIfHelp)
    .action((service: string | undefined, { asIf, asOf, synthetic = false, json, csv }: Options) => {
      oneWayToPrint({ json, csv });
      if (asIf && csv)
        throw new UserError('--csv prints ratings as they are: use --json with --as-if.', exitCode.call);
      if (asIf && asOf !== undefined)
        throw new UserError('--as-of shows what was, --as-if what would be: leave one.', exitCode.call);
      const moment = asOf === undefined ? undefined : momentOf(asOf);
      const supposed = asIf && readSuppositions(asIf);
      return withDatabase(async ({ db }) => {
        if (moment) return showAsOf(db, { moment, service, synthetic, json, csv });
        const { inspections, hidden } = await meant(db, service, synthetic);
        const show = async <T>(
          found: T[],
          asJson: (found: T[]) => unknown,
          asLines: (found: T[]) => string[],
        ) => {
          if (found.length === 0)
            throw new UserError(await nothing(db, service, { synthetic, hidden }), exitCode.call);
          if (json) return printJson(asJson(found));
          print(...asLines(found));
          if (hidden > 0) print(`${plural(hidden, 'invented inspection')} not shown: --synthetic shows them`);
        };
        if (supposed)
          return show(
            await whatIf(db, supposed, { inspections, synthetic }),
            whatIfJson(supposed),
            whatIfTable,
          );
        const found = await ratings(db, { inspections, synthetic });
        if (csv && found.length > 0) return printCsv(ratingsRows(found));
        return show(found, (all) => all, ratingsTable);
      });
    });

async function showAsOf(
  db: Connection,
  {
    moment,
    service,
    synthetic,
    json,
    csv,
  }: {
    moment: Date;
    service: string | undefined;
    synthetic: boolean;
    json: true | undefined;
    csv: true | undefined;
  },
): Promise<void> {
  const all = await ratingVersion(db, { synthetic, asOf: moment });
  const named = service?.trim() ? await servicesNamed(db, service) : undefined;
  const keys = new Set(named?.flatMap((one) => one.inspections.map(({ inspection_id }) => inspection_id)));
  const names = new Set(named?.map((one) => one.service));
  // An inspection that was removed is known by the name of its service alone.
  const found = all.filter((row) => !named || keys.has(row.inspection_id) || names.has(row.service));
  if (found.length === 0)
    throw new UserError(
      `No ${synthetic ? 'invented ' : ''}inspection${named ? ` of "${service}"` : ''} was on record at ${moment.toISOString()}` +
        `${await sinceWhen(db, synthetic)}.`,
      exitCode.call,
    );
  const inOrder = found.sort(
    (a, b) => a.service.localeCompare(b.service, 'en') || a.inspection_id - b.inspection_id,
  );
  if (json) printJson(inOrder);
  else if (csv) printCsv(inOrder);
  else print(...asOfTable(inOrder));
}

/** Since when anything is on record, to follow what was not. */
async function sinceWhen(db: Connection, synthetic: boolean): Promise<string> {
  const first = await db
    .selectFrom('analytics.rating_version')
    .select(({ fn }) => fn.min('recorded_on').as('day'))
    .where('is_synthetic', '=', synthetic)
    .executeTakeFirst();
  return first?.day ? `: records of this database begin on ${first.day}` : '';
}

/**
 * Keys of the inspections of the services that a name may mean, undefined for those of all; and how many of them are not
 * shown because they are invented.
 */
async function meant(
  db: Connection,
  service: string | undefined,
  synthetic: boolean,
): Promise<{ inspections: number[] | undefined; hidden: number }> {
  const isHidden = (one: { is_synthetic: boolean | null }) => !synthetic && one.is_synthetic === true;
  if (!service?.trim()) {
    const all = await db.selectFrom('analytics.inspection').select('is_synthetic').execute();
    return { inspections: undefined, hidden: all.filter(isHidden).length };
  }
  const of = (await servicesNamed(db, service)).flatMap(({ inspections }) => inspections);
  return {
    inspections: of.map(({ inspection_id }) => inspection_id),
    hidden: of.filter(isHidden).length,
  };
}

async function nothing(
  db: Connection,
  service: string | undefined,
  { synthetic, hidden }: { synthetic: boolean; hidden: number },
): Promise<string> {
  const which = synthetic ? 'No invented inspection' : 'No inspection';
  const of = service === undefined ? '' : ` of a service whose name has "${service}"`;
  if (hidden > 0) return `${which}${of} but invented ones: --synthetic shows them.`;
  const search = service?.trim() ? await findService(db, service, { synthetic }) : undefined;
  return `${which}${of}${whatThen(search && 'nearest' in search ? search.nearest : [], false)}`;
}
