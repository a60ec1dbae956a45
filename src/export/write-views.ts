import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Connection } from '../database/connect.js';
import { csvWriter } from './csv.js';
import type { ViewDescription } from './describe.js';
import { licence } from './origin.js';
import { parquetWriter } from './parquet.js';
import { type Invented, rowsOf } from './rows.js';
import type { TableWriter } from './table-writer.js';

export const formats = ['csv', 'parquet'] as const;
export type Format = (typeof formats)[number];

/** A file that was written. */
export interface ExportedFile {
  file: string;
  format: Format;
  bytes: number;
  sha256: string;
}

/** A view that was written. */
export interface ExportedView {
  view: ViewDescription;
  rows: number;
  files: ExportedFile[];
}

/** How views are written. */
export interface WritingOptions {
  formats: readonly Format[];
  synthetic: Invented;
  spreadsheetSafe: boolean;
}

/** Writes a view's rows into a file a format, from one reading. Memory does not grow with the rows. */
export async function writeView(
  db: Connection,
  view: ViewDescription,
  folder: string,
  { formats, synthetic, spreadsheetSafe }: WritingOptions,
): Promise<ExportedView> {
  const writers: TableWriter[] = [];
  let rows = 0;
  try {
    for (const format of formats) {
      const file = path.join(folder, fileOf(view, format));
      writers.push(
        format === 'csv'
          ? await csvWriter(file, view.columns, { spreadsheetSafe })
          : parquetWriter(file, view, licence.title),
      );
    }
    for await (const row of rowsOf(db, view, { synthetic })) {
      rows++;
      for (const writer of writers) {
        const written = writer.write(row);
        if (written) await written;
      }
    }
    for (const writer of writers) await writer.end();
  } catch (error) {
    for (const writer of writers) await writer.abandon().catch(() => {});
    throw error;
  }
  const files = formats.map((format) => describeFile(folder, fileOf(view, format), format));
  return { view, rows, files: await Promise.all(files) };
}

/** The name of a view's file. */
export const fileOf = ({ name }: ViewDescription, format: Format): string => `${name}.${format}`;

async function describeFile(folder: string, file: string, format: Format): Promise<ExportedFile> {
  const whole = path.join(folder, file);
  const hash = createHash('sha256');
  await pipeline(createReadStream(whole), hash);
  return { file, format, bytes: (await stat(whole)).size, sha256: hash.digest('hex') };
}
