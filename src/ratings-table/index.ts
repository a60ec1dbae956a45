import path from 'node:path';
import type { Transaction } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { groupBy } from '../group-by.js';
import type { Bundle } from '../import/bundle/bundle.js';
import { cellProblem, openCsv } from '../import/files/csv/csv-file.js';
import { refused } from '../import/files/refuse.js';
import type { FileRecord, Given } from '../import/files/source.js';
import type { ValuePath } from '../import/files/yaml-file.js';
import { type Arrival, loadInspections } from '../import/load.js';
import { inOneTransaction } from '../import/one-transaction.js';
import type { Loaded, Origin } from '../import/record.js';
import { exitCode, type Problem, UserError } from '../problem.js';
import { sha256 } from '../sha256.js';
import { columnTeller, type Field, readColumnMap, recogniseColumns } from './columns.js';
import { editionNamed, readEditions, unknownEdition } from './editions.js';
import { datesOf, type Reading, readRow, type TableRow } from './rows.js';

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

/** What became of a row of the table, which is called "table.csv:12 Barnet 2022-05". */
export interface RatingsRow extends Pick<Loaded, 'name' | 'outcome' | 'inspectionId'> {
  /** What is strange about the row. It is kept as published. */
  remarks: Problem[];
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
  const reading = await openTable(db, source, options);
  const { csv } = reading;
  const { newService = false, dryRun = false, notice } = options;
  const table = [...csv.rows()];
  const record = { ...csv.record, rows: table.length, encoding: csv.encoding };
  const notices = [...csv.notices];
  const { dates, serials } = datesOf(table, reading);
  if (serials > 0) {
    const message = `${serials} of the dates are numbers, read as Excel counts days from 1900`;
    notices.push({ file: csv.file, message });
  }
  const rows = table.flatMap((cells): TableRow[] => {
    const row = readRow(cells, { ...reading, dates });
    if (typeof row !== 'string') return [row];
    notices.push(cellProblem(csv, cells.line, undefined, row));
    return [];
  });
  const load = async (trx: Transaction<DB>) => {
    const arrivals = rows.map((row) => arrivalOf(row, reading, record));
    const loaded = await loadInspections(trx, arrivals, { origin, newService, dryRun });
    const contradictions = await contradictionsOf(trx, loaded);
    return loaded.map(({ name, outcome, inspectionId, notices }, at): RatingsRow => {
      const say = (message: string) => cellProblem(csv, (rows[at] as TableRow).line, undefined, message);
      const remarks = [...notices, ...(contradictions.get(inspectionId) ?? []).map(say)];
      return { name, outcome, inspectionId, remarks };
    });
  };
  try {
    const loaded = await inOneTransaction(db, load, { dryRun });
    for (const one of notices) notice?.(one);
    return loaded;
  } catch (error) {
    const isOfRows = error instanceof UserError && error.problems.length > 0;
    throw isOfRows ? refused(csv, error.problems) : error;
  }
}

/** Opens a table, and tells its columns. */
async function openTable(db: Connection, source: Given, options: RatingsTableOptions): Promise<Reading> {
  const { newService = false, synthetic = false, passOverUnknownEditions = false } = options;
  const map = await readColumnMap(options.columns);
  const editions = await readEditions(db);
  const csv = await openCsv(source, { isColumn: columnTeller(map, editions) });
  const told = options.edition ?? map.edition;
  const edition = told === undefined ? undefined : editionNamed(editions, String(told));
  if (told !== undefined && edition === undefined) {
    const by = options.edition === undefined ? `${options.columns}` : '--edition';
    throw new UserError(`${by}: ${unknownEdition(editions, String(told))}.`, exitCode.call);
  }
  const { columns, problems } = recogniseColumns(csv, map, editions);
  if (problems.length > 0) throw refused(csv, problems);
  return { csv, columns, editions, map, edition, passOverUnknownEditions, newService, synthetic };
}

/**
 * A row as a bundle that was opened, of which its own text is what tells its content. What is wrong with one of its values is told at the
 * cell that it came from, else at the row.
 */
function arrivalOf(
  { line, inspection, problems, remarks }: TableRow,
  { csv, columns: { fields, standards } }: Reading,
  record: FileRecord,
): Arrival {
  const { service, report } = inspection;
  const called = typeof service === 'string' ? service : service.name;
  const name = `${path.basename(csv.file)}:${line} ${called} ${report.published ?? ''}`;
  const text = JSON.stringify(inspection);
  const files = [{ file: csv.file, sha256: sha256(text), bytes: Buffer.byteLength(text) }];
  const problem = ([section = '', key = '']: ValuePath, message: string) => {
    const field = fieldsAt[section] ?? fieldsAt[`${section} ${key}`];
    const column = section === 'standard_ratings' ? standards.get(String(key))?.at : field && fields[field];
    return cellProblem(csv, line, column === undefined ? undefined : column + 1, message);
  };
  const bundle: Bundle = {
    ...{ name, files, inspection, faults: problems, ignored: remarks, isListed: true },
    ...{ yaml: { file: csv.file, record, problem }, cases: undefined, answers: undefined },
  };
  return { name, open: async () => ({ name, files, read: () => bundle }) };
}

const fieldsAt: Record<string, Field> = {
  service: 'service',
  edition: 'edition',
  programme: 'programme',
  'report published': 'published',
  'report fieldwork_from': 'fieldwork_start',
  'report fieldwork_month': 'fieldwork_start',
  'overall rating': 'overall',
};

/** What of inspections contradicts itself by the rules of its edition, which SQL knows. That of an own report is not the table's. */
async function contradictionsOf(
  trx: Transaction<DB>,
  rows: readonly Loaded[],
): Promise<Map<number | undefined, string[]>> {
  const ids = rows.flatMap(({ outcome, inspectionId }) =>
    outcome === 'known better' ? [] : (inspectionId ?? []),
  );
  if (ids.length === 0) return new Map();
  const figures = await trx
    .selectFrom('analytics.reconciliation')
    .select(['inspection_id', 'level', 'code', 'published', 'computed', 'explanation'])
    .where('status', '=', 'disagrees')
    .where('inspection_id', 'in', ids)
    .execute();
  return new Map(
    [...groupBy(figures, ({ inspection_id }) => inspection_id)].map(([id, own]) => [
      id,
      own.map(({ level, code, published, computed, explanation }) => {
        const what = level === 'standard' ? `standard ${code}` : level;
        const why = [computed && `the ratings give ${computed}`, explanation].filter(Boolean).join('; ');
        return `${what} is printed ${published}: ${why}`;
      }),
    ]),
  );
}
