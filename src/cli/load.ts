import { loadGroups } from '../comparators/load-groups.js';
import { groupBy } from '../group-by.js';
import type { Given } from '../import/files/source.js';
import type { CodeRating } from '../import/inspection/ratings-of.js';
import { type LoadOptions, load as loadBundles } from '../import/load.js';
import type { Loaded } from '../import/record.js';
import { exitCode, formatProblem, toldOnce, UserError } from '../problem.js';
import { loadRatingsTable } from '../ratings-table/index.js';
import { plural } from '../words/plural.js';
import { withErrorsFile } from './errors-file.js';
import { print, printJson, tell } from './print.js';
import { withProgress } from './progress.js';
import { type FilledDatabase, withDatabase } from './with-database.js';

interface Options
  extends Pick<LoadOptions, 'newService' | 'asPrinted' | 'passOver' | 'dropAnswers' | 'dryRun'> {
  cases?: string;
  answers?: string;
  ratings?: string;
  groups?: string;
  as?: string;
  columns?: string;
  edition?: string;
  synthetic?: boolean;
  errors?: string;
  json?: boolean;
}

export async function load(bundles: string[], options: Options): Promise<void> {
  const { ratings, groups, cases, answers, errors } = options;
  const table = groups ?? ratings;
  if (bundles.length === 0 && table === undefined)
    throw new UserError('Name a bundle, or --ratings or --groups with a table.', exitCode.call);
  if (bundles.length > 0 && table !== undefined)
    throw new UserError(
      '--ratings and --groups load their table alone: load bundles in a call of their own.',
      exitCode.call,
    );
  if ([...bundles, cases, answers].filter((name) => name === '-').length > 1)
    throw new UserError('Standard input (-) can be read only once: name it once.', exitCode.call);
  await withErrorsFile(errors, () =>
    withDatabase((database) => {
      if (groups !== undefined) return loadList(database, given(groups), options);
      if (ratings !== undefined) return loadTable(database, given(ratings), options);
      return loadAll(database, bundles.map(given), options);
    }),
  );
}

/** What is to be read: a path, or standard input for "-". */
const given = (name: string): Given =>
  name === '-' ? { name: 'standard input', chunks: process.stdin } : name;

async function loadAll({ db }: FilledDatabase, bundles: Given[], options: Options): Promise<void> {
  const { cases, answers, json, errors, ...choices } = options;
  const { dryRun = false } = choices;
  const loaded = await withProgress(
    'bundles',
    (onDone) =>
      loadBundles(db, bundles, {
        ...choices,
        cases: cases === undefined ? undefined : given(cases),
        answers: answers === undefined ? undefined : given(answers),
        onProgress: (progress) => onDone(progress.bundles, progress.of),
      }),
    { inLines: true },
  );
  for (const { notices } of loaded) for (const notice of notices) tell(formatProblem(notice));
  if (json) return printJson(loaded.map(({ notices, subject, inspectionId, ...rest }) => rest));
  print(...summary(loaded, dryRun), ...(dryRun ? [nothingChanged] : []));
}

const nothingChanged = 'Nothing was changed: this was a dry run.';
const mostLines = 25;

/** A line for each bundle; of many, one for all, and in a dry run one for each that would change. */
function summary(loaded: Loaded[], dryRun: boolean): string[] {
  const would = dryRun ? 'would be ' : '';
  const said = {
    loaded: `${would}loaded`,
    replaced: `${would}replaced`,
    unchanged: 'loaded already, nothing changed',
    'known better': 'known better from its own report, nothing changed',
  };
  const isTold = ({ outcome }: Loaded) => loaded.length <= mostLines || (dryRun && outcome !== 'unchanged');
  const lines = loaded
    .filter(isTold)
    .flatMap(({ name, outcome, answers = 0, ratings }) => [
      `${name}: ${said[outcome]}${answers > 0 ? `, ${plural(answers, 'case answer')}` : ''}`,
      ...(ratings ? changedRatings(ratings).map((change) => `  ${change}`) : []),
    ]);
  return loaded.length <= mostLines ? lines : [...lines, `${loaded.length} bundles: ${outcomesOf(loaded)}`];
}

/** How many had each outcome: "12 loaded, 3 unchanged". */
const outcomesOf = (all: readonly Pick<Loaded, 'outcome'>[]): string =>
  [...groupBy(all, ({ outcome }) => outcome)].map(([outcome, of]) => `${of.length} ${outcome}`).join(', ');

/** What would change in an inspection's ratings, a line a rating; one line when nothing would. */
function changedRatings({ before, after }: { before: CodeRating[]; after: CodeRating[] }): string[] {
  const wordsOf = (ratings: CodeRating[]) =>
    new Map(
      ratings.map(({ code, rating, score }) => [
        code,
        `${rating ?? 'not rated'}${code === 'overall' && score !== null ? ` (${score})` : ''}`,
      ]),
    );
  const [from, to] = [wordsOf(before), wordsOf(after)];
  const changed = [...new Set([...from.keys(), ...to.keys()])].filter(
    (code) => from.get(code) !== to.get(code),
  );
  if (changed.length === 0) return ['its ratings stay as they are'];
  const isNew = before.length === 0;
  return changed.map(
    (code) => `${code}: ${isNew ? '' : `${from.get(code) ?? 'not there'} -> `}${to.get(code) ?? 'not there'}`,
  );
}

/** Loads a table of ratings, and prints what became of its rows and what is strange about them. */
async function loadTable({ db }: FilledDatabase, table: Given, options: Options): Promise<void> {
  const { json, dryRun } = options;
  const rows = await loadRatingsTable(db, table, {
    ...options,
    notice: (notice) => tell(formatProblem(notice)),
  });
  if (json) return printJson(rows);
  const remarks = rows.flatMap((row) => row.remarks);
  const name = typeof table === 'string' ? table : table.name;
  print(
    `${name}: ${plural(rows.length, 'inspection')}${rows.length > 0 ? `: ${outcomesOf(rows)}` : ''}`,
    ...(remarks.length > 0
      ? [`${plural(remarks.length, 'remark')}; what a row says is kept as it was published:`]
      : []),
    ...toldOnce(remarks).map((remark) => `  ${formatProblem(remark)}`),
    ...(dryRun ? [nothingChanged] : []),
  );
}

/** Loads a list of groups, and prints what it has. */
async function loadList({ db }: FilledDatabase, list: Given, { as, json }: Options): Promise<void> {
  const { notices, ...loaded } = await loadGroups(db, list, { name: as });
  for (const notice of notices) tell(formatProblem(notice));
  if (json) return printJson(loaded);
  const { name, groups, services } = loaded;
  print(
    groups === 0
      ? `${name}: the list has no group, and is gone`
      : `${name}: ${plural(groups, 'group')} of ${plural(services, 'service')}; compare and service_comparison have them`,
  );
}
