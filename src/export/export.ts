import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Kysely } from 'kysely';
import type { DB } from '../database/schema.js';
import { intoFolder, type Work } from '../disk/into-folder.js';
import { csvwMetadata, dataPackage } from './descriptions.js';
import { originOf } from './origin.js';
import { chosenViews, countDaysTo, openViews } from './views.js';
import { formats as allFormats, type ExportedView, type Format, writeView } from './write-views.js';

/** An export, by the file that says what it holds; the other describes CSV files for CSV on the Web. */
export const exportWork = {
  name: 'export',
  listedIn: 'datapackage.json',
  called: /^\w+\.(csv|parquet)$/,
  besideCsv: 'csv-metadata.json',
} satisfies Work;

export interface ExportOptions {
  /** Names of views; all that are open to everybody without it. */
  only?: readonly string[] | undefined;
  formats?: readonly Format[];
  /** Invented inspections too. */
  synthetic?: boolean;
  /** Puts an apostrophe before texts that a spreadsheet would take for formulas, in CSV files. */
  spreadsheetSafe?: boolean;
  /** Replaces what an earlier export put into the folder. */
  force?: boolean;
}

export interface Exported {
  folder: string;
  views: ExportedView[];
  /** All files, the descriptions too. */
  files: string[];
  /** Invented inspections that were left out. */
  leftOut: number;
}

/**
 * Writes the open views into a folder, with datapackage.json and, for CSV, csv-metadata.json. All views are of one moment.
 * The same database gives the same bytes. Throws a UserError, with nothing written, for a folder that can't take them or a view that
 * there is not.
 */
export async function exportViews(
  db: Kysely<DB>,
  folder: string,
  {
    only,
    formats = allFormats,
    synthetic = false,
    spreadsheetSafe = false,
    force = false,
  }: ExportOptions = {},
): Promise<Exported> {
  const options = { formats, synthetic, spreadsheetSafe };
  return intoFolder(folder, { force, work: exportWork }, async (partial) => {
    const views: ExportedView[] = [];
    const origin = await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (trx) => {
        const chosen = chosenViews(await openViews(trx), only);
        const origin = await originOf(trx);
        if (origin.day !== undefined) await countDaysTo(trx, origin.day);
        for (const view of chosen) views.push(await writeView(trx, view, partial, options));
        return origin;
      });
    const describing = {
      [exportWork.listedIn]: dataPackage,
      ...(formats.includes('csv') && { [exportWork.besideCsv]: csvwMetadata }),
    };
    for (const [file, describe] of Object.entries(describing))
      await writeFile(
        path.join(partial, file),
        `${JSON.stringify(describe(views, origin, options), null, 2)}\n`,
      );
    const files = [
      ...views.flatMap((view) => view.files.map(({ file }) => file)),
      ...Object.keys(describing),
    ];
    return { folder, views, files, leftOut: synthetic ? 0 : origin.invented };
  });
}
