import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { exitCode, UserError } from '../problem.js';
import { readingFileOf } from '../read/bundle/reading-file.js';
import { unreadable } from '../unreadable.js';

/** What a path means: a report itself, and the bundle's folder when it was named by that. */
export interface FoundReport {
  file: string;
  bundle?: string;
}

/**
 * Finds the reports that a path means: a file, a bundle's folder that was written from one, or a folder of reports. Throws a
 * UserError when there is none, or when a bundle's report is not there any more, or is another one.
 */
export async function findReports(given: string): Promise<FoundReport[]> {
  if (given.trim() === '')
    throw new UserError('A path is empty: name a report, or a folder of reports.', exitCode.call);
  const refuse = (error: NodeJS.ErrnoException) => {
    throw unreadable(given, error);
  };
  if (!(await stat(given).catch(refuse)).isDirectory()) return [{ file: given }];
  const reading = await readingFileOf(given);
  if (reading) {
    const file = path.relative('', path.resolve(given, reading.source.file)) || reading.source.file;
    await checkSource(given, file, reading.source.sha256);
    return [{ file, bundle: given }];
  }
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
  return files.sort().map((file) => ({ file }));
}

async function checkSource(bundle: string, file: string, expected: string): Promise<void> {
  const refuse = (why: string) => {
    throw new UserError(`${bundle} was read from ${file}, which ${why}`);
  };
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw unreadable(file, error);
  });
  if (!found?.isFile()) return refuse('is not there any more: name the report where it is now.');
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part);
  if (hash.digest('hex') !== expected)
    refuse(
      'has changed since: read the report itself, into another folder with --to, or over this one with --replace.',
    );
}

/**
 * Where the bundles of reports go, no two to the same place: a bundle back to where it was, unless `to` names a folder; else into a folder
 * named after the report.
 */
export function bundleFolders(reports: readonly FoundReport[], to = '.'): string[] {
  const back = reports.flatMap(({ bundle }) => (bundle !== undefined && to === '.' ? bundle : []));
  const taken = new Set(
    back
      .filter((bundle) => path.dirname(path.resolve(bundle)) === path.resolve(to))
      .map((bundle) => nameKey(path.basename(path.resolve(bundle)))),
  );
  return reports.map(({ file, bundle }) => {
    if (bundle !== undefined && back.includes(bundle)) return bundle;
    const folder = path.join(to, folderName(file, taken));
    return path.isAbsolute(folder) || folder.startsWith('..') ? folder : `./${folder}`;
  });
}

/** Names that Windows keeps for devices, whatever stands behind a dot. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** Bytes that a name may have on most file systems, less what a number needs. */
const longest = 240;

/**
 * The name of a report's folder: the file's own without its ending, as far as every file system takes it. It is never a path: ".." and
 * the like are "report". Of two reports of one name, also in capitals, the later one gets a number; `taken` remembers the names.
 */
export function folderName(file: string, taken: Set<string>): string {
  const bare = path
    .parse(file)
    .name.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]/gu, '-')
    .replaceAll(/^\.+|[. ]+$/g, '');
  let name = devices.test(bare) ? `report-${bare}` : bare || 'report';
  while (Buffer.byteLength(name) > longest) name = [...name].slice(0, -1).join('');
  let numbered = name;
  for (let number = 2; taken.has(nameKey(numbered)); number++) numbered = `${name}-${number}`;
  taken.add(nameKey(numbered));
  return numbered;
}

/** What two names have in common that are the same to some file system. */
const nameKey = (name: string): string => name.normalize('NFC').toLowerCase();
