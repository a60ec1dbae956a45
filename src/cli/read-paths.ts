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
  const isNamed = (name: string) => /^[^.].*\.(?:pdf|txt|text|md|markdown|html?)$/i.test(name);
  const files = entries
    .filter((entry) => isNamed(entry.name) && !entry.isDirectory())
    .map(({ name }) => name);
  if (files.length === 0)
    throw new UserError(
      `${given} holds no report: a report is a PDF, a web page, or a text made of one (.pdf, .txt, .md, .html).`,
    );
  return files.sort().map((name) => ({ file: path.join(given, name) }));
}

async function checkSource(bundle: string, file: string, expected: string): Promise<void> {
  const refuse = (why: string) => {
    throw new UserError(`${bundle} was read from ${file}, which ${why}`);
  };
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw unreadable(file, error);
    return refuse('is not there any more: name the report where it is now.');
  });
  if (found && !found.isFile()) return refuse('is not a file: name the report where it is now.');
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part);
  if (hash.digest('hex') !== expected)
    refuse(
      'has changed since: read the report itself, into another folder with --to, or over this one with --replace.',
    );
}
