import { cp, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kysely } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { filesIn, intoFolder, type Work } from '../disk/into-folder.js';
import type { ViewDescription } from '../export/views.js';
import { writeView } from '../export/write-views.js';
import { programVersion } from '../version.js';
import { asReader, gather } from './gather.js';
import { bookOf } from './model.js';
import type { Cell } from './table.js';

const assets = fileURLToPath(new URL('./assets', import.meta.url));

/** A book, by the file that lists what is in it. */
export const bookWork: Work = {
  name: 'book',
  listedIn: 'book.json',
  called: /^(\w[\w.-]*\/)?\w[\w.-]*$/,
};

export interface BookOptions {
  /** A book of the invented inspections, which every page says; else of the real ones. */
  synthetic?: boolean;
  /** Replaces what an earlier book put into the folder. */
  force?: boolean;
  /** What it is made from, for who asks later whether it has to be made anew. */
  state?: string;
  /** Is told how many pages are written, of how many. */
  onProgress?: (done: number, of: number) => void;
}

/** What was written. */
export interface WrittenBook {
  folder: string;
  /** All files, from the folder. */
  files: string[];
  pages: number;
  bytes: number;
}

/**
 * Writes the book of ratings into a folder: pages with charts and tables that open from a disk, made of the public views as a reader
 * sees them, of one moment. The same database gives the same bytes. Throws a UserError, with nothing written, for a folder that
 * can't take them.
 *
 * @example
 * const { pages } = await writeBook(db, 'book-of-ratings', { force: true });
 */
export async function writeBook(
  db: Kysely<DB>,
  folder: string,
  { synthetic = false, force = false, state, onProgress = () => {} }: BookOptions = {},
): Promise<WrittenBook> {
  return intoFolder(folder, { force, work: bookWork }, async (partial) => {
    await cp(assets, path.join(partial, 'assets'), { recursive: true });
    for (const name of ['data', 'services', 'standards', 'inspections'])
      await mkdir(path.join(partial, name));
    const { book, views } = await asReader(db, async (trx, open) => ({
      book: bookOf(await gather(trx, synthetic)),
      views: await parquetOf(trx, open, path.join(partial, 'data'), synthetic),
    }));
    // The library of charts takes a while to read: whoever writes no book does not wait for it.
    const [{ renderer }, { pagesOf }] = await Promise.all([import('./render.js'), import('./pages/all.js')]);
    const render = renderer(book);
    const charts: Cell[][] = [];
    const downloads = () => ({
      ...{ path: 'downloads.html', template: 'downloads', title: 'Data to download', views, charts },
    });
    const pages = [...pagesOf(book), downloads];
    for (const [at, makePage] of pages.entries()) {
      const page = makePage();
      const { html, files } = render(page);
      for (const { path: file, caption, text } of files) {
        await writeFile(path.join(partial, file), text);
        // Those of a single service or inspection are linked beside their figures alone: there are hundreds.
        if (!/^(services|inspections)\//.test(page.path))
          charts.push([{ text: page.title, to: page.path }, ': ', { text: caption, to: file }]);
      }
      await writeFile(path.join(partial, page.path), html);
      onProgress(at + 1, pages.length);
    }
    const files = [...(await filesIn(partial)), bookWork.listedIn].sort();
    const list = { generator: programVersion, recorded: book.recorded, state, synthetic, files };
    await writeFile(path.join(partial, bookWork.listedIn), `${JSON.stringify(list, null, 1)}\n`);
    const sizes = await Promise.all(files.map(async (file) => (await stat(path.join(partial, file))).size));
    return { folder, files, pages: pages.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  });
}

/** Writes every open view as Parquet. */
async function parquetOf(
  trx: Connection,
  open: readonly ViewDescription[],
  folder: string,
  synthetic: boolean,
) {
  const views: { table: Cell; one_row_is: string; rows: number }[] = [];
  for (const view of open) {
    const { rows } = await writeView(trx, view, folder, {
      formats: ['parquet'],
      synthetic: synthetic ? 'only' : false,
      spreadsheetSafe: false,
    });
    views.push({
      table: { text: view.name, to: `data/${view.name}.parquet` },
      one_row_is: view.comment,
      rows,
    });
  }
  return views;
}
