import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kysely } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import type { ViewDescription } from '../export/describe.js';
import { destination, foldersOf, type Work } from '../export/folder.js';
import { openViews } from '../export/views.js';
import { writeView } from '../export/write-views.js';
import { programVersion } from '../version.js';
import { writingWhole } from '../writing.js';
import { csvOf } from './figure.js';
import { asReader, gather } from './gather.js';
import { bookOf } from './model.js';
import { figuresOf } from './page.js';
import type { DrawnChart, ParquetView } from './pages/downloads.js';
import { renderer } from './render.js';

const assets = fileURLToPath(new URL('./assets', import.meta.url));
const assetFiles = ['book.css', 'book.js'];

/** A book, by the file that lists what is in it. */
export const bookWork: Work = {
  name: 'book',
  listedIn: 'book.json',
  listed: ({ files }) =>
    (Array.isArray(files) ? files : []).filter(
      // A path that leads elsewhere was not written by a book.
      (file): file is string => typeof file === 'string' && /^(\w[\w.-]*\/)?\w[\w.-]*$/.test(file),
    ),
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
  const into = await destination(folder, { force, work: bookWork });
  const files: string[] = [];
  const folders = new Set<string>();
  let bytes = 0;
  /** Writes a file of the book, wherever in it. */
  const put = (file: string, text: string) =>
    writingWhole(folder, async () => {
      for (const one of foldersOf(file))
        if (!folders.has(one)) {
          await mkdir(path.join(into.partial, one));
          folders.add(one);
        }
      await writeFile(path.join(into.partial, file), text);
      files.push(file);
      bytes += Buffer.byteLength(text);
    });
  try {
    for (const name of assetFiles)
      await put(`assets/${name}`, await readFile(path.join(assets, name), 'utf8'));
    const { book, views } = await asReader(db, openViews, async (trx, open) => {
      const book = bookOf(await gather(trx, synthetic));
      await writingWhole(folder, () => mkdir(path.join(into.partial, 'data')));
      folders.add('data');
      const views = await writingWhole(folder, () =>
        asParquet(trx, open, path.join(into.partial, 'data'), synthetic),
      );
      return { book, views };
    });
    for (const { file, written } of views.flatMap(({ files }) => files)) {
      files.push(file);
      bytes += written;
    }
    // The library of charts takes a while to read: whoever writes no book does not wait for it.
    const { makersOf } = await import('./pages/all.js');
    const render = renderer(book);
    const charts: DrawnChart[] = [];
    const makers = makersOf(book, views, charts);
    for (const [at, makePage] of makers.entries()) {
      const page = makePage();
      for (const figure of figuresOf(page)) {
        await put(figure.csv, csvOf(figure.table));
        charts.push({ page, title: figure.table.caption, csv: figure.csv });
      }
      await put(page.path, render(page));
      onProgress(at + 1, makers.length);
    }
    const list = {
      generator: programVersion,
      recorded: book.recorded,
      state,
      synthetic,
      files: [...files].sort(),
    };
    await put(bookWork.listedIn, `${JSON.stringify(list, null, 1)}\n`);
    await into.settle(files);
    return { folder, files: [...files].sort(), pages: makers.length, bytes };
  } catch (error) {
    await into.discard();
    throw error;
  }
}

/** Writes the open views as Parquet files: of real inspections, or of invented ones. */
async function asParquet(
  trx: Connection,
  open: readonly ViewDescription[],
  folder: string,
  synthetic: boolean,
): Promise<ParquetView[]> {
  const options = {
    formats: ['parquet'] as const,
    synthetic: synthetic ? ('only' as const) : false,
    spreadsheetSafe: false,
  };
  const written: ParquetView[] = [];
  for (const view of open) {
    const { rows, files } = await writeView(trx, view, folder, options);
    written.push({
      name: view.name,
      comment: view.comment,
      rows,
      files: files.map(({ file, bytes }) => ({ file: `data/${file}`, written: bytes })),
    });
  }
  return written;
}
