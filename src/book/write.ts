import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kysely } from 'kysely';
import type { DB } from '../database/schema.js';
import { destination, type Work } from '../export/folder.js';
import { writeView } from '../export/write-views.js';
import { programVersion } from '../version.js';
import { writingWhole } from '../writing.js';
import { asReader, gather } from './gather.js';
import { bookOf } from './model.js';
import { type Cell, csvOf, csvPath, figuresOf } from './page.js';
import type { ParquetView } from './pages/downloads.js';
import { renderer } from './render.js';

const assets = fileURLToPath(new URL('./assets', import.meta.url));

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
  let bytes = 0;
  /** Writes a file of the book, wherever in it. */
  const put = (file: string, text: string) =>
    writingWhole(folder, async () => {
      await mkdir(path.join(into.partial, path.dirname(file)), { recursive: true });
      await writeFile(path.join(into.partial, file), text);
      files.push(file);
      bytes += Buffer.byteLength(text);
    });
  try {
    for (const name of await readdir(assets))
      await put(`assets/${name}`, await readFile(path.join(assets, name), 'utf8'));
    const { book, views } = await asReader(db, async (trx, open) => {
      const book = bookOf(await gather(trx, synthetic));
      const data = path.join(into.partial, 'data');
      const views: ParquetView[] = [];
      await writingWhole(folder, async () => {
        await mkdir(data);
        for (const { name, comment, ...view } of open) {
          const written = await writeView(trx, { name, comment, ...view }, data, {
            formats: ['parquet'],
            synthetic: synthetic ? 'only' : false,
            spreadsheetSafe: false,
          });
          for (const one of written.files) {
            files.push(`data/${one.file}`);
            bytes += one.bytes;
          }
          views.push({ name, comment, rows: written.rows, file: `data/${written.files[0]?.file}` });
        }
      });
      return { book, views };
    });
    // The library of charts takes a while to read: whoever writes no book does not wait for it.
    const { pagesOf } = await import('./pages/all.js');
    const render = renderer(book);
    const charts: Cell[][] = [];
    const pages = pagesOf(book, views, charts);
    for (const [at, makePage] of pages.entries()) {
      const page = makePage();
      for (const figure of figuresOf(page)) {
        const csv = csvPath(page, figure);
        await put(csv, csvOf(figure.table));
        // Those of a single service or inspection are linked beside their figures alone: there are hundreds.
        if (!/^(services|inspections)\//.test(page.path))
          charts.push([{ text: page.title, to: page.path }, ': ', { text: figure.table.caption, to: csv }]);
      }
      await put(page.path, render(page));
      onProgress(at + 1, pages.length);
    }
    const { recorded } = book;
    const list = { generator: programVersion, recorded, state, synthetic, files: files.toSorted() };
    await put(bookWork.listedIn, `${JSON.stringify(list, null, 1)}\n`);
    await into.settle(files);
    return { folder, files: files.toSorted(), pages: pages.length, bytes };
  } catch (error) {
    await into.discard();
    throw error;
  }
}
