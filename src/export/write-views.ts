import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { sql } from 'kysely';
import type { Connection } from '../database/connect.js';
import { programVersion } from '../version.js';
import { spreadsheetSafe } from '../words/spreadsheet-safe.js';
import { csvLine, type TextRow } from './csv.js';
import { licence } from './origin.js';
import type { ColumnDescription, ViewDescription } from './views.js';

export const formats = ['csv', 'parquet'] as const;
export type Format = (typeof formats)[number];

export interface ExportedView {
  view: ViewDescription;
  rows: number;
  files: { file: string; format: Format; bytes: number; sha256: string }[];
}

export interface WritingOptions {
  formats: readonly Format[];
  /** Whether invented inspections are among the rows, or nothing but them. */
  synthetic: boolean | 'only';
  /** Puts an apostrophe before texts that a spreadsheet would take for formulas, in CSV files. */
  spreadsheetSafe: boolean;
}

/** Rows that are held in memory at most; a row group of Parquet. */
const atOnce = 10_000;

/** Writes a view's rows into a file a format, from one reading. */
export async function writeView(
  db: Connection,
  view: ViewDescription,
  folder: string,
  options: WritingOptions,
): Promise<ExportedView> {
  const files = options.formats.map((format) => ({ format, file: `${view.name}.${format}` }));
  const writers: TableWriter[] = files.map(({ format, file }) =>
    (format === 'csv' ? csvWriter : parquetWriter)(path.join(folder, file), view, options),
  );
  for (const { write } of writers) await write([]);
  let count = 0;
  for await (const rows of rowsOf(db, view, options)) {
    count += rows.length;
    for (const { write } of writers) await write(rows);
  }
  for (const { end } of writers) await end?.();
  const written = files.map(async ({ format, file }) => {
    const whole = path.join(folder, file);
    const hash = createHash('sha256');
    await pipeline(createReadStream(whole), hash);
    return { file, format, bytes: (await stat(whole)).size, sha256: hash.digest('hex') };
  });
  return { view, rows: count, files: await Promise.all(written) };
}

/** Writes a table's rows into a file, as they come. No file is held open between two writings. */
interface TableWriter {
  write(rows: readonly TextRow[]): Promise<void>;
  end?(): Promise<void>;
}

/** RFC 4180: commas, CRLF; UTF-8 without a byte order mark. */
function csvWriter(file: string, { columns }: ViewDescription, { spreadsheetSafe: isSafe }: WritingOptions) {
  const isText = columns.map(({ postgres }) => postgres.startsWith('text'));
  const safe = (row: TextRow) =>
    row.map((cell, at) => (cell !== null && isText[at] ? spreadsheetSafe(cell) : cell));
  let heading = csvLine(columns.map(({ name }) => name));
  return {
    async write(rows: readonly TextRow[]) {
      await appendFile(file, heading + rows.map((row) => csvLine(isSafe ? safe(row) : row)).join(''));
      heading = '';
    },
  };
}

/** Snappy-compressed; every column may be null. */
function parquetWriter(file: string, { comment, columns }: ViewDescription): TableWriter {
  const writer = new ParquetWriter({
    writer: fileWriter(file),
    schema: [
      { name: 'schema', num_children: columns.length },
      ...columns.map(({ name, type }) => ({ name, ...type.parquet, repetition_type: 'OPTIONAL' as const })),
    ],
    kvMetadata: [
      { key: 'description', value: comment },
      { key: 'licence', value: licence.title },
    ],
    createdBy: programVersion.replace(' ', ' version '),
  });
  return {
    async write(rows) {
      if (rows.length === 0) return;
      const columnData = columns.map(({ name, type }, at) => ({
        name,
        data: rows.map((row) => (typeof row[at] === 'string' ? type.parse(row[at]) : null)),
      }));
      await writer.write({ columnData, rowGroupSize: rows.length });
    },
    end: async () => writer.finish(),
  };
}

/** A value as PostgreSQL prints it; of a list, its values with commas between. */
const textOf = ({ name, postgres }: ColumnDescription) =>
  postgres.endsWith('[]')
    ? sql<string | null>`array_to_string(${sql.ref(`row.${name}`)}, ', ')`
    : sql<string | null>`${sql.ref(`row.${name}`)}::text`;

/** Rows of a view in the order of its key, read through a cursor; text by its code points, so that the order is the same on every server. */
async function* rowsOf(
  db: Connection,
  { name, key, columns }: ViewDescription,
  { synthetic }: WritingOptions,
): AsyncIterable<TextRow[]> {
  let query = db
    .selectFrom(sql<Record<string, unknown>>`${sql.table(`analytics.${name}`)}`.as('row'))
    .select(columns.map((column) => textOf(column).as(column.name)));
  if (synthetic !== true && columns.some((column) => column.name === 'is_synthetic'))
    query = query.where(sql<boolean>`row.is_synthetic = ${synthetic === 'only'}`);
  for (const column of key) {
    const isText = columns.find((one) => one.name === column)?.postgres === 'text';
    const by = sql.ref(`row.${column}`);
    query = query.orderBy(isText ? sql`${by} collate "C"` : by);
  }
  let rows: TextRow[] = [];
  for await (const row of query.stream(1000)) {
    rows.push(columns.map((column) => row[column.name] ?? null));
    if (rows.length < atOnce) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}
