import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { decodingOf } from '../../import/files/csv/encoding.js';
import { UserError } from '../../problem.js';
import type { ReportDocument } from '../report-document.js';
import { foreignKind, isPdf } from './foreign.js';
import { type Limits, limits as usualLimits } from './limits.js';
import { withMarks } from './marks.js';
import { markNoise } from './noise.js';
import { joinedOverPages } from './page-breaks.js';
import { pdfDrafts } from './pdf/pdf-drafts.js';
import { textDrafts } from './text/text-drafts.js';

export interface OpenOptions {
  /** Lower limits than the usual ones. */
  limits?: Partial<Limits>;
}

/**
 * Reads the lines of a report, a PDF or a text that was made of one. Throws a UserError for what is neither, is damaged, is locked,
 * has no text, or is larger than a report can be (see limits).
 */
export async function openReport(file: string, options: OpenOptions = {}): Promise<ReportDocument> {
  const limits = { ...usualLimits, ...options.limits };
  const bytes = await bytesOf(file, limits);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const kind = isPdf(bytes) ? 'pdf' : 'text';
  const drafts =
    kind === 'pdf' ? await pdfDrafts(file, bytes, limits) : textDrafts(file, textOf(file, bytes), limits);
  markNoise(drafts);
  return { file, kind, hash, lines: joinedOverPages(withMarks(drafts), drafts) };
}

async function bytesOf(file: string, limits: Limits): Promise<Buffer> {
  const refuse = (error: NodeJS.ErrnoException) => {
    throw new UserError(`${file} can't be read: ${reasonOf(error)}`, undefined, [], error);
  };
  // Opening a pipe waits for somebody who writes into it.
  const kind = await stat(file).catch(refuse);
  if (kind.isDirectory()) throw new UserError(`${file} is a folder. Name the report in it, a PDF or a text.`);
  if (!kind.isFile()) throw new UserError(`${file} is not a file. Name a report, a PDF or a text.`);
  const handle = await open(file, 'r').catch(refuse);
  try {
    const info = await handle.stat();
    if (info.size === 0)
      throw new UserError(`${file} is empty. Check that it was downloaded or copied whole.`);
    const beginning = Buffer.alloc(Math.min(4096, info.size));
    await handle.read(beginning, 0, beginning.length, 0);
    const pdf = isPdf(beginning);
    const foreign = pdf || hasUtf16Mark(beginning) ? undefined : foreignKind(beginning);
    if (foreign) throw new UserError(`${file} can't be read: it is ${foreign}.`);
    const most = pdf ? limits.pdfBytes : limits.textBytes;
    if (info.size > most)
      throw new UserError(
        `${file} has ${inMegabytes(info.size)}; a report is read up to ${inMegabytes(most)} of ${pdf ? 'PDF' : 'text'}. Check that it is the right file.`,
      );
    const bytes = Buffer.alloc(info.size);
    let read = 0;
    while (read < bytes.length) {
      const { bytesRead } = await handle.read(bytes, read, bytes.length - read, read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return bytes.subarray(0, read);
  } finally {
    await handle.close();
  }
}

const reasonOf = ({ code }: NodeJS.ErrnoException) => {
  if (code === 'ENOENT') return 'there is no such file. Check its path.';
  if (code === 'EACCES' || code === 'EPERM') return 'permission is denied. Check who may read it.';
  return `the system says ${code}.`;
};

const inMegabytes = (bytes: number) =>
  `${(bytes / 2 ** 20).toLocaleString('en-GB', { maximumFractionDigits: 1 })} MB`;

const hasUtf16Mark = (bytes: Buffer) =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

function textOf(file: string, bytes: Buffer): string {
  if (hasUtf16Mark(bytes)) return decodingOf(file, bytes, false).decoder()(bytes, true);
  const isValid = isUtf8(bytes);
  // The detector's other refusals are about tables, and were made above in a report's words.
  const decode = decodingOf(file, Buffer.alloc(0), isValid).decoder();
  const text = decode(bytes, true);
  if (!/\S/.test(text))
    throw new UserError(
      `${file} has no text: there is nothing but blanks in it. Check that it is the right file.`,
    );
  return text;
}
