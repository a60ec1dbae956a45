import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { UserError } from '../../problem.js';
import type { Limits } from './limits.js';
import { type PdfAnswer, type PdfPage, type PdfRequest, workerSource } from './pdf-worker.js';

/** A PDF's pages, whatever was made of each. */
export interface PdfText<T> {
  pages: T[];
  /** Of each font, by its number, whether it is bold, as far as that is known. */
  bold: boolean[];
}

/** Pages that are laid out to learn which fonts are bold, at most. */
const laidOut = 6;
/** Milliseconds between two looks at the memory of the process. */
const watch = 25;

// A worker that has done its work waits for the next report: loading the library takes as long as reading a report.
let idle: Reader | undefined;

/** A worker, and who listens to it: its own listeners are never taken off, which would close its port. */
interface Reader {
  worker: Worker;
  heard?: (event: Heard) => void;
}

type Heard = { answer: PdfAnswer } | { error: Error & { code?: string } };

/**
 * The text of a PDF, piece by piece, from a worker that is ended when it takes too long or too much memory. Throws a UserError for
 * a PDF that is locked, damaged or larger than a report can be. Each page is taken while the next one is unpacked.
 */
export async function pdfText<T>(
  { file, bytes, limits }: Job,
  take: (page: PdfPage) => T,
): Promise<PdfText<T>> {
  if (!isWhole(bytes))
    throw new UserError(
      `${file} is cut off: it begins as a PDF and has no end. Download or copy it again, whole.`,
    );
  const reader = idle ?? startReader(limits);
  const { worker } = reader;
  idle = undefined;
  worker.ref();
  let isSound = false;
  try {
    const text = await answerOf(reader, { file, bytes, limits }, take);
    isSound = true;
    return text;
  } finally {
    delete reader.heard;
    if (isSound && !idle) {
      idle = reader;
      worker.unref();
    } else await worker.terminate();
  }
}

/** Whether a PDF has an end, where readers look for it. */
function isWhole(bytes: Uint8Array): boolean {
  const end = Buffer.from(bytes.subarray(-4096)).toString('latin1');
  return end.includes('%%EOF') || end.includes('startxref');
}

function startReader(limits: Limits): Reader {
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
    resourceLimits: {
      maxOldGenerationSizeMb: Math.max(64, Math.round(limits.pdfMemory / 2 ** 20)),
      // A report's text is short-lived: with less room for that, it is moved about again and again.
      maxYoungGenerationSizeMb: 64,
    },
  });
  const reader: Reader = { worker };
  worker.on('message', (answer: PdfAnswer) => reader.heard?.({ answer }));
  worker.on('error', (error) => reader.heard?.({ error: error as Error }));
  worker.on('exit', () => {
    if (idle === reader) idle = undefined;
    reader.heard?.({ error: new Error('the reader ended') });
  });
  return reader;
}

export interface Job {
  file: string;
  bytes: Uint8Array;
  limits: Limits;
}

function answerOf<T>(
  reader: Reader,
  { file, bytes, limits }: Job,
  take: (page: PdfPage) => T,
): Promise<PdfText<T>> {
  return new Promise((resolve, reject) => {
    const pages: T[] = [];
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
    reader.heard = (event) => {
      if ('error' in event) {
        const isMemory = event.error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        refuse(
          isMemory
            ? 'needs more memory than a report does: it is no inspection report, or it is damaged. Check that it is the right file, or save it anew as a PDF.'
            : refusals.damaged(event.error.message, limits),
          event.error,
        );
      } else if (event.answer.kind === 'page') pages.push(take(event.answer.page));
      else if (event.answer.kind === 'done') {
        const { bold } = event.answer;
        end(() => resolve({ pages, bold }));
      } else refuse(refusals[event.answer.why](event.answer.detail, limits));
    };
    const copy = new Uint8Array(bytes);
    const request: PdfRequest = {
      bytes: copy,
      pages: limits.pages,
      items: limits.pdfItems,
      characters: limits.pdfCharacters,
    };
    reader.worker.postMessage(request, [copy.buffer]);
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
