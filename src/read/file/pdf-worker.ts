/** The text of a page as it is set: strings, and for each of them x, y, width and size. */
export interface PdfPage {
  strings: string[];
  places: Float64Array;
}

/** How many numbers `places` has for each string. */
export const numbersOfString = 4;

export type PdfAnswer =
  | { kind: 'page'; page: PdfPage }
  | { kind: 'done' }
  | { kind: 'refused'; why: 'locked' | 'damaged' | 'pages' | 'items'; detail: string };

/**
 * The program of the worker, as text: it runs from the sources, from a bundle and from dist alike, and nothing is evaluated in this
 * process. A PDF is parsed there because its streams may unpack to more memory or take more time than anyone has: a worker can be
 * ended.
 */
export const workerSource = `
const { parentPort, workerData } = require('node:worker_threads');
for (const name of ['log', 'info', 'warn', 'error', 'debug']) console[name] = () => {};
const library = (async () => {
  globalThis.pdfjsWorker = await import(workerData.worker);
  return import(workerData.library);
})();

parentPort.on('message', async (bytes) => {
  const { limits } = workerData;
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
      if (items > limits.pdfItems || characters > limits.pdfCharacters) return refuse('items', String(items));
      parentPort.postMessage({ kind: 'page', page: { strings, places } }, [places.buffer]);
      page.cleanup();
    }
    parentPort.postMessage({ kind: 'done' });
  } catch (error) {
    const name = error && error.name;
    refuse(name === 'PasswordException' ? 'locked' : 'damaged', String(error && error.message).slice(0, 200));
  } finally {
    if (task) await task.destroy().catch(() => {});
  }
  function refuse(why, detail) { parentPort.postMessage({ kind: 'refused', why, detail }); }
});
`;
