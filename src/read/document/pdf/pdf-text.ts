import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { UserError } from '../../../problem.js';
import type { Limits } from '../limits.js';
import { type PdfAnswer, type PdfPage, type PdfRequest, workerSource } from './worker-source.js';

export interface PdfText {
  pages: PdfPage[];
  /** Of each font, by its number, whether it is bold, as far as that is known. */
  bold: boolean[];
}

/** Pages that are laid out to learn which fonts are bold, at most. */
const laidOut = 6;
/** Milliseconds between two looks at the memory of the process. */
const watch = 25;

// A worker that has done its work waits for the next report: loading the library takes as long as reading a report.
let idle: Worker | undefined;

/**
 * The text of a PDF, piece by piece, from a worker that is ended when it takes too long or too much memory. Throws a UserError for
 * a PDF that is locked, damaged or larger than a report can be.
 */
export async function pdfText(file: string, bytes: Uint8Array, limits: Limits): Promise<PdfText> {
  if (!isWhole(bytes))
    throw new UserError(
      `${file} is cut off: it begins as a PDF and has no end. Download or copy it again, whole.`,
    );
  const worker = idle ?? startWorker(limits);
  idle = undefined;
  worker.ref();
  let isSound = false;
  try {
    const text = await answerOf(worker, { file, bytes, limits });
    isSound = true;
    return text;
  } finally {
    worker.removeAllListeners();
    if (isSound && !idle) {
      idle = worker;
      worker.unref();
    } else await worker.terminate();
  }
}

/** Whether a PDF has an end, where readers look for it. */
function isWhole(bytes: Uint8Array): boolean {
  const end = Buffer.from(bytes.subarray(-4096)).toString('latin1');
  return end.includes('%%EOF') || end.includes('startxref');
}

function startWorker(limits: Limits): Worker {
  const require = createRequire(import.meta.url);
  const library = require.resolve('pdfjs-dist/legacy/build/pdf.mjs');
  const folder = path.dirname(require.resolve('pdfjs-dist/package.json'));
  const workerData = {
    library: pathToFileURL(library).href,
    worker: pathToFileURL(library.replace(/pdf\.mjs$/, 'pdf.worker.mjs')).href,
    maps: `${path.join(folder, 'cmaps')}${path.sep}`,
    fonts: `${path.join(folder, 'standard_fonts')}${path.sep}`,
    laidOut,
  };
  const worker = new Worker(workerSource, {
    eval: true,
    workerData,
    execArgv: ['--no-warnings'],
    resourceLimits: { maxOldGenerationSizeMb: Math.max(64, Math.round(limits.pdfMemory / 2 ** 20)) },
  });
  return worker;
}

interface Job {
  file: string;
  bytes: Uint8Array;
  limits: Limits;
}

function answerOf(worker: Worker, { file, bytes, limits }: Job): Promise<PdfText> {
  return new Promise((resolve, reject) => {
    const pages: PdfPage[] = [];
    const before = process.memoryUsage.rss();
    const start = performance.now();
    const end = (outcome: () => void) => {
      clearInterval(timer);
      outcome();
    };
    const refuse = (message: string, cause?: Error) =>
      end(() => reject(new UserError(`${file} ${message}`, undefined, [], cause)));
    const timer = setInterval(() => {
      if (process.memoryUsage.rss() - before > limits.pdfMemory)
        refuse(
          `needs more than ${Math.round(limits.pdfMemory / 2 ** 20)} MB of memory to be unpacked: that is no inspection report, or it is damaged. Check that it is the right file, or save it anew as a PDF.`,
        );
      else if (performance.now() - start > limits.pdfTime)
        refuse(
          `takes more than ${Math.round(limits.pdfTime / 1000)} seconds to read: that is no inspection report, or it is damaged. Check that it is the right file, or save it anew as a PDF.`,
        );
    }, watch);
    worker.on('message', (answer: PdfAnswer) => {
      if (answer.kind === 'page') pages.push(answer.page);
      else if (answer.kind === 'done') end(() => resolve({ pages, bold: answer.bold }));
      else refuse(refusals[answer.why](answer.detail, limits));
    });
    worker.on('error', (error: Error & { code?: string }) =>
      refuse(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? 'needs more memory than a report does: it is no inspection report, or it is damaged. Check that it is the right file, or save it anew as a PDF.'
          : refusals.damaged(error.message, limits),
        error,
      ),
    );
    worker.on('exit', () => refuse(refusals.damaged('the reader ended', limits)));
    const copy = Uint8Array.from(bytes);
    const request: PdfRequest = {
      bytes: copy,
      pages: limits.pages,
      items: limits.pdfItems,
      characters: limits.pdfCharacters,
    };
    worker.postMessage(request, [copy.buffer]);
  });
}

const refusals: Record<'locked' | 'damaged' | 'pages' | 'items', (detail: string, limits: Limits) => string> =
  {
    locked: () => 'is locked with a password. Save a copy without one, and read that.',
    damaged: (detail) =>
      `can't be read as a PDF: it is damaged or cut off (${detail.replace(/\.$/, '')}). Download or copy it again, or save it anew as a PDF.`,
    pages: (detail, { pages }) =>
      `has ${detail} pages; a report is read up to ${pages}. Check that it is the right file.`,
    items: () => 'has more text than a report can have. Check that it is the right file.',
  };
