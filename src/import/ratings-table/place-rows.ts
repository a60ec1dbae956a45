import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import type { Problem } from '../../problem.js';
import type { Edition } from '../../ratings/rules.js';
import { type CsvFile, cellProblem } from '../files/csv/csv-file.js';
import type { FoundService as KnownService } from '../register/service.js';
import { checkRow } from './check-row.js';
import { firstDay } from './date.js';
import type { KnownEditions } from './known-editions.js';
import type { RatingsTableOptions } from './options.js';
import { refused } from './refused.js';
import type { ReadRows, TableRow } from './rows.js';
import { contentOf, dateKey, joinRows } from './same-inspection.js';
import { readServices, serviceOf } from './service.js';
import type { RowToWrite } from './write.js';

/** A table whose rows were read. */
export interface Table {
  csv: CsvFile;
  rows: TableRow[];
  others: ReadRows['others'];
  dataRows: number;
  /** Number of the column of services, from 1. */
  serviceField: number;
  /** Whether it has a name of its own, by which a later version of it is known; what comes by a pipe has none. */
  isFile: boolean;
}

/** A row that found its service, and its place among the reports of that service and publication date. */
export interface PlacedRow extends Omit<RowToWrite, 'before' | 'remarks'> {
  remarks: string[];
  /** All that it says but for the name. */
  content: string;
  /** The row that is kept in its place: one that says the same, or the same inspection's with a more exact date. */
  twin?: PlacedRow;
}

/** What tells one of a service's reports from others that a table names: its publication date, and a number among such. */
export function identityOf(
  { serviceId, code }: KnownService,
  published: string,
  reportNo: number,
): Pick<RowToWrite, 'code' | 'subject' | 'reportNo'> {
  const date = dateKey(published);
  return {
    code: `${code}-published-${date}${reportNo === 1 ? '' : `-${reportNo}`}`,
    subject: `service ${serviceId}, published ${date}, report ${reportNo}`,
    reportNo,
  };
}

/** Finds the service of every row, and tells rows of one service and publication date apart. Throws with every problem. */
export async function placeRows(
  trx: Transaction<DB>,
  { csv, rows, others, serviceField }: Table,
  problems: Problem[],
  editions: KnownEditions,
  { newService = false, synthetic = false }: RatingsTableOptions,
): Promise<PlacedRow[]> {
  const services = await readServices(trx);
  const all = [...problems];
  const found: FoundRow[] = [];
  for (const row of rows) {
    const day = firstDay(row.fieldwork ?? row.published);
    const one = await serviceOf(trx, services, { name: row.name, day }, { newService, synthetic });
    if ('problem' in one) all.push(cellProblem(csv, row.line, serviceField, one.problem));
    else found.push({ row, ...one });
  }
  for (const { line, name, day = today() } of others) {
    const one = await serviceOf(trx, services, { name, day }, { newService, synthetic });
    if ('problem' in one) all.push(cellProblem(csv, line, serviceField, one.problem));
  }
  if (all.length > 0) throw refused(csv, all);
  return placed(found, editions, synthetic);
}

interface FoundRow {
  row: TableRow;
  service: KnownService;
  remark?: string;
}

function placed(found: FoundRow[], editions: KnownEditions, synthetic: boolean): PlacedRow[] {
  const joined = joinRows(found.map(({ row, service }) => ({ row, serviceId: service.serviceId })));
  const byRow = new Map<TableRow, PlacedRow>();
  const reports = new Map<string, PlacedRow[]>();
  const fieldworks = new Map<string, number>();
  const remarksOn = ({ row, remark }: FoundRow) =>
    [remark, joined.remarks.get(row)].filter((one) => one !== undefined);

  for (const one of found) if (!joined.into.has(one.row)) byRow.set(one.row, place(one));
  for (const same of reports.values()) sayIfTwoReports(same);
  for (const one of found) {
    const base = joined.into.get(one.row);
    const twin = base && byRow.get(base);
    if (twin) byRow.set(one.row, { ...twin, row: one.row, remarks: remarksOn(one), twin });
  }
  return found.map(({ row }) => byRow.get(row) as PlacedRow);

  function place(one: FoundRow): PlacedRow {
    const { row: given, service } = one;
    const edition = editions.byCode.get(given.edition) as Edition;
    const remarks = remarksOn(one);
    const report = `${service.serviceId} ${dateKey(given.published)}`;
    const same = reports.get(report) ?? [];
    const content = contentOf(given);
    const twin = same.find((other) => other.content === content);
    let row = joined.whole.get(given) ?? given;
    if (row.fieldwork !== undefined && !twin) {
      const fieldwork = `${service.serviceId} ${firstDay(row.fieldwork)}`;
      const line = fieldworks.get(fieldwork);
      if (line !== undefined) {
        const { fieldwork: _, ...without } = row;
        row = without;
        remarks.push(
          `line ${line} has the same service and fieldwork: this row is kept without its fieldwork date`,
        );
      } else fieldworks.set(fieldwork, given.line);
    }
    const checked = checkRow(row, edition);
    const reportNo = twin?.reportNo ?? same.filter((other) => !other.twin).length + 1;
    const placedRow: PlacedRow = {
      row,
      service,
      edition,
      checked,
      content,
      ...identityOf(service, given.published, reportNo),
      contentHash: hashOf(row, synthetic),
      remarks: [...remarks, ...checked.remarks],
      ...(twin && { twin }),
    };
    if (twin) placedRow.remarks.push(`line ${twin.row.line} says the same: this row was passed over`);
    same.push(placedRow);
    reports.set(report, same);
    return placedRow;
  }
}

/** Remarks on rows of one service and publication date that do not say the same. */
function sayIfTwoReports(same: PlacedRow[]): void {
  const differing = same.filter(({ twin }) => !twin);
  if (differing.length < 2) return;
  for (const one of differing) {
    const lines = differing.filter((other) => other !== one).map(({ row }) => row.line);
    const where = lines.length === 1 ? `line ${lines[0]} is` : `lines ${lines.join(', ')} are`;
    one.remarks.push(
      `${where} of the same service and publication date, and says otherwise: two services under one name?`,
    );
  }
}

const today = () => new Date().toISOString().slice(0, 10);

const hashOf = (row: TableRow, synthetic: boolean): string =>
  createHash('sha256')
    .update(JSON.stringify([row.name, contentOf(row), synthetic]))
    .digest('hex');
