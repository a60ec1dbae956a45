import { createHash } from 'node:crypto';
import path from 'node:path';
import { sql, type Transaction } from 'kysely';
import type { Connection } from '../../database/connect.js';
import type { DB } from '../../database/schema.js';
import { exitCode, type Problem, UserError } from '../../problem.js';
import type { Edition } from '../../ratings/rules.js';
import { type CsvFile, cellProblem, openCsv } from '../files/csv/csv-file.js';
import { inOneTransaction } from '../one-transaction.js';
import { checkRow } from './check-row.js';
import { readColumnMap } from './column-map.js';
import { recogniseColumns } from './columns.js';
import { firstDay } from './date.js';
import { editionNamed, type KnownEditions, readEditions } from './known-editions.js';
import { differences, isOf, type KnownInspection, readInspections } from './known-inspections.js';
import { type ReadRows, readRows, type TableRow } from './rows.js';
import { readServices, serviceOf } from './service.js';
import { type RowToWrite, writeRows } from './write.js';

export interface RatingsTableOptions {
  /** Path of a column map. */
  columns?: string;
  /** The edition of every row that does not name one itself; comes before the column map's. */
  edition?: string;
  /** Whether a service that is in no register, and of no local authority, may be added. */
  newService?: boolean;
  /** Whether the inspections are invented. */
  synthetic?: boolean;
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

/**
 * Loads a table of ratings that somebody compiled, a row an inspection: the whole of it, or nothing. Throws a UserError
 * with every problem. What cannot be, but is published so, is a remark.
 */
export async function loadRatingsTable(
  db: Connection,
  source: string | { name: string; chunks: AsyncIterable<Uint8Array> },
  options: RatingsTableOptions = {},
): Promise<RatingsRow[]> {
  const columnMap = await readColumnMap(options.columns);
  const csv = await openCsv(source);
  const editions = await readEditions(db);
  const edition = editionTold(editions, options.edition, columnMap.map.edition, columnMap.yaml?.file);
  const { columns, problems } = recogniseColumns(csv, columnMap, editions.standards);
  if (problems.length > 0) throw refused(csv, problems);
  const read = await readRows(csv, columns, { editions, map: columnMap.map, edition });
  const table = {
    csv,
    rows: read.rows,
    others: read.others,
    dataRows: read.count,
    serviceField: (columns.fields.service ?? 0) + 1,
  };
  const done = await inOneTransaction(db, async (trx) => {
    if (!options.dryRun) return loadRows(trx, table, read.problems, editions, options);
    await sql`savepoint dry_run`.execute(trx);
    const would = await loadRows(trx, table, read.problems, editions, options);
    await sql`rollback to savepoint dry_run`.execute(trx);
    return would;
  });
  for (const notice of [...csv.notices, ...noticesOf(csv, read)]) options.notice?.(notice);
  return done;
}

/** The edition that the call or the column map names; undefined when neither does. */
function editionTold(
  editions: KnownEditions,
  called: string | undefined,
  mapped: string | number | undefined,
  file: string | undefined,
): string | undefined {
  const text = called ?? (mapped === undefined ? undefined : String(mapped));
  if (text === undefined) return undefined;
  const named = editionNamed(editions, text);
  if (typeof named === 'string') return named;
  if (called !== undefined) throw new UserError(`--edition: ${named.problem}.`, exitCode.call);
  throw new UserError(`${file}: ${named.problem}; nothing was loaded.`);
}

function noticesOf(
  csv: CsvFile,
  { editionsByPublication, totals }: { editionsByPublication: number; totals: number[] },
): Problem[] {
  const notices = totals.map((line) =>
    cellProblem(csv, line, undefined, 'this row sums up others, and was left out'),
  );
  if (editionsByPublication > 0) {
    const rows = editionsByPublication === 1 ? '1 row' : `${editionsByPublication} rows`;
    const message = `the edition of ${rows} was taken from the publication date: a column "edition", or --edition, says it for certain`;
    notices.push({ file: csv.file, message });
  }
  return notices;
}

function refused(csv: CsvFile, problems: Problem[]): UserError {
  const sorted = [...problems].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  const count = sorted.length === 1 ? '1 problem' : `${sorted.length} problems`;
  return new UserError(`${csv.file}: ${count}; nothing was loaded.`, undefined, sorted);
}

interface Table {
  csv: CsvFile;
  rows: TableRow[];
  others: ReadRows['others'];
  dataRows: number;
  /** Number of the column of services, from 1. */
  serviceField: number;
}

/** A row that found its service, and its place among the reports of that service and publication date. */
interface PlacedRow extends Omit<RowToWrite, 'before' | 'remarks'> {
  remarks: string[];
  /** All that it says but for the name. */
  content: string;
  /** The row before it that says the same. */
  twin?: PlacedRow;
}

async function loadRows(
  trx: Transaction<DB>,
  table: Table,
  problems: Problem[],
  editions: KnownEditions,
  options: RatingsTableOptions,
): Promise<RatingsRow[]> {
  const { csv, dataRows } = table;
  const { synthetic = false } = options;
  const placed = await placeRows(trx, table, problems, editions, options);
  await lock(
    trx,
    placed.map(({ subject }) => subject),
  );
  const known = await readInspections(trx, [0, ...new Set(placed.map(({ service }) => service.serviceId))]);
  const hashes = await newestHashes(
    trx,
    placed.map(({ subject }) => subject),
  );
  const done: RatingsRow[] = [];
  const toWrite: { result: RatingsRow; planned: RowToWrite }[] = [];
  const results = new Map<PlacedRow, RatingsRow>();
  const refusedRows: Problem[] = [];
  for (const one of placed) {
    const { row, service, code } = one;
    const inspections = known.get(service.serviceId) ?? [];
    const remark = (message: string): Problem => ({ file: csv.file, line: row.line, message });
    const remarks = one.remarks.map(remark);
    const name = `${path.basename(csv.file)}:${row.line} ${row.name} ${row.published}`;
    const settle = (outcome: RatingsRow['outcome'], id: number | undefined) => {
      const result: RatingsRow = {
        name,
        outcome,
        ...(id === undefined ? {} : { inspectionId: id }),
        remarks,
      };
      results.set(one, result);
      done.push(result);
      return result;
    };
    const better = betterKnown(inspections, one, synthetic);
    const before = inspections.find((inspection) => inspection.code === code);
    if (better) {
      const differing = differences(better, row, one.checked.score);
      if (differing !== undefined) remarks.push(remark(differing));
      settle('known better', better.inspectionId);
    } else if (one.twin) {
      // its key is that of the first, which may still have to be written
      settle('unchanged', undefined);
    } else if (before && before.isSynthetic !== synthetic) {
      const [there, here] = before.isSynthetic ? ['an invented', 'a real'] : ['a real', 'an invented'];
      const message = `${there} inspection of this service and date is loaded, and ${here} one can't take its place`;
      refusedRows.push(cellProblem(csv, row.line, undefined, message));
    } else if (before && hashes.get(one.subject) === one.contentHash) {
      settle('unchanged', before.inspectionId);
    } else {
      const result = settle(before ? 'replaced' : 'loaded', before?.inspectionId);
      toWrite.push({ result, planned: { ...one, remarks, before } });
    }
  }
  if (refusedRows.length > 0) throw refused(csv, refusedRows);
  const written = await writeRows(
    trx,
    toWrite.map(({ planned }) => planned),
    { csv, dataRows, synthetic },
  );
  for (const [at, { result }] of toWrite.entries()) result.inspectionId = written[at] as number;
  for (const [one, result] of results) {
    const first = one.twin && results.get(one.twin);
    if (result.inspectionId === undefined && first?.inspectionId !== undefined)
      result.inspectionId = first.inspectionId;
  }
  return done;
}

/** Finds the service of every row, and tells rows of one service and publication date apart. Throws with every problem. */
async function placeRows(
  trx: Transaction<DB>,
  { csv, rows, others, serviceField }: Table,
  problems: Problem[],
  editions: KnownEditions,
  { newService = false, synthetic = false }: RatingsTableOptions,
): Promise<PlacedRow[]> {
  const services = await readServices(trx);
  const all = [...problems];
  const placed: PlacedRow[] = [];
  const reports = new Map<string, PlacedRow[]>();
  const fieldworks = new Map<string, number>();
  for (const given of rows) {
    const day = firstDay(given.fieldwork ?? given.published);
    const found = await serviceOf(trx, services, { name: given.name, day }, { newService, synthetic });
    if ('problem' in found) {
      all.push(cellProblem(csv, given.line, serviceField, found.problem));
      continue;
    }
    const { service } = found;
    const edition = editions.byCode.get(given.edition) as Edition;
    const remarks = found.remark === undefined ? [] : [found.remark];
    const date = keyOf(given);
    const same = reports.get(`${service.serviceId} ${date}`) ?? [];
    const content = contentOf(given);
    const twin = same.find((other) => other.content === content);
    let row = given;
    if (given.fieldwork !== undefined && !twin) {
      const fieldwork = `${service.serviceId} ${firstDay(given.fieldwork)}`;
      const line = fieldworks.get(fieldwork);
      if (line !== undefined) {
        const { fieldwork: _, ...without } = given;
        row = without;
        remarks.push(
          `line ${line} has the same service and fieldwork: this row is kept without its fieldwork date`,
        );
      } else fieldworks.set(fieldwork, given.line);
    }
    const checked = checkRow(row, edition);
    const reportNo = twin?.reportNo ?? same.filter((other) => !other.twin).length + 1;
    const one: PlacedRow = {
      row,
      service,
      edition,
      checked,
      content,
      reportNo,
      code: `${service.code}-published-${date}${reportNo === 1 ? '' : `-${reportNo}`}`,
      subject: `service ${service.serviceId}, published ${date}, report ${reportNo}`,
      contentHash: hashOf(row, synthetic),
      remarks: [...remarks, ...checked.remarks],
      ...(twin && { twin }),
    };
    if (twin) one.remarks.push(`line ${twin.row.line} says the same: this row was passed over`);
    same.push(one);
    reports.set(`${service.serviceId} ${date}`, same);
    placed.push(one);
  }
  for (const same of reports.values()) {
    const differing = same.filter(({ twin }) => !twin);
    if (differing.length < 2) continue;
    for (const one of differing) {
      const lines = differing.filter((other) => other !== one).map(({ row }) => row.line);
      const where = lines.length === 1 ? `line ${lines[0]} is` : `lines ${lines.join(', ')} are`;
      one.remarks.push(
        `${where} of the same service and publication date, and says otherwise: two services under one name?`,
      );
    }
  }
  for (const { line, name, day = today() } of others) {
    const found = await serviceOf(trx, services, { name, day }, { newService, synthetic });
    if ('problem' in found) all.push(cellProblem(csv, line, serviceField, found.problem));
  }
  if (all.length > 0) throw refused(csv, all);
  return placed;
}

const today = () => new Date().toISOString().slice(0, 10);

/** The publication date as inspections are told apart by it: a month and its first day are the same. */
const keyOf = ({ published }: TableRow): string => published.replace(/^(\d{4}-\d{2})-01$/, '$1');

/** All that a row says but for the name. */
const contentOf = ({ line: _line, name: _name, ratings, ...row }: TableRow): string =>
  JSON.stringify([
    Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)),
    [...ratings].sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);

const hashOf = (row: TableRow, synthetic: boolean): string =>
  createHash('sha256')
    .update(JSON.stringify([row.name, contentOf(row), synthetic]))
    .digest('hex');

/** The inspection of a row where it is known by more than a table of ratings: one with the same figures first. */
function betterKnown(
  inspections: readonly KnownInspection[],
  { row, service, checked }: PlacedRow,
  synthetic: boolean,
): KnownInspection | undefined {
  const better = inspections.filter(
    (inspection) =>
      inspection.isSynthetic === synthetic &&
      !inspection.code.startsWith(`${service.code}-published-`) &&
      isOf(inspection, row),
  );
  return better.find((inspection) => differences(inspection, row, checked.score) === undefined) ?? better[0];
}

/** Makes loaders of one subject queue. Of very many subjects, the table of inspections is locked instead. */
async function lock(trx: Transaction<DB>, subjects: string[]): Promise<void> {
  if (subjects.length > 2000) {
    await sql`lock table core.inspection in share row exclusive mode`.execute(trx);
    return;
  }
  await sql`
    select pg_advisory_xact_lock(hashtextextended('inspection ' || subject, 0))
    from (select distinct subject from unnest(${subjects}::text[]) as subject order by subject) as ordered`.execute(
    trx,
  );
}

/** The content of the newest load of each subject. */
async function newestHashes(trx: Transaction<DB>, subjects: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ subject: string; content_hash: string }>`
    select distinct on (subject) subject, content_hash
    from core.load
    where kind = 'inspection' and subject = any(${subjects}::text[])
    order by subject, load_id desc`.execute(trx);
  return new Map(rows.map(({ subject, content_hash }) => [subject, content_hash]));
}
