import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Transaction } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { groupBy } from '../group-by.js';
import type { Bundle } from '../import/bundle/bundle.js';
import { cellProblem, openCsv } from '../import/files/csv/csv-file.js';
import type { Given } from '../import/files/source.js';
import type { ValuePath } from '../import/files/yaml-file.js';
import { inOneTransaction } from '../import/one-transaction.js';
import { mayBeOneDate } from '../import/place.js';
import type { Origin } from '../import/record.js';
import { renew } from '../import/renew.js';
import { beginSession, resolve, type SoundBundle, soundInspection } from '../import/session.js';
import { loadInspection } from '../import/write-inspections.js';
import { exitCode, type Problem, UserError } from '../problem.js';
import { sha256 } from '../sha256.js';
import { columnTeller, type Field, readColumnMap, recogniseColumns } from './columns.js';
import { editionNamed, readEditions, unknownEdition } from './editions.js';
import { type Reading, type ReadRows, readRows, type TableRow } from './rows.js';
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
  const read = readRows(reading);
  const { dryRun = false } = options;
  const rows = await inOneTransaction(db, (trx) => loadRows(trx, reading, read, origin), { dryRun });
  for (const notice of [...reading.csv.notices, ...read.notices]) options.notice?.(notice);
  return rows;
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

/** Makes a bundle of every row and loads it like any other, in the transaction that there is. Throws a UserError with every problem. */
async function loadRows(
  trx: Transaction<DB>,
  reading: Reading,
  { rows, problems: found, count }: ReadRows,
  origin: Origin,
): Promise<RatingsRow[]> {
  const { csv, newService } = reading;
  const session = await beginSession(trx, { newService }, true);
  const problems = [...found];
  const unlessWrong = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof UserError) || error.problems.length === 0) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const sound: Sound[] = [];
  for (const row of rows) {
    const made = bundleOf(row, reading);
    // of a row that is refused anyway the service is looked at all the same
    const called = row.isSound ? undefined : await resolve(session, made);
    if (called && 'problem' in called) problems.push(called.problem);
    const bundle = row.isSound && (await unlessWrong(() => soundInspection(session, made)));
    if (!bundle) continue;
    bundle.records = [{ ...csv.record, rows: count, encoding: csv.encoding }];
    sound.push({ row, bundle });
  }
  const twins = twinsOf(sound, (row, message) =>
    problems.push(cellProblem(csv, row.line, undefined, message)),
  );
  if (problems.length > 0) throw refused(csv, problems);

  const done = new Map<TableRow, RatingsRow>();
  const unrated = new Map<number, number>();
  for (const { row, bundle } of sound) {
    if (twins.has(row)) continue;
    const loaded = await unlessWrong(() => loadInspection(session, bundle, { origin, unrated }));
    if (!loaded) continue;
    const { name, notices, outcome, inspectionId } = loaded;
    done.set(row, { name, outcome, remarks: notices, ...(inspectionId !== undefined && { inspectionId }) });
  }
  if (problems.length > 0) throw refused(csv, problems);
  await renew(trx, unrated);
  const contradictions = await contradictionsOf(trx, [...done.values()]);
  return sound.map(({ row, bundle: { name } }) => {
    const say = (message: string) => cellProblem(csv, row.line, undefined, message);
    const twin = twins.get(row);
    const { remarks, ...own } = done.get(twin ?? row) as RatingsRow;
    if (twin)
      return {
        ...{ ...own, name, outcome: own.outcome === 'known better' ? own.outcome : 'unchanged' },
        remarks: [say(`line ${twin.line} says the same: this row was passed over`)],
      };
    return { ...own, remarks: [...remarks, ...(contradictions.get(own.inspectionId) ?? []).map(say)] };
  });
}

interface Sound {
  row: TableRow;
  bundle: SoundBundle;
}

/**
 * Rows that say what another row says of the same inspection, each with that one, whose date is as exact or more. Two that may be of one
 * inspection and do not say the same are refused. What else of its service is in the table is noted in each bundle.
 */
function twinsOf(
  sound: readonly Sound[],
  say: (row: TableRow, message: string) => void,
): Map<TableRow, TableRow> {
  const twins = new Map<TableRow, TableRow>();
  for (const ofService of groupBy(sound, ({ bundle }) => bundle.service.serviceId).values()) {
    const kept: TableRow[] = [];
    for (const { row, bundle } of ofService.toSorted(
      (a, b) => b.row.published.length - a.row.published.length,
    )) {
      bundle.beside = ofService.flatMap((one) => (one.row === row ? [] : one.row.published));
      const near = kept.filter(({ published }) => mayBeOneDate(published, row.published));
      const [twin, ...others] = near;
      if (!twin) kept.push(row);
      else if (others.length === 0 && isDeepStrictEqual(contentOf(twin), contentOf(row)))
        twins.set(row, twin);
      else {
        const lines = near.map(({ line, published }) => `line ${line} (published ${published})`).join(', ');
        say(
          row,
          `${lines} may be of the same inspection, and says otherwise: leave the one that is right, or give their dates more exactly`,
        );
      }
    }
  }
  return twins;
}

/** All that a row says but for the name and the publication. */
const contentOf = ({ inspection: { service: _, report, ...said } }: TableRow) => ({
  ...said,
  report: { ...report, published: undefined },
});

/** What of inspections contradicts itself by the rules of its edition, which SQL knows. That of an own report is not the table's. */
async function contradictionsOf(
  trx: Transaction<DB>,
  rows: readonly RatingsRow[],
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

/** A row as a bundle. What is wrong with one of its values is told at the cell that it came from, else at the row. */
function bundleOf({ line, name, published, inspection, remarks }: TableRow, reading: Reading): Bundle {
  const { csv } = reading;
  const text = JSON.stringify(inspection);
  const record = { file: csv.file, sha256: sha256(text), bytes: Buffer.byteLength(text) };
  return {
    name: `${path.basename(csv.file)}:${line} ${name} ${published}`,
    yaml: { file: csv.file, record, problem: problemAt(reading, line) },
    inspection,
    ...{ cases: undefined, answers: undefined, files: [record], ignored: remarks, isListed: true },
  };
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

const problemAt =
  ({ csv, columns: { fields, standards } }: Reading, line: number) =>
  (path: ValuePath, message: string) => {
    const [section = '', key = ''] = path.map(String);
    const field = fieldsAt[section] ?? fieldsAt[`${section} ${key}`];
    const column = section === 'standard_ratings' ? standards.get(key)?.at : field && fields[field];
    return cellProblem(csv, line, column === undefined ? undefined : column + 1, message);
  };
