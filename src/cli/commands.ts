import { type Command, Option } from 'commander';
import { roles } from '../database/role-names.js';
import { exitCode, UserError } from '../problem.js';

/**
 * Makes an action of what a command does. It is loaded when the command is called: most of what takes time at the beginning is reading
 * modules. Its result, where it is a number, is the exit code.
 */
export type Action = <Given extends unknown[]>(
  load: () => Promise<(...given: Given) => Promise<unknown>>,
) => (...given: Given) => Promise<void>;

// What --help says below the options.

const startHelp = `
Without DATABASE_URL an embedded PostgreSQL is used, in the folder YOT_RATINGS_HOME (default: .yot-ratings in the
repository), on a free port, the same every time. With DATABASE_URL
(postgres://user:password@host:port/database, PostgreSQL 15 or later) the same is done on that server.`;

const loadHelp = `
Standard input (-) is one file, named in one place: as a bundle the inspection file (YAML or JSON), for --cases,
--answers or --ratings a table (CSV). A whole bundle is three files and does not come by one pipe; the others are named:
  produce-answers | yot-ratings load my-bundle --answers -
  produce-inspection | yot-ratings load - --cases cases.csv --answers answers.csv`;

const readHelp = `
A value is read (from one place), confirmed (by another place or by the report's own arithmetic), contradicted (another place or
arithmetic says otherwise) or lost (nothing legible is there). The last two are never in inspection.yaml: reading.json beside it
has every value with its place, and what a person should look at. A report that can't be read does not keep others from it.`;

const ratingsHelp = `
What --as-if can suppose, each once:
  base=relevant|inspected             what percentages are taken of
  rounding=half-up|half-even|down|up  how they become whole numbers
  edition=<edition>                   that edition's rules; the questions stay the inspection's own
  discretion=none                     no ratings panel has decided anything
Nothing that is stored changes. What the evidence cannot answer is said to be not known.`;

const serviceHelp = `
A service goes by any name that it has or had, its area, its code or a local authority that it works for. Case, accents,
punctuation, "&" or "and", and YOS, YOT or YJS do not matter; a part will do when it is only one service's.`;

/** All commands: what each is called, takes and does. Options that don't go together are refused before anything is done. */
export function declareCommands(program: Command, action: Action): void {
  const declare = (name: string, description: string) => program.command(name).description(description);

  declare('start', 'the main job: bundled inspections, their ratings and reconciliation, served until Ctrl-C')
    .option('--once', 'end after the tables instead of serving')
    .addHelpText('after', startHelp)
    .action(action(async () => (await import('./start.js')).start));

  const db = declare('db', 'the database: up, down, url, check, distribute, backup, restore, reset');
  declareDb(db, action);

  goesWith(
    { as: 'groups', columns: 'ratings', edition: 'ratings', synthetic: 'ratings' },
    declare('load', 'load inspections (bundles) or editions: all that is named, or nothing'),
  )
    .argument('[bundle...]', "a bundle's folder or file, a folder of bundles or of an edition; - as below")
    .option('--cases <file>', "take this table for the bundle's cases.csv; - for standard input")
    .option('--answers <file>', "take this table for the bundle's answers.csv; - for standard input")
    .addOption(
      new Option('--ratings <file>', 'load a table of ratings of others; - for standard input').conflicts([
        'cases',
        'answers',
        'asPrinted',
      ]),
    )
    .addOption(
      new Option(
        '--groups <file>',
        'load groups of services (CSV: group, service or authority or ons_code)',
      ).conflicts(['ratings', 'cases', 'answers', 'newService', 'dryRun', 'asPrinted']),
    )
    .option('--as <name>', "with --groups: what the list is called (default: its file's name)")
    .option('--columns <file>', 'with --ratings: which of its headings mean what (YAML)')
    .option('--edition <edition>', 'with --ratings: the edition of rows that name none')
    .option('--synthetic', 'with --ratings: its inspections are invented')
    .option('--new-service', 'add a service that is in no register')
    .option('--as-printed', 'keep figures that contradict each other, because the report prints them')
    .option('--pass-over', 'pass over what is no bundle in a folder of bundles, and say so')
    .option('--drop-answers', 'case answers that are loaded may go, where a bundle has none')
    .option('--dry-run', 'check everything, show how ratings would change, and change nothing')
    .option('--errors <file>', 'write every problem into this file (CSV) as well')
    .option('--json', 'print JSON')
    .addHelpText('after', loadHelp)
    .action(action(async () => (await import('./load.js')).load));

  goesWith(
    { newService: 'load' },
    declare('read', 'read published inspection reports (PDF, web page or text), and write a bundle of each'),
  )
    .argument('<path...>', 'a report, a folder of reports, or the folder of a bundle that was read')
    .option('--to <folder>', 'where the bundles go, each in a folder named after its report (default: here)')
    .option('--load', 'load the bundles as well')
    .option('--new-service', 'with --load: add a service that is in no register')
    .addOption(
      new Option('--show <code>', 'only show what was read of a question or part (2.2.3, overall)').conflicts(
        ['to', 'load', 'replace'],
      ),
    )
    .option('--editions <folder...>', 'editions besides those of the package (folders as load takes them)')
    .option('--replace', 'replace bundles that were edited since, or that something else wrote')
    .option('--json', 'print JSON')
    .addHelpText('after', readHelp)
    .action(action(async () => (await import('./read.js')).read));

  asTable(declare('ratings', 'the ratings of every inspection, or of a service'))
    .argument('[service]', "part of the service's name")
    .addOption(
      new Option('--as-if <what=value>', 'the ratings that other rules would give; may be repeated')
        .argParser((value: string, before: string[] = []) => [...before, value])
        .conflicts(['csv', 'asOf']),
    )
    .option('--as-of <date>', 'ratings as they stood at the end of a day (UTC) or at a moment')
    .addHelpText('after', ratingsHelp)
    .action(action(async () => (await import('./ratings.js')).ratingsCommand));

  asTable(declare('reconcile', 'hold SQL, TypeScript and published figures against each other, cell by cell'))
    .addHelpText(
      'after',
      '\nEnds with 1 when a figure disagrees without a reason, or SQL and TypeScript differ.',
    )
    .action(action(async () => (await import('./reconcile.js')).reconcile));

  asTable(declare('trends', 'ratings year by year, of all standards or of one, or the answers behind them'))
    .argument('[standard]', 'code of a standard, such as 2.1, or overall')
    .option('--questions', 'answers to key questions, not ratings')
    .action(action(async () => (await import('./trends.js')).trends));

  ofService(
    declare('compare', "a service's ratings beside those of others of the same year and edition"),
  ).action(action(async () => (await import('./compare.js')).compare));
  ofService(declare('distance', "how many answers a service's ratings are from the next ones")).action(
    action(async () => (await import('./distance.js')).distance),
  );

  declare('export', 'write the public views as open data: CSV and Parquet, with a Data Package and CSVW')
    .argument('<folder>', 'a folder that is not there yet, or is empty')
    .option('--only <view...>', 'these views, not all')
    .addOption(
      new Option('--format <format>', 'which files').choices(['csv', 'parquet', 'all']).default('all'),
    )
    .option('--synthetic', 'invented inspections too')
    .option('--spreadsheet-safe', 'CSV texts that a spreadsheet takes for formulas begin with an apostrophe')
    .option('--force', 'replace what an earlier export put into the folder; other files stay')
    .option('--json', 'print JSON')
    .action(action(async () => (await import('./export.js')).exportCommand));

  declare('book', 'write the book of ratings: pages with charts and tables that open from a disk')
    .argument('[folder]', 'a folder that is not there yet, or is empty', './book-of-ratings')
    .option('--synthetic', 'a book of the invented inspections in place of the real ones; every page says so')
    .option('--force', 'replace what an earlier book put into the folder; other files stay')
    .option('--serve', 'then serve it on this machine alone, until Ctrl-C')
    .option('--json', 'print JSON')
    .action(action(async () => (await import('./book.js')).book));

  declare('connect', 'write files for Power BI, Tableau, ODBC, R and Python to connect with; no password')
    .argument('[folder]', 'a folder that is not there yet, or is empty', './connect-to-ratings')
    .option('--force', 'replace what an earlier call put into the folder; other files stay')
    .option('--json', 'print JSON')
    .action(action(async () => (await import('./connect.js')).connect));

  declare('simulate', 'write the bundles of a whole invented programme: services, cases, answers and ratings')
    .option('--inspections <number>', 'how many, from 1 to 20000', whole('--inspections', 1, 20_000), 620)
    .option('--seed <number>', 'the same one gives the same bundles', whole('--seed', -largest, largest), 1)
    .option('--to <folder>', 'a folder that is not there yet, or is empty', './simulated-programme')
    .option('--edition <edition...>', 'only inspections under these, else those that come with the program')
    .option('--json', 'print JSON')
    .action(action(async () => (await import('./simulate.js')).simulate));

  declare('template', 'write the files of an inspection with case answers, to be filled in')
    .requiredOption('--edition <code>', 'the edition whose questions are asked: 2018, 2021, …')
    .option('--to <folder>', 'a folder that has none of the files yet (default: ./inspection-<edition>)')
    .option('--fieldwork <day>', 'the first day of fieldwork, like 2022-02-14 (default: today)')
    .action(action(async () => (await import('./template.js')).template));
}

function declareDb(db: Command, action: Action): void {
  const declare = (name: string, description: string) => db.command(name).description(description);

  declare('up', 'bring it up, with what is bundled; an embedded server goes on until db down').action(
    action(async () => (await import('./db.js')).up),
  );
  declare('down', 'stop the embedded server; what is loaded stays').action(
    action(async () => (await import('./db.js')).down),
  );
  declare('url', 'print the URL of the running embedded server (or DATABASE_URL)')
    .addOption(
      new Option('--role <role>', 'whose URL').choices(['owner', ...Object.keys(roles)]).default('owner'),
    )
    .action(action(async () => (await import('./db.js')).url));
  declare('check', 'hold what is kept of counts and ratings against what the views compute from the evidence')
    .option('--repair', 'count, rate and record anew where something differs')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nEnds with 1 when something differs, unless it was repaired.')
    .action(action(async () => (await import('./db.js')).check));
  declare(
    'distribute',
    'spread evidence and counts, by inspection, over the workers of Citus (DATABASE_URL: its coordinator)',
  )
    .option('--shards <number>', 'in so many parts (default: citus.shard_count)', whole('--shards', 1, 1000))
    .option('--dry-run', 'print the statements, and change nothing')
    .action(action(async () => (await import('./db.js')).distributeCommand));
  declare('backup', 'write all that is loaded, with its history, into one file, while others go on')
    .argument('<file>', 'a new file; it holds case data: keep it as safe as the database')
    .option('--force', 'replace the file if there is one')
    .action(action(async () => (await import('./db.js')).backupCommand));
  declare(
    'restore',
    'put a backup into a new database (DATABASE_URL, or a new YOT_RATINGS_HOME), and bring it up to date',
  )
    .argument('<file>', 'a file that db backup has made')
    .action(action(async () => (await import('./db.js')).restoreCommand));
  declare('reset', 'drop everything that is loaded, and begin again with the bundled inspections')
    .option('--yes', 'really, on a server of your own (DATABASE_URL)')
    .action(action(async () => (await import('./db.js')).reset));
}

/** The options of a command that prints a table. */
const asTable = (command: Command): Command =>
  command
    .option('--synthetic', 'invented inspections instead of real ones')
    .option('--json', 'print JSON')
    .addOption(new Option('--csv', 'print CSV').conflicts('json'));

/** What a command about one service takes. */
const ofService = (command: Command): Command =>
  asTable(command).argument('<service>', 'a name of the service').addHelpText('after', serviceHelp);

/** Refuses options that say nothing without another: each by its name, with that of the other. */
const goesWith = (needed: Readonly<Record<string, string>>, command: Command): Command =>
  command.hook('preAction', () => {
    const flagOf = (name: string) => command.options.find((one) => one.attributeName() === name)?.long;
    for (const [name, other] of Object.entries(needed))
      if (command.getOptionValue(name) !== undefined && command.getOptionValue(other) === undefined)
        throw new UserError(`${flagOf(name)} goes with ${flagOf(other)}.`, exitCode.call);
  });

/** The largest whole number that is exact. */
const largest = Number.MAX_SAFE_INTEGER;

const whole = (option: string, from: number, to: number) => (given: string) =>
  wholeNumber(option, given, from, to);

/** An option's whole number. Throws a UserError that says what is allowed. */
export function wholeNumber(option: string, given: string, from: number, to: number): number {
  const number = /^-?\d+$/.test(given) ? Number(given) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw new UserError(
    `${option} is "${given}": it has to be a whole number from ${from} to ${to}.`,
    exitCode.call,
  );
}
