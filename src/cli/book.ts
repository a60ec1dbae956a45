import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { serveFolder } from '../book/serve.js';
import { bookWork, writeBook } from '../book/write.js';
import { checkDestination } from '../disk/into-folder.js';
import { plural } from '../words/plural.js';
import { untilInterrupted } from './interrupt.js';
import { print, printJson } from './print.js';
import { withProgress } from './progress.js';
import { withDatabase } from './with-database.js';

interface Given {
  synthetic?: boolean;
  force?: boolean;
  serve?: boolean;
  json?: boolean;
}

export async function book(
  folder: string,
  { synthetic = false, force = false, serve, json }: Given,
): Promise<void> {
  await checkDestination(folder, { force, work: bookWork });
  const { pages, files, bytes } = await withProgress('pages', (onProgress) =>
    withDatabase(({ db }) => writeBook(db, folder, { synthetic, force, onProgress })),
  );
  const address = pathToFileURL(path.resolve(folder, 'index.html')).href;
  const size = `${plural(pages, 'page')}, ${plural(files.length, 'file')}, ${(bytes / 1e6).toFixed(1)} MB`;
  if (json) printJson({ folder, address, pages, bytes, files });
  else print(`${folder}: ${size}${synthetic ? '; all invented' : ''}`, `Open it in a browser: ${address}`);
  if (!serve) return;
  const { url, close } = await serveFolder(path.resolve(folder));
  print('', `Serving it at ${url} until Ctrl-C.`);
  await untilInterrupted();
  await close();
}
