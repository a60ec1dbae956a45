import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { serveFolder } from '../book/serve.js';
import { bookWork, writeBook } from '../book/write.js';
import { checkDestination } from '../export/folder.js';
import { plural } from '../words/plural.js';
import type { CommandMaker } from './command.js';
import { untilInterrupted } from './interrupt.js';
import { print, printJson } from './print.js';
import { withDatabase } from './with-database.js';

interface Given {
  synthetic?: boolean;
  force?: boolean;
  serve?: boolean;
  json?: true;
}

export const bookCommand: CommandMaker = () =>
  new Command('book')
    .description(
      'write the book of ratings: pages with charts and tables that open from a disk, without the internet',
    )
    .argument('[folder]', 'a folder that is not there yet, or is empty', './book-of-ratings')
    .option('--synthetic', 'a book of the invented inspections in place of the real ones; every page says so')
    .option('--force', 'replace what an earlier book put into the folder; other files stay')
    .option('--serve', 'then serve it on this machine alone, until Ctrl-C')
    .option('--json', 'print JSON')
    .action(async (folder: string, { synthetic = false, force = false, serve = false, json }: Given) => {
      await checkDestination(folder, { force, work: bookWork });
      const written = await withProgress((onProgress) =>
        withDatabase(({ db }) => writeBook(db, folder, { synthetic, force, onProgress })),
      );
      const { pages, files, bytes } = written;
      const address = pathToFileURL(path.resolve(folder, 'index.html')).href;
      if (json) printJson({ folder, address, pages, bytes, files });
      else
        print(
          `${folder}: ${plural(pages, 'page')}, ${plural(files.length, 'file')}, ${(bytes / 1e6).toFixed(1)} MB${synthetic ? '; all invented' : ''}`,
          `Open it in a browser: ${address}`,
        );
      if (!serve) return;
      const { url, close } = await serveFolder(path.resolve(folder));
      print('', `Serving it at ${url} until Ctrl-C.`);
      await untilInterrupted();
      await close();
    });

/** Shows how far the work is, where somebody watches: on a terminal. */
async function withProgress<T>(
  work: (onProgress: (done: number, of: number) => void) => Promise<T>,
): Promise<T> {
  const bar = new SingleBar({
    format: '{bar} {value} of {total} pages',
    clearOnComplete: true,
    stream: process.stderr,
  });
  try {
    return await work((done, of) => {
      if (!process.stderr.isTTY) return;
      if (bar.isActive) bar.update(done);
      else bar.start(of, done);
    });
  } finally {
    bar.stop();
  }
}
