import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bookWork, writeBook } from '../book/write.js';
import { checkDestination } from '../export/folder.js';
import { plural } from '../words/plural.js';
import { print, printJson } from './print.js';
import { withProgress } from './progress.js';
import { withDatabase } from './with-database.js';

interface Given {
  synthetic?: boolean;
  force?: boolean;
  json?: boolean;
}

export async function book(folder: string, { synthetic = false, force = false, json }: Given): Promise<void> {
  await checkDestination(folder, { force, work: bookWork });
  const { pages, files, bytes } = await withProgress('pages', (onProgress) =>
    withDatabase(({ db }) => writeBook(db, folder, { synthetic, force, onProgress })),
  );
  const address = pathToFileURL(path.resolve(folder, 'index.html')).href;
  const size = `${plural(pages, 'page')}, ${plural(files.length, 'file')}, ${(bytes / 1e6).toFixed(1)} MB`;
  if (json) printJson({ folder, address, pages, bytes, files });
  else print(`${folder}: ${size}${synthetic ? '; all invented' : ''}`, `Open it in a browser: ${address}`);
}
