import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { unreadable } from '../disk/reading.js';
import { UserError } from '../problem.js';
import { readingFileOf } from '../read/bundle/reading-file.js';

/**
 * The reports that a path means: a file, that which a bundle in a folder was read from, or those of a folder. Throws a UserError when
 * there is none.
 */
export async function findReports(given: string): Promise<string[]> {
  const refuse = (error: NodeJS.ErrnoException) => {
    throw unreadable(given, error);
  };
  if (!(await stat(given).catch(refuse)).isDirectory()) return [given];
  const reading = await readingFileOf(given);
  if (reading) return [path.relative('', path.resolve(given, reading.source.file))];
  const entries = await readdir(given, { withFileTypes: true }).catch(refuse);
  const files = entries
    .filter(
      (entry) => !entry.isDirectory() && /^[^.].*\.(?:pdf|txt|text|md|markdown|html?)$/i.test(entry.name),
    )
    .map(({ name }) => path.join(given, name));
  if (files.length === 0)
    throw new UserError(
      `${given} holds no report: a report is a PDF, a web page, or a text made of one (.pdf, .txt, .md, .html).`,
    );
  return files.sort();
}

/** What tells a file from others under whatever name it is given. */
export const realFile = (file: string): Promise<string> => realpath(file).catch(() => path.resolve(file));

/** Names that Windows keeps for devices, whatever stands behind a dot. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** Characters of a name that any file system takes. */
const longest = 60;

/**
 * The name of a report's folder: the file's own without its ending, as far as every file system takes it. It is never a path: ".." and
 * the like are "report". Of two reports of one name, also in capitals, the later one gets a number; `taken` remembers the names.
 */
export function folderName(file: string, taken: Set<string>): string {
  const bare = [...path.parse(file).name.normalize('NFC')]
    .slice(0, longest)
    .join('')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]/gu, '-')
    .replaceAll(/^\.+|[. ]+$/g, '');
  const name = devices.test(bare) ? `report-${bare}` : bare || 'report';
  let numbered = name;
  for (let number = 2; taken.has(numbered.toLowerCase()); number++) numbered = `${name}-${number}`;
  taken.add(numbered.toLowerCase());
  return numbered;
}
