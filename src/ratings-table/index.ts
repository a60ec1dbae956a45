import path from 'node:path';
import type { Transaction } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { cellProblem, openCsv } from '../import/files/csv/csv-file.js';
import type { Given } from '../import/files/source.js';
import { inOneTransaction } from '../import/one-transaction.js';
import type { Origin } from '../import/record.js';
import { renew } from '../import/renew.js';
import { beginSession, resolve, type Session, soundInspection } from '../import/session.js';
import { loadInspection } from '../import/write-inspections.js';
import { exitCode, type Problem, UserError } from '../problem.js';
import type { Edition } from '../ratings/rules.js';
import { bundleOfRow, inspectionOf, problemAt, type TableOfRows } from './bundle-of-row.js';
import { type ColumnMapFile, columnTeller, readColumnMap, recogniseColumns } from './columns.js';
import { checkRow } from './consistency.js';
import { editionNamed, type KnownEditions, readEditions } from './editions.js';
import { joinRows, type RowOfService } from './join-rows.js';
import { type ReadRows, readRows, type TableRow } from './read-rows.js';
import { refused } from './told-once.js';

export interface RatingsTableOptions {
  /** Path of a column map. */
  columns?: string;
  /** The edition of every row that does not name one itself; comes before the column map's. */
  edition?: string;
  /** Whether a service that is in no register, and of no local authority, may be added. */
  newService?: boolean;
  /** Whether the inspections are invented. */
  synthetic?: boolean;
  /** Whether rows that name an edition which is not loaded are left out, and not refused. */
  passOverUnknownEditions?: boolean;
  /** Whether everything is to be done and taken back. */
  dryRun?: boolean;
  /** Is told what is worth saying of the table as a whole. */
  notice?: (notice: Problem) => void;
}

/** What became of a row of the table. */
export interface RatingsRow {
  /** "table.csv:12 Barnet 2022-05" */
  name: string;
  /** 'known better' when the inspection's own report is loaded: then nothing is written. */
  outcome: 'loaded' | 'replaced' | 'unchanged' | 'known better';
  inspectionId?: number;
  /** What is strange about the row. It is kept as published. */
  remarks: Problem[];
}

interface ReadTable extends TableOfRows {
  read: ReadRows;
  editions: KnownEditions;
}

/**
 * Loads a table of ratings that somebody compiled, a row an inspection: the whole of it, or nothing. Throws a UserError
 * with every problem. What contradicts itself, and is published so, is a remark.
 */
export async function loadRatingsTable(
  db: Connection,
  source: Given,
  options: RatingsTableOptions = {},
  origin: Origin = 'user',
): Promise<RatingsRow[]> {
  const table = await readTable(db, source, options);
  const { dryRun = false } = options;
  const rows = await inOneTransaction(db, (trx) => loadRows(trx, table, origin), { dryRun });
  for (const notice of [...table.csv.notices, ...table.read.notices]) options.notice?.(notice);
  return rows;
}

/** Reads a table, with the words and dates of its rows. */
async function readTable(db: Connection, source: Given, options: RatingsTableOptions): Promise<ReadTable> {
  const columnMap = await readColumnMap(options.columns);
  const editions = await readEditions(db);
  const csv = await openCsv(source, { isColumn: columnTeller(columnMap, editions) });
  const edition = editionTold(editions, options.edition, columnMap);
  const { columns, problems } = recogniseColumns(csv, columnMap, editions);
  if (problems.length > 0) throw refused(csv, problems);
  const { newService = false, synthetic = false, passOverUnknownEditions = false } = options;
  const reading = { columns, editions, map: columnMap.map, edition, passOverUnknownEditions };
  return { csv, columns, read: readRows(csv, reading), editions, newService, synthetic };
}

/** The edition that the call or the column map names; undefined when neither does. */
function editionTold(
  editions: KnownEditions,
  called: string | undefined,
  { map, yaml }: ColumnMapFile,
): string | undefined {
  const text = called ?? map.edition;
  if (text === undefined) return undefined;
  const named = editionNamed(editions, String(text));
  if (typeof named === 'string') return named;
  if (called !== undefined) throw new UserError(`--edition: ${named.problem}.`, exitCode.call);
  throw new UserError(`${yaml?.file}: ${named.problem}; nothing was loaded.`);
}

/** Makes a bundle of every row and loads it like any other, in the transaction that there is. Throws a UserError with every problem. */
async function loadRows(trx: Transaction<DB>, table: ReadTable, origin: Origin): Promise<RatingsRow[]> {
  const { csv, read, editions } = table;
  const session = await beginSession(trx, { newService: table.newService }, true);
  const problems: Problem[] = [...read.problems];
  const found = await servicesOf(session, table, problems);
  const joined = joinRows(found);
  for (const [{ line }, message] of joined.problems)
    problems.push(cellProblem(csv, line, undefined, message));

  const services = new Map(found.map(({ row, service }) => [row, service]));
  const scoreAt = table.columns.fields.score ?? table.columns.fields.score_percent;
  const sound = new Map<TableRow, Awaited<ReturnType<typeof soundInspection>>>();
  for (const { row } of found) {
    const whole = joined.kept.get(row);
    if (!whole) continue;
    const { score, problem, remarks } = checkRow(whole, editions.byCode.get(whole.edition) as Edition);
    if (problem !== undefined) {
      problems.push(cellProblem(csv, row.line, scoreAt === undefined ? undefined : scoreAt + 1, problem));
      continue;
    }
    const beside = [...joined.kept.keys()]
      .filter((other) => other !== row && services.get(other) === services.get(row))
      .map(({ published }) => published);
    const bundle = bundleOfRow(whole, { score, beside }, table);
    const said = [...row.remarks, joined.remarks.get(row) ?? [], ...remarks].flat();
    bundle.ignored = said.map((message) => cellProblem(csv, row.line, undefined, message));
    const checked = await unlessWrong(problems, () => soundInspection(session, bundle));
    const records = [{ ...csv.record, rows: read.count, encoding: csv.encoding }];
    if (checked) sound.set(row, { ...checked, records });
  }
  if (problems.length > 0) throw refused(csv, problems);

  const done = new Map<TableRow, RatingsRow>();
  const unrated = new Map<number, number>();
  for (const [row, bundle] of sound) {
    const loaded = await unlessWrong(problems, () => loadInspection(session, bundle, { origin, unrated }));
    if (!loaded) continue;
    const { name, notices, outcome, inspectionId } = loaded;
    done.set(row, { name, outcome, remarks: notices, ...(inspectionId !== undefined && { inspectionId }) });
  }
  if (problems.length > 0) throw refused(csv, problems);
  await renew(trx, unrated);
  for (const [row, base] of joined.into) {
    const first = done.get(base) as RatingsRow;
    done.set(row, {
      ...first,
      name: `${path.basename(csv.file)}:${row.line} ${row.name} ${row.published}`,
      outcome: first.outcome === 'known better' ? 'known better' : 'unchanged',
      remarks: [cellProblem(csv, row.line, undefined, joined.remarks.get(row) ?? '')],
    });
  }
  return read.rows.flatMap((row) => done.get(row) ?? []);
}

/** The rows in which nothing is wrong, with their services; what is wrong with the service of any row is added to the problems. */
async function servicesOf(session: Session, table: ReadTable, problems: Problem[]): Promise<RowOfService[]> {
  const { csv, read } = table;
  const soundRows = new Map(read.rows.map((row) => [row.line, row]));
  const found: RowOfService[] = [];
  for (const { line, name, day } of read.named) {
    const inspection = inspectionOf({ name, published: day }, table);
    const yaml = { file: csv.file, record: csv.record, problem: problemAt(table, line) };
    const resolution = await resolve(session, { inspection, yaml, isListed: true });
    const row = soundRows.get(line);
    if ('problem' in resolution) problems.push(resolution.problem);
    else if (row) {
      const service = 'found' in resolution ? String(resolution.found.serviceId) : resolution.add.area;
      found.push({ row, service });
    }
  }
  return found;
}

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
