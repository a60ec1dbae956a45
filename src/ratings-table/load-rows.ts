import path from 'node:path';
import type { Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import { cellProblem } from '../import/files/csv/csv-file.js';
import { loadInspection } from '../import/one-inspection.js';
import type { Origin } from '../import/record.js';
import { renew } from '../import/renew.js';
import { beginSession, resolve, type Session, type SoundBundle, soundInspection } from '../import/session.js';
import { type Problem, UserError } from '../problem.js';
import type { Edition } from '../ratings/rules.js';
import { bundleOfRow, inspectionOfRow, type TableOfRows } from './bundle-of-row.js';
import { checkRow } from './consistency.js';
import type { KnownEditions } from './editions.js';
import { joinRows } from './join-rows.js';
import type { RatingsRow } from './options.js';
import type { ReadRows, TableRow } from './read-rows.js';
import { listedIn } from './records.js';
import { refused } from './refused.js';

/** A table, and what its rows say. */
export interface ReadTable extends TableOfRows {
  read: ReadRows;
  editions: KnownEditions;
  /** Whether it has a name of its own, by which a later version of it is known; what comes by a pipe has none. */
  isFile: boolean;
}

/** What became of a table. */
export interface LoadedTable {
  rows: RatingsRow[];
  /** Names of inspections that an earlier version of the table gave, and this one does not. */
  gone: string[];
}

/** Makes a bundle of every row and loads it like any other, in the transaction that there is. Throws a UserError with every problem. */
export async function loadRows(trx: Transaction<DB>, table: ReadTable, origin: Origin): Promise<LoadedTable> {
  const { csv, read, synthetic } = table;
  const session = await beginSession(trx, { newService: table.newService, isForMany: true });
  const { bundles, into, remarks } = await bundlesOf(session, table);
  const file = path.basename(csv.file);
  const listed = table.isFile ? await listedIn(trx, file, synthetic) : [];
  const done = new Map<TableRow, RatingsRow>();
  const unrated = new Map<number, number>();
  const problems: Problem[] = [];
  for (const [row, bundle] of bundles) {
    const loaded = await unlessWrong(problems, () => loadInspection(session, bundle, { origin, unrated }));
    if (!loaded) continue;
    const { name, notices, outcome, inspectionId } = loaded;
    done.set(row, { name, outcome, remarks: notices, ...(inspectionId !== undefined && { inspectionId }) });
  }
  if (problems.length > 0) throw refused(csv, problems);
  await renew(trx, unrated);
  for (const row of into.keys()) {
    let base = row;
    for (let next = into.get(row); next; next = into.get(next)) base = next;
    const first = done.get(base);
    if (!first) continue;
    const message = remarks.get(row) ?? '';
    done.set(row, {
      ...first,
      name: `${file}:${row.line} ${row.name} ${row.published}`,
      outcome: first.outcome === 'known better' ? 'known better' : 'unchanged',
      remarks: [cellProblem(csv, row.line, undefined, message)],
    });
  }
  const rows = read.rows.flatMap((row) => done.get(row) ?? []);
  const kept = new Set(rows.map(({ inspectionId }) => inspectionId));
  const gone = listed.filter(({ inspectionId }) => !kept.has(inspectionId));
  // A table of the same name that has nothing in common with this one is no version of it.
  const isVersion = gone.length < listed.length;
  return { rows, gone: isVersion ? gone.map(({ name }) => name) : [] };
}

interface RowBundles {
  bundles: Map<TableRow, SoundBundle>;
  into: Map<TableRow, TableRow>;
  remarks: Map<TableRow, string>;
}

/** The bundles of the rows that are kept, each held against all that it refers to. */
async function bundlesOf(session: Session, table: ReadTable): Promise<RowBundles> {
  const { csv, read, editions } = table;
  const problems: Problem[] = [...read.problems];
  const checked = read.rows.map((row) => {
    const check = checkRow(row, editions.byCode.get(row.edition) as Edition);
    if (check.problem !== undefined)
      problems.push(cellProblem(csv, row.line, scoreColumn(table), check.problem));
    return { row, check };
  });
  const found: { row: TableRow; service: string }[] = [];
  for (const { row, check } of checked) {
    const inspection = inspectionOfRow(row, check.score, table);
    const resolution = await resolve(session, bundleOfRow(row, { inspection, beside: [] }, table));
    if ('problem' in resolution) problems.push(resolution.problem);
    else
      found.push({
        row,
        service: 'found' in resolution ? String(resolution.found.serviceId) : resolution.add.area,
      });
  }
  for (const other of read.others) problems.push(...(await serviceProblem(session, other, table)));
  const joined = joinRows(found);
  for (const [row, message] of joined.problems) problems.push(cellProblem(csv, row.line, undefined, message));
  const bundles = new Map<TableRow, SoundBundle>();
  const services = new Map(found.map(({ row, service }) => [row, service]));
  for (const [row, whole] of joined.kept) {
    const { score, remarks } = checkRow(whole, editions.byCode.get(whole.edition) as Edition);
    const beside = [...joined.kept.keys()]
      .filter((other) => other !== row && services.get(other) === services.get(row))
      .map(({ published }) => published);
    const bundle = bundleOfRow(whole, { inspection: inspectionOfRow(whole, score, table), beside }, table);
    const said = [
      ...row.remarks,
      ...[joined.remarks.get(row)].filter((one) => one !== undefined),
      ...remarks,
    ];
    const ignored = said.map((message) => cellProblem(csv, row.line, undefined, message));
    const sound = await unlessWrong(problems, () => soundInspection(session, { ...bundle, ignored }));
    const { record, encoding } = csv;
    if (sound) bundles.set(row, { ...sound, records: [{ ...record, rows: read.count, encoding }] });
  }
  if (problems.length > 0) throw refused(csv, problems);
  return { bundles, into: joined.into, remarks: joined.remarks };
}

const scoreColumn = ({ columns: { fields } }: ReadTable): number | undefined => {
  const at = fields.score ?? fields.score_percent;
  return at === undefined ? undefined : at + 1;
};

/** Does something with a row; what is wrong with it is added to the problems, to be told with those of the others. */
async function unlessWrong<T>(problems: Problem[], work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError) || error.problems.length === 0) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

/** What is wrong with the service of a row in which something else is wrong, too. */
async function serviceProblem(
  session: Session,
  { line, name, day }: ReadRows['others'][number],
  table: ReadTable,
): Promise<Problem[]> {
  const row: TableRow = {
    ...{
      line,
      name,
      published: day ?? '',
      edition: '',
      score: {},
      ratings: new Map(),
      more: {},
      remarks: [],
    },
  };
  const { report: _, ...rest } = inspectionOfRow(row, undefined, table);
  const inspection = { ...rest, report: day === undefined ? {} : { published: day } };
  const resolution = await resolve(session, bundleOfRow(row, { inspection, beside: [] }, table));
  return 'problem' in resolution ? [resolution.problem] : [];
}
