import path from 'node:path';
import { load } from '../import/load.js';
import { exitCode, formatProblem, UserError } from '../problem.js';
import { countByConfidence } from '../read/bundle/reading-file.js';
import { makeBundle, writeBundle } from '../read/bundle/write-bundle.js';
import { readReport } from '../read/read-report.js';
import { plural } from '../words/plural.js';
import { print, printJson, tell, tellError } from './print.js';
import { findReports, folderName, realFile } from './read-paths.js';
import { type ReadOne, readSummary } from './read-summary.js';
import { type ShownValue, shownValues, valuesOf } from './read-values.js';
import { withDatabase } from './with-database.js';

interface Options {
  to?: string;
  load?: boolean;
  show?: string;
  editions?: string[];
  newService?: boolean;
  replace?: boolean;
  json?: boolean;
}

/** Reads reports, or shows what was read. The exit code: the call is wrong when nothing but that is; else the data. */
export async function read(paths: string[], options: Options): Promise<number> {
  const refusals: UserError[] = [];
  const reports = await reportsOf(paths, refusals);
  if (options.show !== undefined) await showAll(reports, options.show, options, refusals);
  else await readAll(reports, options, refusals);
  if (refusals.length === 0) return exitCode.done;
  return refusals.every(({ exit }) => exit === exitCode.call) ? exitCode.call : exitCode.data;
}

/**
 * Does a thing for one of several files; what refuses it is told and kept, and does not end the others'. An error of the program itself is
 * told as one, with the file that brought it about.
 */
async function refusing(refusals: UserError[], file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const refusal = error instanceof UserError ? error : faultAt(file, error as Error);
    refusals.push(refusal);
    tellError(refusal);
  }
}

function faultAt(file: string, cause: Error): UserError {
  const [first = ''] = cause.message.split('\n');
  return new UserError(
    `${file} could not be read: the program has a fault (${cause.name}: ${first.slice(0, 200)}). Please report it, and name this file; YOT_RATINGS_DEBUG=1 shows where it is.`,
    exitCode.data,
    [],
    cause,
  );
}

/** The reports that paths mean, each once; a path that means none is refused, and said. */
async function reportsOf(paths: string[], refusals: UserError[]): Promise<string[]> {
  const reports = new Map<string, string>();
  for (const given of paths)
    await refusing(refusals, given, async () => {
      for (const report of await findReports(given)) {
        const real = await realFile(report);
        if (!reports.has(real)) reports.set(real, report);
      }
    });
  return [...reports.values()];
}

async function readAll(reports: string[], options: Options, refusals: UserError[]): Promise<void> {
  const { to = '.', editions = [], replace = false, newService = false, json } = options;
  const done: ReadOne[] = [];
  const taken = new Set<string>();
  for (const file of reports)
    await refusing(refusals, file, async () => {
      const joined = path.join(to, folderName(file, taken));
      const bundle = path.isAbsolute(joined) || joined.startsWith('..') ? joined : `./${joined}`;
      const { document, reading } = await readReport(file, { editions });
      const made = makeBundle(document, reading, bundle);
      const one = { file, bundle, outcome: await writeBundle(bundle, made, { replace }), made };
      done.push(one);
      if (!json) print(...readSummary(one), '');
    });
  if (json)
    printJson(
      done.map(({ made: { inspection, reading }, ...one }) => ({
        ...one,
        counts: countByConfidence(reading),
        findings: reading.findings,
        inspection,
      })),
    );
  else if (reports.length > 1 || refusals.length > 0)
    print(`${plural(done.length, 'report')} read, ${refusals.length} refused`);
  if (!options.load || done.length === 0) return;
  const bundles = done.map(({ bundle }) => bundle);
  const loaded = await withDatabase(({ db }) => load(db, bundles, { newService }));
  for (const { name, outcome, notices } of loaded) {
    for (const notice of notices) tell(formatProblem(notice));
    if (!json) print(`${name}: ${outcome === 'unchanged' ? 'loaded already' : outcome}`);
  }
}

async function showAll(
  reports: string[],
  code: string,
  { editions = [], json }: Options,
  refusals: UserError[],
): Promise<void> {
  const all: { file: string; values: ShownValue[] }[] = [];
  for (const file of reports)
    await refusing(refusals, file, async () => {
      const { document, reading } = await readReport(file, { editions });
      all.push({ file, values: valuesOf(code, reading.values, document) });
    });
  if (json) return printJson(all);
  for (const { file, values } of all)
    print(...(reports.length > 1 ? [`${file}:`] : []), ...shownValues(values));
}
