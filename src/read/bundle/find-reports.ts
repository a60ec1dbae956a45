import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { exitCode, UserError } from '../../problem.js';
import { unreadable } from '../../unreadable.js';
import { readingFileOf } from './reading-file.js';

/** How files are named that may be reports. */
const named = /\.(?:pdf|txt|text|md|markdown|html?)$/i;

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
  const found = await stat(given).catch((error) => {
    throw unreadable(given, error);
  });
  if (!found.isDirectory()) return [{ file: given }];
  const reading = await readingFileOf(given);
  if (reading) {
    const file = path.relative('', path.resolve(given, reading.source.file)) || reading.source.file;
    await checkSource(given, file, reading.source.sha256);
    return [{ file, bundle: given }];
  }
  const names = await readdir(given).catch((error) => {
    throw unreadable(given, error);
  });
  const files = [];
  for (const name of names.filter((one) => named.test(one) && !one.startsWith('.')).sort()) {
    const file = path.join(given, name);
    if ((await stat(file).catch(() => undefined))?.isFile()) files.push({ file });
  }
  if (files.length === 0)
    throw new UserError(
      `${given} holds no report: a report is a PDF, a web page, or a text made of one (.pdf, .txt, .md, .html).`,
    );
  return files;
}

async function checkSource(bundle: string, file: string, expected: string): Promise<void> {
  const hash = createHash('sha256');
  try {
    const found = await stat(file);
    if (!found.isFile() && !found.isDirectory())
      throw new UserError(
        `${bundle} was read from ${file}, which is not a file: name the report where it is now.`,
      );
    for await (const part of createReadStream(file)) hash.update(part);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof UserError) throw error;
    if (code !== 'ENOENT') throw unreadable(file, error);
    throw new UserError(
      `${bundle} was read from ${file}, which is not there any more: name the report where it is now.`,
    );
  }
  if (hash.digest('hex') !== expected)
    throw new UserError(
      `${bundle} was read from ${file}, which has changed since: read the report itself, into another folder with --to, or over this one with --replace.`,
    );
}
