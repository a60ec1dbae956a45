import { connectionFiles, writeFiles } from '../connect/files.js';
import { formatUrl, parseUrl } from '../database/connection/url.js';
import { print, printJson } from './print.js';
import { runningServer } from './with-database.js';

export async function connect(
  folder: string,
  { force = false, json }: { force?: boolean; json?: boolean },
): Promise<void> {
  const given = process.env.DATABASE_URL;
  // As it is said: no server is asked.
  const files = connectionFiles(given ? formatUrl(parseUrl(given)) : (await runningServer()).url);
  await writeFiles(folder, files, { force });
  if (json) return printJson({ folder, files: Object.keys(files) });
  print(
    `${folder}: ${Object.keys(files).join(', ')}`,
    'The password is in none of them: yot-ratings db url --role reader prints it, between : and @.',
  );
}
