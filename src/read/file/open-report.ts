import { open, stat } from 'node:fs/promises';
import { decoded } from '../../import/files/csv/encoding.js';
import { UserError } from '../../problem.js';
import { sha256 } from '../../sha256.js';
import { unreadable } from '../../unreadable.js';
import type { Report } from '../report.js';
import { withMarks } from './footnote-marks.js';
import { foreignKind, isPdf, isWebPage } from './foreign-file.js';
import { markFurniture } from './furniture.js';
import { pageLines } from './html-lines.js';
import { type Limits, limits as usualLimits } from './limits.js';
import { pdfLines } from './pdf-lines.js';
import type { RawLine } from './raw-line.js';
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
  return { ...reportOfText(file, textOf(file, bytes), limits), hash };
}

/** The report that a text is, or a web page. */
export function reportOfText(file: string, text: string, limits: Limits = usualLimits): Report {
  const kind = isWebPage(text) ? 'html' : 'text';
  const raws = kind === 'html' ? pageLines(file, text, limits) : textLines(file, text, limits);
  return { file, kind, hash: '', lines: linesOf(file, raws, limits) };
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
  if (kind.isDirectory()) throw say('is a folder. Name the report in it, a PDF or a text.');
  if (!kind.isFile()) throw say('is not a file. Name a report, a PDF or a text.');
  const handle = await open(file, 'r').catch(refuse);
  try {
    const { size } = await handle.stat();
    if (size === 0) throw say('is empty. Check that it was downloaded or copied whole.');
    const beginning = Buffer.alloc(Math.min(4096, size));
    await handle.read(beginning, 0, beginning.length, 0);
    const foreign = isPdf(beginning) || hasUtf16Mark(beginning) ? undefined : foreignKind(beginning);
    if (foreign) throw say(`can't be read: it is ${foreign}.`);
    const [most, what] = isPdf(beginning) ? [limits.pdfBytes, 'PDF'] : [limits.textBytes, 'text'];
    if (size > most)
      throw say(
        `has ${inMegabytes(size)}; a report is read up to ${inMegabytes(most)} of ${what}. Check that it is the right file.`,
      );
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

const inMegabytes = (bytes: number) =>
  `${(bytes / 2 ** 20).toLocaleString('en-GB', { maximumFractionDigits: 1 })} MB`;

const hasUtf16Mark = (bytes: Buffer) => /^(?:\xff\xfe|\xfe\xff)/.test(bytes.toString('latin1', 0, 2));

function textOf(file: string, bytes: Buffer): string {
  const { text } = decoded(bytes);
  if (/\S/.test(text)) return text;
  throw new UserError(
    `${file} has no text: there is nothing but blanks in it. Check that it is the right file.`,
  );
}
