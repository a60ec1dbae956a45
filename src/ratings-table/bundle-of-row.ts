import path from 'node:path';
import type { Bundle } from '../import/bundle/bundle.js';
import type { InspectionFile, ReportEntry } from '../import/bundle/inspection-file.js';
import { type CsvFile, cellProblem } from '../import/files/csv/csv-file.js';
import type { ValuePath } from '../import/files/yaml-file.js';
import { sha256 } from '../sha256.js';
import type { Columns, Field } from './columns.js';
import { furtherFields, type TableRow } from './read-rows.js';

/** What all rows of a table have in common. */
export interface TableOfRows {
  csv: CsvFile;
  columns: Columns;
  newService: boolean;
  synthetic: boolean;
}

/** The service and date of a row, as inspection.yaml would have them; `published` may be missing where the row is refused anyway. */
export const inspectionOf = (
  { name, published }: { name: string; published: string | undefined },
  { newService, synthetic }: TableOfRows,
): InspectionFile => ({
  ...(synthetic && { synthetic }),
  service: newService ? { name, area: name } : name,
  report: published === undefined ? {} : { published },
});

/**
 * A row as a bundle; `score` is in whole points, `beside` the dates of the table's other inspections of the service. What is wrong
 * with one of its values is told at the cell that it came from.
 */
export function bundleOfRow(
  row: TableRow,
  { score, beside }: { score: number | undefined; beside: readonly string[] },
  table: TableOfRows,
): Bundle {
  const { csv } = table;
  const inspection = inspectionOfRow(row, score, table);
  const text = JSON.stringify(inspection);
  const record = { file: csv.file, sha256: sha256(text), bytes: Buffer.byteLength(text) };
  return {
    name: `${path.basename(csv.file)}:${row.line} ${row.name} ${row.published}`,
    yaml: { file: csv.file, record, problem: problemAt(table, row.line) },
    inspection,
    ...{ cases: undefined, answers: undefined, files: [record], ignored: [], isListed: true, beside },
  };
}

function inspectionOfRow(row: TableRow, score: number | undefined, table: TableOfRows): InspectionFile {
  const { said, fieldwork, edition } = row;
  const { report, ...common } = inspectionOf(row, table);
  const [rating, percent, outOf] = ['overall', 'score_percent', 'out_of'].map((field) => said.get(field));
  const url = said.get('report_url');
  const dated: ReportEntry = {
    ...report,
    ...(fieldwork && { [fieldwork.length === 7 ? 'fieldwork_month' : 'fieldwork_from']: fieldwork }),
    ...(url != null && { url }),
  };
  const overall = {
    ...(rating === null ? { not_rated: true as const } : rating !== undefined && { rating }),
    ...(score !== undefined && { score }),
    ...(percent != null && { score_percent: percent }),
    ...(outOf != null && { out_of: Number(outOf) }),
  };
  const further = furtherFields.filter((field) => field !== 'report_url' && said.has(field));
  const standards = [...table.columns.standards.keys()].filter((code) => said.has(code)).sort();
  return {
    ...common,
    report: dated,
    edition,
    ...Object.fromEntries(further.map((field) => [field, said.get(field)])),
    // a maximum alone says nothing of the inspection
    ...((said.has('overall') || score !== undefined || percent != null) && { overall }),
    ...(standards.length > 0 && {
      standard_ratings: Object.fromEntries(
        standards.map((code) => [code, said.get(code) ?? { not_rated: true as const }]),
      ),
    }),
  };
}

const fieldsAt: Record<string, Field> = {
  service: 'service',
  edition: 'edition',
  'report published': 'published',
  'report fieldwork_from': 'fieldwork_start',
  'report fieldwork_month': 'fieldwork_start',
  'overall rating': 'overall',
  'overall score': 'score',
};

/** What tells a problem with a value of a row's inspection at the cell that it comes from, else at the row as a whole. */
export const problemAt =
  ({ csv, columns: { fields, standards } }: TableOfRows, line: number) =>
  (at: ValuePath, message: string) => {
    const [section = '', key = ''] = at.map(String);
    const field = fieldsAt[section] ?? fieldsAt[`${section} ${key}`];
    const column = section === 'standard_ratings' ? standards.get(key)?.at : field && fields[field];
    return cellProblem(csv, line, column === undefined ? undefined : column + 1, message);
  };
