import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { exitCode, UserError } from '../../problem.js';
import type { Limits } from './limits.js';
import { type PdfAnswer, type PdfPage, workerSource } from './pdf-worker.js';

/** Milliseconds between two looks at the memory of the process. */
const watch = 25;

const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);
const noReport =
  'that is no inspection report, or it is damaged. Check that it is the right file, or save it anew as a PDF.';

/**
 * The pages of a PDF with their text, piece by piece, from a worker that is ended when it takes too long or too much memory. Throws a UserError for
 * a PDF that is locked, damaged or larger than a report can be.
 */
export async function pdfText(file: string, bytes: Uint8Array, limits: Limits): Promise<PdfPage[]> {
  const end = Buffer.from(bytes.subarray(-4096)).toString('latin1');
  if (!end.includes('%%EOF') && !end.includes('startxref'))
    throw new UserError(
      `${file} is cut off: it begins as a PDF and has no end. Download or copy it again, whole.`,
    );
  const worker = startWorker(limits);
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<PdfPage[]>((resolve, reject) => {
      const pages: PdfPage[] = [];
      const [before, start] = [process.memoryUsage.rss(), performance.now()];
      const refuse = (message: string, cause?: Error) =>
        reject(new UserError(`${file} ${message}`, undefined, [], cause));
      timer = setInterval(() => {
        if (process.memoryUsage.rss() - before > limits.pdfMemory)
          refuse(`needs more than ${megabytes(limits.pdfMemory)} MB of memory to be unpacked: ${noReport}`);
        else if (performance.now() - start > limits.pdfTime)
          refuse(`takes more than ${Math.round(limits.pdfTime / 1000)} seconds to read: ${noReport}`);
      }, watch);
      worker.on('message', (answer: PdfAnswer) => {
        if (answer.kind === 'page') pages.push(answer.page);
        else if (answer.kind === 'done') resolve(pages);
        else refuse(refusal(answer.why, answer.detail, limits));
      });
      worker.on('error', (error: Error & { code?: string }) => {
        const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        const why = isMemory ? `needs more memory than a report does: ${noReport}` : undefined;
        refuse(why ?? refusal('damaged', error.message, limits), error);
      });
      worker.on('exit', () => refuse(refusal('damaged', 'the reader ended', limits)));
      const copy = new Uint8Array(bytes);
      worker.postMessage(copy, [copy.buffer]);
    });
  } finally {
    clearInterval(timer);
    await worker.terminate();
  }
}

function startWorker(limits: Limits): Worker {
  const require = createRequire(import.meta.url);
  const library = pdfLibrary(require);
  const folder = path.dirname(require.resolve('pdfjs-dist/package.json'));
  const workerData = {
    limits,
    library: pathToFileURL(library).href,
    worker: pathToFileURL(library.replace(/pdf\.mjs$/, 'pdf.worker.mjs')).href,
    maps: `${path.join(folder, 'cmaps')}${path.sep}`,
    fonts: `${path.join(folder, 'standard_fonts')}${path.sep}`,
  };
  const maxOldGenerationSizeMb = Math.max(64, megabytes(limits.pdfMemory));
  return new Worker(workerSource, {
    ...{ eval: true, workerData, execArgv: ['--no-warnings'] },
    resourceLimits: { maxOldGenerationSizeMb, maxYoungGenerationSizeMb: 64 },
  });
}

/** The PDF library, which is installed where reports are read: it brings a canvas of many megabytes along. Throws a UserError. */
function pdfLibrary(require: NodeJS.Require): string {
  try {
    return require.resolve('pdfjs-dist/legacy/build/pdf.mjs');
  } catch (error) {
    if ((error as { code?: string }).code !== 'MODULE_NOT_FOUND') throw error;
    throw new UserError(
      'To read a PDF the package pdfjs-dist is needed, which is not installed with yot-ratings: npm install pdfjs-dist@5',
      exitCode.call,
    );
  }
}

/** Why a PDF is refused, and what to do. */
function refusal(why: 'locked' | 'damaged' | 'pages' | 'items', detail: string, { pages }: Limits): string {
  if (why === 'locked') return 'is locked with a password. Save a copy without one, and read that.';
  if (why === 'damaged')
    return `can't be read as a PDF: it is damaged or cut off (${detail.replace(/\.$/, '')}). Download or copy it again, or save it anew as a PDF.`;
  const what =
    why === 'pages' ? `${detail} pages; a report is read up to ${pages}` : 'more text than a report can have';
  return `has ${what}. Check that it is the right file.`;
}
