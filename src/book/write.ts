import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kysely } from 'kysely';
import type { DB } from '../database/schema.js';
import { destination, foldersOf, type Work } from '../export/folder.js';
import { openViews } from '../export/views.js';
import { writeView } from '../export/write-views.js';
import { programVersion } from '../version.js';
import { writingWhole } from '../writing.js';
import { csvOf } from './figure.js';
import { asReader, gather } from './gather.js';
import { bookOf } from './model.js';
import { figuresOf, type Page } from './page.js';
import { discretionPage, downloadsPage, howPage, qualityPage } from './pages/about.js';
import { countryPage } from './pages/country.js';
import { inspectionPages } from './pages/inspection.js';
import { servicePages } from './pages/service.js';
import { standardPages } from './pages/standard.js';
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
  /** Is told how many files are written, of how many. */
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
 * Writes the book of ratings: pages that open from a disk, made of the public views as a reader sees them, of one moment. The
 * same database gives the same bytes. Throws a UserError, with nothing written, for a folder that can't take it.
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
  const make = (file: string) =>
    writingWhole(folder, async () => {
      for (const one of foldersOf(file))
        if (!folders.has(one)) {
          await mkdir(path.join(into.partial, one));
          folders.add(one);
        }
      files.push(file);
    });
  const put = async (file: string, text: string) => {
    await make(file);
    await writingWhole(folder, () => writeFile(path.join(into.partial, file), text));
    bytes += Buffer.byteLength(text);
  };
  try {
    const { book, views } = await asReader(db, openViews, async (trx, open) => {
      const book = bookOf(await gather(trx, synthetic));
      const views = [];
      await writingWhole(folder, () => mkdir(path.join(into.partial, 'data')));
      folders.add('data');
      for (const view of open) {
        const options = {
          formats: ['parquet'] as const,
          synthetic: synthetic ? ('only' as const) : false,
          spreadsheetSafe: false,
        };
        const written = await writingWhole(folder, () =>
          writeView(trx, view, path.join(into.partial, 'data'), options),
        );
        for (const one of written.files) {
          files.push(`data/${one.file}`);
          bytes += one.bytes;
        }
        views.push({
          name: view.name,
          comment: view.comment,
          rows: written.rows,
          files: written.files.map(({ file }) => `data/${file}`),
        });
      }
      return { book, views };
    });
    const render = renderer(book);
    const charts: { page: Page; title: string; csv: string }[] = [];
    const all = [
      ...makersOf(book),
      () => [
        downloadsPage(
          book,
          views,
          charts.filter(({ page }) => !page.path.includes('/') || page.path.startsWith('standards/')),
        ),
      ],
    ];
    const total = 1 + book.services.length + book.inspections.length + book.standards.length + 8;
    let pages = 0;
    for (const makePages of all)
      for (const page of makePages()) {
        for (const figure of figuresOf(page)) {
          await put(figure.csv, csvOf(figure.table));
          charts.push({ page, title: figure.table.caption, csv: figure.csv });
        }
        await put(page.path, render(page));
        onProgress(++pages, total);
      }
    for (const name of assetFiles) {
      await make(`assets/${name}`);
      await writingWhole(folder, () =>
        copyFile(path.join(assets, name), path.join(into.partial, 'assets', name)),
      );
    }
    const listed = [...files].sort();
    await put(
      bookWork.listedIn,
      `${JSON.stringify({ generator: programVersion, recorded: book.recorded, state, synthetic, files: listed }, null, 1)}\n`,
    );
    await into.settle(files);
    return { folder, files: [...files].sort(), pages, bytes };
  } catch (error) {
    await into.discard();
    throw error;
  }
}

/** The kinds of pages, the downloads last: they list what the others have drawn. */
const makersOf = (book: ReturnType<typeof bookOf>): (() => Page[])[] => [
  () => [countryPage(book)],
  () => servicePages(book),
  () => standardPages(book),
  () => inspectionPages(book),
  () => [discretionPage(book), qualityPage(book), howPage(book)],
];
