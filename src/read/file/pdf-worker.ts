/** What is asked of the worker: a PDF, and how many pages, pieces and characters it may have. */
export interface PdfRequest {
  bytes: Uint8Array;
  pages: number;
  items: number;
  characters: number;
}

/** The text of a page as it is set: strings, and for each of them x, y, width, size and font. */
export interface PdfPage {
  strings: string[];
  places: Float64Array;
}

/** How many numbers `places` has for each string. */
export const numbersOfString = 5;

export type PdfAnswer =
  | { kind: 'page'; page: PdfPage }
  | { kind: 'done'; bold: boolean[] }
  | { kind: 'refused'; why: 'locked' | 'damaged' | 'pages' | 'items'; detail: string };

/**
 * The program of the worker, as text: it runs from the sources, from a bundle and from dist alike, and nothing is evaluated in this
 * process. A PDF is parsed there because its streams may unpack to more memory or take more time than anyone has: a worker can be
 * ended. Whether a font is bold is known only of pages that are laid out as for printing, which is done for a few of them, without
 * their pictures.
 */
export const workerSource = `
const { parentPort, workerData } = require('node:worker_threads');
for (const name of ['log', 'info', 'warn', 'error', 'debug']) console[name] = () => {};
const library = (async () => {
  globalThis.pdfjsWorker = await import(workerData.worker);
  return import(workerData.library);
})();

parentPort.on('message', async (request) => {
  let task;
  try {
    const pdfjs = await library;
    task = pdfjs.getDocument({
      data: request.bytes, verbosity: 0, isEvalSupported: false, disableFontFace: true, useSystemFonts: false,
      useWorkerFetch: false, enableXfa: false, disableAutoFetch: true, disableStream: true, maxImageSize: 1,
      isOffscreenCanvasSupported: false, isImageDecoderSupported: false, fontExtraProperties: false,
      cMapUrl: workerData.maps, cMapPacked: true, standardFontDataUrl: workerData.fonts,
    });
    const pdf = await task.promise;
    if (pdf.numPages > request.pages) return refuse('pages', String(pdf.numPages));
    const fonts = new Map(), bold = [];
    let items = 0, characters = 0, laidOut = 0;
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const content = await page.getTextContent({ disableNormalization: true });
      const view = page.getViewport({ scale: 1 }).transform;
      const strings = [], places = new Float64Array(content.items.length * 5);
      let isNew = false, name, font;
      for (const item of content.items) {
        if (item.str === undefined || item.str === '') continue;
        characters += item.str.length;
        if (item.fontName !== name) {
          name = item.fontName;
          if (!fonts.has(name)) { fonts.set(name, fonts.size); bold.push(false); isNew = true; }
          font = fonts.get(name);
        }
        const t = times(view, item.transform);
        const size = t[2] === 0 ? Math.abs(t[3]) : Math.hypot(t[2], t[3]);
        const at = strings.length * 5;
        strings.push(item.str);
        places[at] = t[4]; places[at + 1] = t[5]; places[at + 2] = item.width;
        places[at + 3] = size; places[at + 4] = font;
      }
      items += strings.length;
      if (items > request.items || characters > request.characters) return refuse('items', String(items));
      if (isNew && laidOut < workerData.laidOut) {
        laidOut += 1;
        await page.getOperatorList();
        for (const [name, at] of fonts) {
          if (!page.commonObjs.has(name)) continue;
          const font = page.commonObjs.get(name);
          bold[at] = Boolean(font && (font.bold || font.black || /bold|black|heavy|semibold|demi/i.test(font.name || '')));
        }
      }
      parentPort.postMessage({ kind: 'page', page: { strings, places } }, [places.buffer]);
      page.cleanup();
    }
    parentPort.postMessage({ kind: 'done', bold });
  } catch (error) {
    const name = error && error.name;
    refuse(name === 'PasswordException' ? 'locked' : 'damaged', String(error && error.message).slice(0, 200));
  } finally {
    if (task) await task.destroy().catch(() => {});
  }
  function times(m, t) {
    return [
      m[0] * t[0] + m[2] * t[1], m[1] * t[0] + m[3] * t[1], m[0] * t[2] + m[2] * t[3],
      m[1] * t[2] + m[3] * t[3], m[0] * t[4] + m[2] * t[5] + m[4], m[1] * t[4] + m[3] * t[5] + m[5],
    ];
  }
  function refuse(why, detail) { parentPort.postMessage({ kind: 'refused', why, detail }); }
});
`;
