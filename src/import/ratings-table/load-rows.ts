import path from 'node:path';
import type { Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import type { Problem } from '../../problem.js';
import { cellProblem } from '../files/csv/csv-file.js';
import { firstDay } from './date.js';
import type { KnownEditions } from './known-editions.js';
import { differences, isOf, type KnownInspection, readInspections } from './known-inspections.js';
import { isListedOnly, listedBefore } from './listed-before.js';
import type { RatingsRow, RatingsTableOptions } from './options.js';
import { identityOf, type PlacedRow, placeRows, type Table } from './place-rows.js';
import { listedIn, newestHashes, queueForReports } from './records.js';
import { refused } from './refused.js';
import type { TableRow } from './rows.js';
import { type RowToWrite, writeRows } from './write.js';

/** What became of a table. */
export interface LoadedTable {
  rows: RatingsRow[];
  /** Names of inspections that an earlier version of the table gave, and this one does not. */
  gone: string[];
}

/** Writes what is new in a table, in the transaction that there is. Throws a UserError with every problem. */
export async function loadRows(
  trx: Transaction<DB>,
  table: Table,
  problems: Problem[],
  editions: KnownEditions,
  options: RatingsTableOptions,
): Promise<LoadedTable> {
  const { csv, dataRows } = table;
  const { synthetic = false } = options;
  const placed = await placeRows(trx, table, problems, editions, options);
  const reports = placed.map(({ service: { serviceId }, row: { published } }) => ({
    serviceId,
    year: published.slice(0, 4),
  }));
  await queueForReports(trx, reports);
  const known = await readInspections(trx, [0, ...new Set(reports.map(({ serviceId }) => serviceId))]);
  const hashes = await newestHashes(
    trx,
    placed.map(({ subject }) => subject),
  );
  const listed = table.isFile ? await listedIn(trx, path.basename(csv.file), synthetic) : [];
  const nearby = listedBefore(placed, known, synthetic);
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
    const write = (before: KnownInspection | undefined, changed: Partial<RowToWrite> = {}) => {
      const result = settle(before ? 'replaced' : 'loaded', before?.inspectionId);
      const planned = { ...one, ...changed, remarks, before };
      toWrite.push({ result, planned: rival ? withoutFieldwork(planned) : planned });
    };
    const better = betterKnown(inspections, one, synthetic);
    const before = inspections.find((inspection) => inspection.code === code);
    const near = nearby.get(one);
    if (better) {
      const differing = differences(better, row, one.checked.score);
      if (differing !== undefined) remarks.push(remark(differing));
      settle('known better', better.inspectionId);
      continue;
    }
    const same = near && 'same' in near ? near.same : before;
    const rival = one.twin ? undefined : sameFieldwork(inspections, row, same);
    if (rival)
      remarks.push(
        remark(
          `${rival.code} has the same service and fieldwork: this row is kept without its fieldwork date`,
        ),
      );
    if (near && 'maybe' in near) remarks.push(remark(mayBe(near.maybe)));
    if (one.twin) {
      // its key is that of the first, which may still have to be written
      settle('unchanged', undefined);
    } else if (before && before.isSynthetic !== synthetic) {
      const [there, here] = before.isSynthetic ? ['an invented', 'a real'] : ['a real', 'an invented'];
      const message = `${there} inspection of this service and date is loaded, and ${here} one can't take its place`;
      refusedRows.push(cellProblem(csv, row.line, undefined, message));
    } else if (before && hashes.get(one.subject) === one.contentHash) {
      settle('unchanged', before.inspectionId);
    } else if (near && 'same' in near) {
      const { isMoreExact, addsNothing } = near;
      const published = near.same.published as string;
      const becomes = isMoreExact ? 'which is dated more exactly by this row' : 'whose more exact date stays';
      remarks.push(remark(`this is the inspection that was loaded as published ${published}, ${becomes}`));
      if (isMoreExact) write(near.same);
      else if (addsNothing) settle('unchanged', near.same.inspectionId);
      else
        write(near.same, {
          row: { ...row, published },
          ...identityOf(service, published, near.same.reportNo),
        });
    } else write(before);
  }
  if (refusedRows.length > 0) throw refused(csv, refusedRows);
  const keysBefore = done.map(({ inspectionId }) => inspectionId);
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
  const kept = new Set(keysBefore);
  const gone = listed.filter(({ inspectionId }) => !kept.has(inspectionId));
  // A table of the same name that has nothing in common with this one is no version of it.
  const isVersion = gone.length < listed.length;
  return { rows: done, gone: isVersion ? gone.map(({ name }) => name) : [] };
}

/** Another inspection than the row's own that has its fieldwork date already, which a service can have only once. */
const sameFieldwork = (
  inspections: readonly KnownInspection[],
  { fieldwork }: TableRow,
  own: KnownInspection | undefined,
): KnownInspection | undefined =>
  fieldwork === undefined
    ? undefined
    : inspections.find((one) => one !== own && one.fieldworkStart === firstDay(fieldwork));

function withoutFieldwork({ row: { fieldwork: _, ...row }, ...planned }: RowToWrite): RowToWrite {
  return { ...planned, row };
}

const mayBe = (known: KnownInspection[]) => {
  const which = known.map(({ code, published }) => `${code} (published ${published})`).join(', ');
  return `this may be an inspection that is loaded already, ${which}: that can't be told, and each is kept. Give its date as exactly as the tables before did`;
};

/** The inspection of a row where it is known by more than a table of ratings: one with the same figures first. */
function betterKnown(
  inspections: readonly KnownInspection[],
  { row, service, checked }: PlacedRow,
  synthetic: boolean,
): KnownInspection | undefined {
  const better = inspections.filter(
    (inspection) =>
      inspection.isSynthetic === synthetic && !isListedOnly(inspection, { service }) && isOf(inspection, row),
  );
  return better.find((inspection) => differences(inspection, row, checked.score) === undefined) ?? better[0];
}
