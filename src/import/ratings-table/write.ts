import path from 'node:path';
import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import type { Problem } from '../../problem.js';
import type { Edition } from '../../ratings/rules.js';
import { programVersion } from '../../version.js';
import type { CsvFile } from '../files/csv/csv-file.js';
import type { FoundService as KnownService } from '../register/service.js';
import { recordRatings } from '../results/history.js';
import { renewResults } from '../results/keep.js';
import type { CheckedRow } from './check-row.js';
import { firstDay, precisionOf } from './date.js';
import type { KnownInspection } from './known-inspections.js';
import type { TableRow } from './rows.js';

type Trx = Transaction<DB>;

/** A row that is to be written. */
export interface RowToWrite {
  row: TableRow;
  service: KnownService;
  checked: CheckedRow;
  edition: Edition;
  reportNo: number;
  code: string;
  subject: string;
  contentHash: string;
  remarks: Problem[];
  /** The inspection that it replaces, whose key it takes over. */
  before: KnownInspection | undefined;
}

/** Rows of one statement: each column of each is a parameter, and a statement takes 65,534. */
const batch = 500;

async function inBatches<T>(rows: readonly T[], write: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += batch) await write(rows.slice(at, at + batch));
}

/** Writes inspections that are known by their ratings only, with a record of the load of each. Returns their keys, in order. */
export async function writeRows(
  trx: Trx,
  rows: readonly RowToWrite[],
  { csv, dataRows, synthetic }: { csv: CsvFile; dataRows: number; synthetic: boolean },
): Promise<number[]> {
  await inBatches(
    rows.flatMap(({ before }) => before?.inspectionId ?? []),
    (ids) => trx.deleteFrom('core.inspection').where('inspection_id', 'in', ids).execute(),
  );
  const ids = await idsFor(trx, rows);
  const each = rows.map((planned, at) => ({
    ...planned,
    own: { inspection_id: ids[at] as number, edition_code: planned.edition.code },
  }));
  await inBatches(
    each.map(({ own, row, service, code, reportNo }) => ({
      ...own,
      inspection_code: code,
      service_id: service.serviceId,
      service_at_inspection: row.name,
      fieldwork_start: row.fieldwork === undefined ? null : firstDay(row.fieldwork),
      fieldwork_precision: row.fieldwork === undefined ? 'not known' : precisionOf(row.fieldwork),
      published: row.published.length === 4 ? null : firstDay(row.published),
      published_year: Number(row.published.slice(0, 4)),
      published_precision: precisionOf(row.published),
      is_synthetic: synthetic,
      report_no: reportNo,
    })),
    (some) => trx.insertInto('core.inspection').values(some).execute(),
  );
  const ratings = each.flatMap(({ own, row }) =>
    [...row.ratings].map(([standard_code, rating]) => ({ ...own, standard_code, rating })),
  );
  await inBatches(ratings, (some) => trx.insertInto('core.published_standard_rating').values(some).execute());
  const qualitative = new Set(
    rows.flatMap(({ edition }) =>
      edition.standards
        .filter(({ basis }) => basis === 'qualitative')
        .map(({ code }) => `${edition.code} ${code}`),
    ),
  );
  await inBatches(
    ratings.filter(({ edition_code, standard_code }) => qualitative.has(`${edition_code} ${standard_code}`)),
    (some) => trx.insertInto('core.qualitative_rating').values(some).execute(),
  );
  await inBatches(
    each
      .filter(
        ({ row, checked }) =>
          row.overall !== undefined || checked.score !== null || checked.scorePercent !== null,
      )
      .map(({ own, row, checked }) => ({
        ...own,
        rating: row.overall ?? null,
        score: checked.score,
        score_percent: checked.scorePercent,
        out_of: checked.outOf,
      })),
    (some) => trx.insertInto('core.published_overall').values(some).execute(),
  );
  const loads = await writeRecords(
    trx,
    each.map((planned) => ({ ...planned, inspectionId: planned.own.inspection_id })),
    { csv, dataRows },
  );
  await renewResults(trx, ids);
  await recordRatings(trx, ids, { why: 'loaded', loads });
  return ids;
}

/** The keys of inspections: of those that they replace, or new ones. */
async function idsFor(trx: Trx, rows: readonly RowToWrite[]): Promise<number[]> {
  const added = rows.filter(({ before }) => before === undefined).length;
  const { rows: fresh } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('core.inspection', 'inspection_id')) as id
    from generate_series(1, ${added}::integer)`.execute(trx);
  let next = 0;
  return rows.map(({ before }) => before?.inspectionId ?? Number(fresh[next++]?.id));
}

/** Keeps the loads of inspections on record; returns their keys by inspection. */
async function writeRecords(
  trx: Trx,
  rows: readonly (RowToWrite & { inspectionId: number })[],
  { csv, dataRows }: { csv: CsvFile; dataRows: number },
): Promise<Map<number, number>> {
  const loads = new Map<string, number>();
  await inBatches(rows, async (some) => {
    const made = await trx
      .insertInto('core.load')
      .values(
        some.map(({ subject, contentHash, inspectionId }) => ({
          kind: 'inspection',
          subject,
          content_hash: contentHash,
          program: programVersion,
          inspection_id: inspectionId,
        })),
      )
      .returning(['load_id', 'subject'])
      .execute();
    for (const { load_id, subject } of made) loads.set(subject, load_id);
  });
  const each = rows.map((row) => ({ ...row, load_id: loads.get(row.subject) as number }));
  const { file, sha256, bytes } = csv.record;
  const name = path.basename(file);
  await inBatches(
    each.map(({ load_id }) => ({
      load_id,
      file: name,
      sha256,
      bytes,
      rows: dataRows,
      encoding: csv.encoding,
    })),
    (some) => trx.insertInto('core.load_file').values(some).execute(),
  );
  await inBatches(
    each.flatMap(({ load_id, remarks }) =>
      remarks.map(({ line, message }, at) => ({
        load_id,
        remark_no: at + 1,
        file: name,
        line: line ?? null,
        message,
      })),
    ),
    (some) => trx.insertInto('core.load_remark').values(some).execute(),
  );
  await inBatches(
    each.flatMap(({ load_id, before }) => {
      if (!before) return [];
      const standards = [...before.ratings].map(([code, rating]) => ({ load_id, code, rating, score: null }));
      return before.overall === null && before.score === null
        ? standards
        : [{ load_id, code: 'overall', rating: before.overall, score: before.score }, ...standards];
    }),
    (some) => trx.insertInto('core.replaced_rating').values(some).execute(),
  );
  return new Map(each.map(({ inspectionId, load_id }) => [inspectionId, load_id]));
}
