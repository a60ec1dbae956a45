import { readFile, stat, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import Papa from 'papaparse';
import { loadGroups } from '../comparators/load-groups.js';
import type { Given } from '../import/files/source.js';
import { type Loaded, load } from '../import/load.js';
import { exitCode, formatProblem, type Problem, UserError } from '../problem.js';
import { plural } from '../words/plural.js';
import { checkName, writing } from '../writing.js';
import { changedRatings } from './changed-ratings.js';
import type { CommandMaker } from './command.js';
import { loadRatings } from './load-ratings.js';
import { print, printJson, tell } from './print.js';
import { showProgress } from './progress.js';
import { type FilledDatabase, withDatabase } from './with-database.js';

interface Options {
  cases?: string;
  answers?: string;
  ratings?: string;
  groups?: string;
  as?: string;
  columns?: string;
  edition?: string;
  synthetic?: boolean;
  newService?: boolean;
  asPrinted?: boolean;
  passOver?: boolean;
  dropAnswers?: boolean;
  dryRun?: boolean;
  errors?: string;
  json?: boolean;
}

export const loadCommand: CommandMaker = () =>
  new Command('load')
    .description('load inspections (bundles) or editions: all that is named, or nothing')
    .argument(
      '[bundle...]',
      "a bundle's folder, its inspection.yaml or .json, a folder of bundles, an edition's folder, or - for an inspection file from standard input",
    )
    .option('--cases <file>', "take this table for the bundle's cases.csv; - for standard input")
    .option('--answers <file>', "take this table for the bundle's answers.csv; - for standard input")
    .option('--ratings <file>', 'load a table of ratings that others have compiled; - for standard input')
    .option(
      '--groups <file>',
      'load a list of groups to compare services with (CSV: group, service or authority or ons_code); - for standard input',
    )
    .option('--as <name>', "with --groups: what the list is called (default: its file's name)")
    .option('--columns <file>', 'with --ratings: which of its headings mean what (YAML)')
    .option('--edition <edition>', 'with --ratings: the edition of rows that name none')
    .option('--synthetic', 'with --ratings: its inspections are invented')
    .option('--new-service', 'add a service that is in no register')
    .option(
      '--as-printed',
      'keep figures that contradict each other, because the report prints them: reconcile shows both',
    )
    .option('--pass-over', 'pass over what is no bundle in a folder of bundles, and say so')
    .option('--drop-answers', 'case answers that are loaded may go, where a bundle has none')
    .option('--dry-run', 'check everything, show how ratings would change, and change nothing')
    .option('--errors <file>', 'write every problem into this file (CSV) as well')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Standard input (-) is one file, named in one place: as a bundle the inspection file (YAML or JSON), for --cases,
--answers or --ratings a table (CSV). A whole bundle is three files and does not come by one pipe; the others are named:
  produce-answers | yot-ratings load my-bundle --answers -
  produce-inspection | yot-ratings load - --cases cases.csv --answers answers.csv`,
    )
    .action((bundles: string[], options: Options, command: Command) => {
      if (bundles.length === 0 && options.ratings === undefined && options.groups === undefined)
        command.error("error: missing required argument 'bundle', or --ratings or --groups with a table");
      checkCall(bundles, options);
      return withErrorsFile(options.errors, () =>
        withDatabase((database) =>
          options.groups !== undefined
            ? loadList(database, options.groups, options)
            : options.ratings === undefined
              ? loadBundles(database, bundles, options)
              : loadTable(database, options.ratings, options),
        ),
      );
    });

async function loadBundles(
  { db, url }: FilledDatabase,
  bundles: string[],
  {
    newService = false,
    asPrinted = false,
    passOver = false,
    dropAnswers = false,
    dryRun = false,
    cases,
    answers,
    json,
  }: Options,
): Promise<void> {
  const progress = showProgress();
  const given = inputs([...bundles, cases, answers]);
  const loaded = await load(db, given.slice(0, bundles.length) as Given[], {
    newService,
    asPrinted,
    passOver,
    dropAnswers,
    dryRun,
    cases: given[bundles.length],
    answers: given[bundles.length + 1],
    url,
    onProgress: progress.onProgress,
  }).finally(progress.end);
  for (const { notices } of loaded) for (const notice of notices) tell(formatProblem(notice));
  if (json) printJson(loaded.map(({ notices, subject, inspectionId, ...rest }) => rest));
  else print(...summary(loaded, dryRun));
}

function loadTable({ db }: FilledDatabase, table: string, options: Options): Promise<void> {
  const { newService = false, dryRun = false, json = false, columns, edition, synthetic } = options;
  const about = { ...(columns && { columns }), ...(edition && { edition }), ...(synthetic && { synthetic }) };
  const [given] = inputs([table]) as [Given];
  return loadRatings(db, given, { ...about, newService, dryRun, json });
}

/** Loads a list of groups, and prints what it has. */
async function loadList({ db }: FilledDatabase, list: string, { as, json }: Options): Promise<void> {
  const [given] = inputs([list]) as [Given];
  const { notices, ...loaded } = await loadGroups(db, given, { name: as });
  for (const notice of notices) tell(formatProblem(notice));
  if (json) return printJson(loaded);
  const { name, groups, services } = loaded;
  print(
    groups === 0
      ? `${name}: the list has no group, and is gone`
      : `${name}: ${plural(groups, 'group')} of ${plural(services, 'service')}; compare and service_comparison have them`,
  );
}

/** Refuses options that do not go together. */
function checkCall(
  bundles: string[],
  {
    ratings,
    groups,
    as,
    columns,
    edition,
    synthetic,
    cases,
    answers,
    newService,
    dryRun,
    asPrinted,
  }: Options,
): void {
  if (groups !== undefined) {
    if (
      bundles.length > 0 ||
      [ratings, cases, answers, columns, edition, synthetic, newService, dryRun, asPrinted].some(Boolean)
    )
      throw new UserError(
        '--groups loads its list alone, with --as, --errors and --json: load others in a call of their own.',
        exitCode.call,
      );
    return;
  }
  if (as !== undefined) throw new UserError('--as goes with --groups.', exitCode.call);
  const forTables = [columns && '--columns', edition && '--edition', synthetic && '--synthetic'].filter(
    Boolean,
  );
  if (ratings === undefined) {
    if (forTables.length > 0) throw new UserError(`${forTables[0]} goes with --ratings.`, exitCode.call);
  } else if (asPrinted) {
    throw new UserError(
      '--as-printed goes with bundles: what a table of ratings contradicts is kept anyway.',
      exitCode.call,
    );
  } else if (bundles.length > 0 || cases !== undefined || answers !== undefined)
    throw new UserError(
      '--ratings loads its table alone: load bundles in a call of their own.',
      exitCode.call,
    );
}

/** What is to be read: paths, and standard input for "-", which can be only one of them. */
function inputs(names: (string | undefined)[]): (Given | undefined)[] {
  if (names.filter((name) => name === '-').length > 1)
    throw new UserError('Standard input (-) can be read only once: name it once.', exitCode.call);
  return names.map((name) => (name === '-' ? { name: 'standard input', chunks: process.stdin } : name));
}

const mostLines = 25;

function summary(loaded: Loaded[], dryRun: boolean): string[] {
  const verb: Partial<Record<Loaded['outcome'], string>> = {
    ...(dryRun && { loaded: 'would be loaded', replaced: 'would be replaced' }),
    'known better': 'known better from its own report, nothing changed',
  };
  const line = ({ name, outcome, answers = 0, ratings }: Loaded) => [
    `${name}: ${outcome === 'unchanged' ? 'loaded already, nothing changed' : (verb[outcome] ?? outcome)}${answers > 0 ? `, ${plural(answers, 'case answer')}` : ''}`,
    ...(ratings ? changedRatings(ratings).map((change) => `  ${change}`) : []),
  ];
  const end = dryRun ? ['Nothing was changed: this was a dry run.'] : [];
  if (loaded.length <= mostLines) return [...loaded.flatMap(line), ...end];
  const having = (outcome: Loaded['outcome']) => loaded.filter((one) => one.outcome === outcome).length;
  const answers = loaded.reduce((sum, one) => sum + (one.answers ?? 0), 0);
  return [
    ...(dryRun ? loaded.filter(({ outcome }) => outcome !== 'unchanged').flatMap(line) : []),
    `${loaded.length} bundles: ${having('loaded')} ${verb.loaded ?? 'loaded'}, ${having('replaced')} ${verb.replaced ?? 'replaced'}, ` +
      `${having('unchanged')} loaded already; ${answers.toLocaleString('en-GB')} case answers`,
    ...end,
  ];
}

/** Does work; when it fails with problems, they go to a file as well, each a row. */
async function withErrorsFile(file: string | undefined, work: () => Promise<void>): Promise<void> {
  if (file === undefined) return work();
  await refuseOther(file);
  // Before the work: that it can't be written is better known before anything is loaded.
  await writeProblems(file, []);
  try {
    await work();
  } catch (error) {
    if (error instanceof UserError && error.exit === exitCode.data) {
      const { about = '', message } = error;
      // What is wrong with a path as a whole is said by the message alone.
      const problems = error.problems.length > 0 ? error.problems : [{ file: about, message }];
      await writeProblems(file, problems);
      tell(`${plural(problems.length, 'problem')} written to ${file}.`);
    }
    throw error;
  }
}

const errorsHeading = 'file,line,column,message';

/** Refuses to write over a file that is not one of problems: it may be what is to be loaded. Throws a UserError. */
async function refuseOther(file: string): Promise<void> {
  checkName(file, 'file');
  if (!(await stat(file).catch(() => undefined))?.isFile()) return;
  const beginning = await readFile(file, 'utf8').catch(() => '');
  if (beginning === '' || beginning.startsWith(errorsHeading)) return;
  throw new UserError(
    `--errors would write over ${file}, which is something else: name a file that is not there yet, or one of an earlier call.`,
    exitCode.call,
  );
}

async function writeProblems(file: string, problems: Problem[]): Promise<void> {
  const rows = problems.map(({ file: at, line = '', column = '', message }) => [at, line, column, message]);
  const text = Papa.unparse([['file', 'line', 'column', 'message'], ...rows], { escapeFormulae: true });
  await writing(file, () => writeFile(file, `${text}\r\n`));
}
