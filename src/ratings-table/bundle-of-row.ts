import path from 'node:path';
import type { Bundle } from '../import/bundle/bundle.js';
import type { InspectionFile, ReportEntry } from '../import/bundle/inspection-file.js';
import { type CsvFile, cellProblem } from '../import/files/csv/csv-file.js';
import type { ValuePath } from '../import/files/yaml-file.js';
import { sha256 } from '../sha256.js';
import type { Field } from './column-map.js';
import type { Columns } from './columns.js';
import type { RowRating, TableRow } from './read-rows.js';

/** What all rows of a table have in common. */
export interface TableOfRows {
  csv: CsvFile;
  columns: Columns;
  newService: boolean;
  synthetic: boolean;
}

/** A row as what inspection.yaml would say. */
export function inspectionOfRow(
  row: TableRow,
  score: number | undefined,
  { newService, synthetic }: Pick<TableOfRows, 'newService' | 'synthetic'>,
): InspectionFile {
  const { name, published, fieldwork, edition, overall, ratings, more } = row;
  const { percent, outOf } = row.score;
  const { report_url: url, ...others } = more;
  const report: ReportEntry = {
    published,
    ...(fieldwork && { [fieldwork.length === 7 ? 'fieldwork_month' : 'fieldwork_from']: fieldwork }),
    ...(url && { url }),
  };
  const printed = {
    ...(overall === null ? { not_rated: true as const } : overall !== undefined && { rating: overall }),
    ...(score !== undefined && { score }),
    ...(percent !== undefined && { score_percent: percent }),
    ...(outOf !== undefined && { out_of: outOf }),
  };
  const standards = [...ratings]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, one]) => [code, entryOf(one)]);
  const isOverallKnown = [overall, score, percent].some((one) => one !== undefined);
  return {
    ...(synthetic && { synthetic }),
    service: newService ? { name, area: name } : name,
    report,
    edition,
    ...others,
    ...(isOverallKnown && { overall: printed }),
    ...(standards.length > 0 && { standard_ratings: Object.fromEntries(standards) }),
  };
}

const entryOf = (rating: RowRating): string | { not_rated: true } => rating ?? { not_rated: true };

/** A row as a bundle. What is wrong with one of its values is told at the cell that it came from. */
export function bundleOfRow(
  row: TableRow,
  { inspection, beside }: { inspection: InspectionFile; beside: readonly string[] },
  { csv, columns }: TableOfRows,
): Bundle {
  const text = JSON.stringify(inspection);
  const record = {
    file: csv.file,
    sha256: sha256(text),
    bytes: Buffer.byteLength(text),
  };
  return {
    name: `${path.basename(csv.file)}:${row.line} ${row.name} ${row.published}`,
    yaml: {
      file: csv.file,
      record,
      problem: (at, message) => cellProblem(csv, row.line, columnOf(at, columns), message),
    },
    inspection,
    cases: undefined,
    answers: undefined,
    files: [record],
    ignored: [],
    isListed: true,
    beside,
  };
}

/** The number of the column, from 1, that a value of the inspection comes from; undefined for the row as a whole. */
function columnOf(at: ValuePath, { fields, standards }: Columns): number | undefined {
  const [section, key] = at.map(String);
  const field: Field | undefined =
    section === 'service'
      ? 'service'
      : section === 'edition'
        ? 'edition'
        : section === 'report' && key === 'published'
          ? 'published'
          : section === 'report' && key?.startsWith('fieldwork')
            ? 'fieldwork_start'
            : section === 'overall'
              ? key === 'rating'
                ? 'overall'
                : 'score'
              : undefined;
  const column =
    section === 'standard_ratings' && key !== undefined ? standards.get(key)?.at : field && fields[field];
  return column === undefined ? undefined : column + 1;
}
