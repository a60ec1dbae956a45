import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { exitCode, UserError } from '../../problem.js';
import { type Limits, limits as usualLimits } from './limits.js';

/** The text of a page as it is set: strings, and for each of them x, y, width and size. */
export interface PdfPage {
  strings: string[];
  places: Float64Array;
}

type Answer = PdfPage | 'done' | { refused: 'locked' | 'damaged' | 'pages' | 'text'; detail: string };

/** Milliseconds between two looks at the memory of the process. */
const watch = 25;
const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);

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
  const worker = idle ?? startWorker();
  idle = undefined;
  worker.ref();
  let timer: NodeJS.Timeout | undefined;
  let isSound = false;
  try {
    return await new Promise<PdfPage[]>((resolve, reject) => {
      const pages: PdfPage[] = [];
      const [before, start] = [process.memoryUsage.rss(), performance.now()];
      const refuse = (message: string, cause?: Error) =>
        reject(new UserError(`${file} ${message}`, undefined, [], cause));
      const isDamaged = (detail: string, cause?: Error) =>
        refuse(
          `can't be read as a PDF: it is damaged or cut off (${detail.replace(/\.$/, '')}). Download or copy it again, or save it anew as a PDF.`,
          cause,
        );
      const isNoReport = (what: string) => refuse(`${what}: check that it is the right file.`);
      const needsMemory = `needs more than ${megabytes(limits.pdfMemory)} MB of memory to be unpacked`;
      timer = setInterval(() => {
        if (process.memoryUsage.rss() - before > limits.pdfMemory) isNoReport(needsMemory);
        else if (performance.now() - start > limits.pdfTime)
          isNoReport(`takes more than ${Math.round(limits.pdfTime / 1000)} seconds to read`);
      }, watch);
      worker.on('message', (answer: Answer) => {
        if (answer === 'done') {
          isSound = true;
          resolve(pages);
        } else if ('strings' in answer) pages.push(answer);
        else if (answer.refused === 'locked')
          refuse('is locked with a password. Save a copy without one, and read that.');
        else if (answer.refused === 'pages')
          isNoReport(`has ${answer.detail} pages; a report is read up to ${limits.pages}`);
        else if (answer.refused === 'text') isNoReport('has more text than a report can have');
        else isDamaged(answer.detail);
      });
      worker.on('error', (error: Error & { code?: string }) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') isNoReport(needsMemory);
        // The library leaves some of its errors to nobody; the system's words about that say nothing of the file.
        else isDamaged(/with the reason "(.+)"/s.exec(error.message)?.[1] ?? error.message, error);
      });
      worker.on('exit', () => isDamaged('the reader ended'));
      const copy = new Uint8Array(bytes);
      worker.postMessage({ bytes: copy, limits }, [copy.buffer]);
    });
  } finally {
    clearInterval(timer);
    for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
    if (isSound) keep(worker);
    else await worker.terminate();
  }
}

/** A worker that has read a PDF and waits for the next one: its start takes several times as long as the library takes for a report. */
let idle: Worker | undefined;
/** Milliseconds that it waits. It keeps nobody from ending. */
const patience = 10_000;

function keep(worker: Worker): void {
  const end = () => {
    if (idle === worker) idle = undefined;
    void worker.terminate();
  };
  worker.on('error', end);
  worker.unref();
  idle = worker;
  setTimeout(() => idle === worker && end(), patience).unref();
}

function startWorker(): Worker {
  const require = createRequire(import.meta.url);
  const library = pdfLibrary(require);
  const folder = path.dirname(require.resolve('pdfjs-dist/package.json'));
  const workerData = {
    library: pathToFileURL(library).href,
    worker: pathToFileURL(library.replace(/pdf\.mjs$/, 'pdf.worker.mjs')).href,
    maps: `${path.join(folder, 'cmaps')}${path.sep}`,
    fonts: `${path.join(folder, 'standard_fonts')}${path.sep}`,
  };
  const maxOldGenerationSizeMb = Math.max(64, megabytes(usualLimits.pdfMemory));
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

/**
 * The program of the worker, as text: it runs from the sources, from a bundle and from dist alike, and nothing is evaluated in this
 * process. A PDF is parsed there because its streams may unpack to more memory or take more time than anyone has: a worker can be
 * ended.
 */
const workerSource = `
const { parentPort, workerData } = require('node:worker_threads');
for (const name of ['log', 'info', 'warn', 'error', 'debug']) console[name] = () => {};
const library = (async () => {
  globalThis.pdfjsWorker = await import(workerData.worker);
  return import(workerData.library);
})();

parentPort.on('message', async ({ bytes, limits }) => {
  let task;
  try {
    const pdfjs = await library;
    task = pdfjs.getDocument({
      data: bytes, verbosity: 0, isEvalSupported: false, disableFontFace: true, useSystemFonts: false,
      useWorkerFetch: false, enableXfa: false, disableAutoFetch: true, disableStream: true, maxImageSize: 1,
      isOffscreenCanvasSupported: false, isImageDecoderSupported: false, fontExtraProperties: false,
      cMapUrl: workerData.maps, cMapPacked: true, standardFontDataUrl: workerData.fonts,
    });
    const pdf = await task.promise;
    if (pdf.numPages > limits.pages) return refuse('pages', String(pdf.numPages));
    let items = 0, characters = 0;
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const content = await page.getTextContent({ disableNormalization: true });
      const view = page.getViewport({ scale: 1 }).transform;
      const strings = [], places = new Float64Array(content.items.length * 4);
      for (const item of content.items) {
        if (item.str === undefined || item.str === '') continue;
        characters += item.str.length;
        const t = pdfjs.Util.transform(view, item.transform);
        const size = t[2] === 0 ? Math.abs(t[3]) : Math.hypot(t[2], t[3]);
        places.set([t[4], t[5], item.width, size], strings.length * 4);
        strings.push(item.str);
      }
      items += strings.length;
      if (items > limits.pdfItems || characters > limits.pdfCharacters) return refuse('text', '');
      parentPort.postMessage({ strings, places }, [places.buffer]);
      page.cleanup();
    }
    parentPort.postMessage('done');
  } catch (error) {
    const name = error && error.name;
    refuse(name === 'PasswordException' ? 'locked' : 'damaged', String(error && error.message).slice(0, 200));
  } finally {
    if (task) await task.destroy().catch(() => {});
  }
  function refuse(refused, detail) { parentPort.postMessage({ refused, detail }); }
});
`;
