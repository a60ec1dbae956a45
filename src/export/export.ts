import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Kysely } from 'kysely';
import type { DB } from '../database/schema.js';
import { writingWhole } from '../writing.js';
import { csvwMetadata, dataPackage } from './descriptions.js';
import { destination } from './folder.js';
import { originOf } from './origin.js';
import { countDaysTo } from './present-day.js';
import { chosenViews, openViews } from './views.js';
import { csvwFile, exportWork, packageFile } from './work.js';
import { formats as allFormats, type ExportedView, type Format, fileOf, writeView } from './write-views.js';

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
  const into = await destination(folder, { force, work: exportWork });
  try {
    const options = { formats, synthetic, spreadsheetSafe };
    const views: ExportedView[] = [];
    const files: string[] = [];
    const origin = await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (trx) => {
        const chosen = chosenViews(await openViews(trx), only);
        files.push(...chosen.flatMap((view) => formats.map((format) => fileOf(view, format))));
        files.push(packageFile, ...(formats.includes('csv') ? [csvwFile] : []));
        await into.refuseTaken(files);
        const origin = await originOf(trx);
        if (origin.day !== undefined) await countDaysTo(trx, origin.day);
        for (const view of chosen)
          views.push(await writingWhole(folder, () => writeView(trx, view, into.partial, options)));
        return origin;
      });
    const describing = { [packageFile]: dataPackage, [csvwFile]: csvwMetadata };
    for (const [file, describe] of Object.entries(describing).filter(([file]) => files.includes(file))) {
      const text = `${JSON.stringify(describe(views, origin, options), null, 2)}\n`;
      await writingWhole(folder, () => writeFile(path.join(into.partial, file), text));
    }
    await into.settle(files);
    return { folder, views, files, leftOut: synthetic ? 0 : origin.invented };
  } catch (error) {
    await into.discard();
    throw error;
  }
}
