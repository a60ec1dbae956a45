import { open, stat } from 'node:fs/promises';
import { unreadable } from '../../disk/reading.js';
import { decoded } from '../../import/files/csv/encoding.js';
import { UserError } from '../../problem.js';
import { sha256 } from '../../sha256.js';
import type { Report } from '../report.js';
import { markFurniture } from './furniture.js';
import { pageLines } from './html-lines.js';
import { type Limits, limits as usualLimits } from './limits.js';
import { pdfLines } from './pdf-lines.js';
import { type RawLine, withMarks } from './raw-line.js';
import { textLines } from './text-lines.js';

/**
 * Reads the lines of a report: a PDF, a web page, or a text that was made of one. Throws a UserError for what is none of these, is
 * damaged, is locked, has no text, or is larger than a report can be (see limits).
 */
export async function openReport(file: string, lowered: Partial<Limits> = {}): Promise<Report> {
  const limits = { ...usualLimits, ...lowered };
  const bytes = await bytesOf(file, limits);
  const hash = sha256(bytes);
  if (isPdf(bytes))
    return { file, kind: 'pdf', hash, lines: linesOf(file, await pdfLines(file, bytes, limits), limits) };
  return { ...reportOfText(file, decoded(bytes).text, limits), hash };
}

/** The report that a text is, or a web page: it begins as one, whatever its name is. */
export function reportOfText(file: string, text: string, limits: Limits = usualLimits): Report {
  if (!/\S/.test(text))
    throw new UserError(
      `${file} has no text: there is nothing but blanks in it. Check that it is the right file.`,
    );
  const isPage =
    /^\s*(?:<\?xml[^>]{0,200}>\s*|<!--[\s\S]{0,2000}?-->\s*){0,4}<(?:!doctype html|html)\b/i.test(
      text.slice(0, 5000),
    );
  const raws = (isPage ? pageLines : textLines)(file, text, limits);
  return { file, kind: isPage ? 'html' : 'text', hash: '', lines: linesOf(file, raws, limits) };
}

function linesOf(file: string, raws: readonly RawLine[], limits: Limits) {
  if (raws.length > limits.lines)
    throw new UserError(
      `${file} has ${raws.length.toLocaleString('en-GB')} lines; a report has a few thousand, and is read up to ${limits.lines.toLocaleString('en-GB')}. Check that it is the right file, and one report only.`,
    );
  markFurniture(raws);
  return withMarks(raws);
}

async function bytesOf(file: string, limits: Limits): Promise<Buffer> {
  const refuse = (error: NodeJS.ErrnoException) => {
    throw unreadable(file, error);
  };
  const say = (what: string) => new UserError(`${file} ${what}`);
  // Opening a pipe waits for somebody who writes into it.
  const kind = await stat(file).catch(refuse);
  if (!kind.isFile())
    throw say(`is ${kind.isDirectory() ? 'a folder' : 'not a file'}. Name a report, a PDF or a text.`);
  const handle = await open(file, 'r').catch(refuse);
  try {
    const { size } = await handle.stat();
    if (size === 0) throw say('is empty. Check that it was downloaded or copied whole.');
    const beginning = Buffer.alloc(Math.min(4096, size));
    await handle.read(beginning, 0, beginning.length, 0);
    if (!isPdf(beginning) && !isText(beginning))
      throw say(
        'is neither a PDF nor text. A report is read from its PDF, its web page, or a text made of it: save a document as one of these, unpack what is compressed.',
      );
    const [most, what] = isPdf(beginning) ? [limits.pdfBytes, 'PDF'] : [limits.textBytes, 'text'];
    const megabytes = (bytes: number) =>
      `${(bytes / 2 ** 20).toLocaleString('en-GB', { maximumFractionDigits: 1 })} MB`;
    if (size > most)
      throw say(
        `has ${megabytes(size)}; a report is read up to ${megabytes(most)} of ${what}. Check that it is the right file.`,
      );
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Readers look for the header of a PDF in the first kilobyte. */
const isPdf = (bytes: Buffer): boolean => bytes.toString('latin1', 0, 1024).includes('%PDF-');

/** Whether a file that begins so may be text: in UTF-16, or with next to no control characters. */
function isText(beginning: Buffer): boolean {
  const start = beginning.toString('latin1');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what text does not have
  const controls = start.match(/[\x00-\x07\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  return /^(?:\xff\xfe|\xfe\xff)/.test(start) || controls <= 3 || controls * 50 <= start.length;
}
