import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Kysely } from 'kysely';
import type { DB } from '../database/schema.js';
import { writingWhole } from '../writing.js';
import { csvwMetadata } from './csvw.js';
import { dataPackage } from './datapackage.js';
import { destination } from './folder.js';
import { csvwFile, packageFile } from './names.js';
import { originOf } from './origin.js';
import { countDaysTo } from './present-day.js';
import { chosenViews, openViews } from './views.js';
import { exportWork } from './work.js';
import { formats as allFormats, type ExportedView, type Format, fileOf, writeView } from './write-views.js';

/** What is exported, and how. */
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

/** What was exported. */
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
 * The same database gives the same bytes: days are counted to the one on which something was last loaded. Throws a UserError, with nothing written, for a folder that can't take them or a
 * view that there is not.
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
    const { views, origin } = await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (trx) => {
        const chosen = chosenViews(await openViews(trx), only);
        await into.refuseTaken(chosen.flatMap((view) => formats.map((format) => fileOf(view, format))));
        const origin = await originOf(trx);
        if (origin.day !== undefined) await countDaysTo(trx, origin.day);
        const views: ExportedView[] = [];
        for (const view of chosen)
          views.push(await writingWhole(folder, () => writeView(trx, view, into.partial, options)));
        return { views, origin };
      });
    const descriptions: Record<string, object> = {
      [packageFile]: dataPackage(views, origin, options),
      ...(formats.includes('csv') && { [csvwFile]: csvwMetadata(views, origin, options) }),
    };
    for (const [file, content] of Object.entries(descriptions))
      await writingWhole(folder, () =>
        writeFile(path.join(into.partial, file), `${JSON.stringify(content, null, 2)}\n`),
      );
    const files = [
      ...views.flatMap((view) => view.files.map(({ file }) => file)),
      ...Object.keys(descriptions),
    ];
    await into.settle(files);
    return { folder, views, files, leftOut: synthetic ? 0 : origin.invented };
  } catch (error) {
    await into.discard();
    throw error;
  }
}
