import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { load } from '../import/load.js';
import { exitCode, formatProblem, UserError } from '../problem.js';
import { countByConfidence } from '../read/bundle/reading-file.js';
import { makeBundle, writeBundle } from '../read/bundle/write-bundle.js';
import { readReport } from '../read/read-report.js';
import { plural } from '../words/plural.js';
import type { CommandMaker } from './command.js';
import { print, printJson, tell } from './print.js';
import { bundleFolders } from './read-folders.js';
import { type FoundReport, findReports } from './read-paths.js';
import { type ReadOne, readSummary } from './read-summary.js';
import { type ShownValue, shownValues, valuesOf } from './read-values.js';
import { exitOf, refusing } from './refusing.js';
import { withDatabase } from './with-database.js';

interface Options {
  to?: string;
  load?: true;
  show?: string;
  editions?: string[];
  newService?: boolean;
  replace?: boolean;
  json?: true;
}

export const readCommand: CommandMaker = (endWith) =>
  new Command('read')
    .description('read published inspection reports (PDF, web page or text), and write a bundle of each')
    .argument('<path...>', "a report, a folder of reports, or a bundle's folder that was written from one")
    .option('--to <folder>', 'where the bundles go, each in a folder named after its report (default: here)')
    .option('--load', 'load the bundles as well')
    .option('--new-service', 'with --load: add a service that is in no register')
    .option('--show <code>', 'only show what was read of a standard, a question or a part (2.2.3, overall)')
    .option('--editions <folder...>', 'editions besides those of the package (folders as load takes them)')
    .option('--replace', 'replace bundles that were edited since, or that something else wrote')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
A value is read (from one place), confirmed (by another place or by the report's own arithmetic), contradicted (another place or
arithmetic says otherwise) or lost (nothing legible is there). The last two are never in inspection.yaml: reading.json beside it
has every value with its place, and what a person should look at. A report that can't be read does not keep others from it.`,
    )
    .action(async (paths: string[], options: Options) => {
      checkCall(options);
      const [reports, refusals] = await found(paths);
      if (options.show !== undefined) await showAll(reports, options.show, options, refusals);
      else await readAll(reports, options, refusals);
      if (refusals.length > 0) endWith(exitOf(refusals));
    });

/** Refuses options that do not go together. */
function checkCall({ show, to, load, replace, newService, editions }: Options): void {
  if (newService && !load) throw new UserError('--new-service goes with --load.', exitCode.call);
  if (show !== undefined && show.trim() === '')
    throw new UserError(
      '--show needs a code: a standard (2.2), a question (2.2.3) or a part (overall).',
      exitCode.call,
    );
  if (to?.trim() === '')
    throw new UserError('--to is empty: name the folder where the bundles go.', exitCode.call);
  if (editions?.some((folder) => folder.trim() === ''))
    throw new UserError("--editions is empty: name an edition's folder.", exitCode.call);
  const writing = [to && '--to', load && '--load', replace && '--replace'].filter(Boolean);
  if (show !== undefined && writing.length > 0)
    throw new UserError(`--show writes nothing: leave ${writing[0]}.`, exitCode.call);
}

/** The reports that paths mean, each once; a path that means none is refused, and said. */
async function found(paths: string[]): Promise<[FoundReport[], UserError[]]> {
  const reports = new Map<string, FoundReport>();
  const refusals: UserError[] = [];
  for (const given of paths)
    await refusing(refusals, given, async () => {
      for (const report of await findReports(given)) {
        const real = await realpath(report.file).catch(() => path.resolve(report.file));
        if (!reports.has(real)) reports.set(real, report);
      }
    });
  return [[...reports.values()], refusals];
}

async function readAll(reports: FoundReport[], options: Options, refusals: UserError[]): Promise<void> {
  const done: ReadOne[] = [];
  const folders = bundleFolders(reports, options.to);
  for (const [at, report] of reports.entries())
    await refusing(refusals, report.file, async () => {
      const one = await readOne(report, options, folders[at] as string);
      done.push(one);
      if (!options.json) print(...readSummary(one), '');
    });
  if (options.json) printJson(done.map(toJson));
  else if (reports.length > 1 || refusals.length > 0)
    print(`${plural(done.length, 'report')} read, ${refusals.length} refused`);
  if (options.load && done.length > 0)
    await withDatabase(async ({ db }) => {
      const { newService = false } = options;
      const loaded = await load(
        db,
        done.map(({ bundle }) => bundle),
        { newService },
      );
      for (const { name, outcome, notices } of loaded) {
        for (const notice of notices) tell(formatProblem(notice));
        if (!options.json) print(`${name}: ${outcome === 'unchanged' ? 'loaded already' : outcome}`);
      }
    });
}

async function readOne(
  { file }: FoundReport,
  { editions = [], replace = false }: Options,
  bundle: string,
): Promise<ReadOne> {
  const { document, reading } = await readReport(file, { editions });
  const made = makeBundle(document, reading, bundle);
  const outcome = await writeBundle(bundle, made, { replace });
  return { file, bundle, outcome, made };
}

function toJson({ file, bundle, outcome, made: { inspection, reading } }: ReadOne): object {
  return {
    file,
    bundle,
    outcome,
    counts: countByConfidence(reading),
    findings: reading.findings,
    inspection,
  };
}

async function showAll(
  reports: FoundReport[],
  code: string,
  { editions = [], json }: Options,
  refusals: UserError[],
): Promise<void> {
  const all: { file: string; values: ShownValue[] }[] = [];
  for (const { file } of reports)
    await refusing(refusals, file, async () => {
      const { document, reading } = await readReport(file, { editions });
      all.push({ file, values: valuesOf(code, reading.values, document) });
    });
  if (json) return printJson(all);
  for (const { file, values } of all)
    print(...(reports.length > 1 ? [`${file}:`] : []), ...shownValues(values));
}
