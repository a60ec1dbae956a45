import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { knownEditions } from '../../src/import/edition/edition-file.js';
import { openReport } from '../../src/read/file/open-report.js';
import { laidOut } from '../../test/invented-reports/measure.js';
import { sideBySide, type Timing } from './side-by-side.js';

/** What reading a report takes beside what the PDF library takes for its text alone. */
export interface ReadingBench {
  pages: number;
  /** Pieces of text, and lines that come of them. */
  pieces: number;
  lines: number;
  /** Opening the file and making its lines. */
  ours: Timing;
  /** The library's text of every page, nothing done with it. */
  library: Timing;
}

/** Runs of each before the time is taken: the first ones load the library and warm it up. */
const warmUp = 4;

/** Times both in turns on an invented report. */
export async function benchReading({ runs }: { runs: number }): Promise<ReadingBench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-reading-'));
  try {
    const file = path.join(folder, 'report.pdf');
    const [edition] = await knownEditions();
    const { bytes: pdf } = await laidOut('PDF', edition as NonNullable<typeof edition>, 1);
    await writeFile(file, pdf);
    const { pages, pieces } = await libraryText(pdf);
    let { lines } = await openReport(file);
    for (let run = 1; run < warmUp; run++) {
      await libraryText(pdf);
      ({ lines } = await openReport(file));
    }
    const [ours, library] = await sideBySide(
      [
        { name: 'ours', run: () => openReport(file) },
        { name: 'library', run: () => libraryText(pdf) },
      ],
      runs,
    );
    return { pages, pieces, lines: lines.length, ours: ours as Timing, library: library as Timing };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The library alone: how many pages, and pieces of text on them. */
async function libraryText(bytes: Buffer): Promise<{ pages: number; pieces: number }> {
  const warn = console.warn;
  console.warn = () => {};
  try {
    const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
    const task = getDocument({
      data: Uint8Array.from(bytes),
      verbosity: 0,
      isEvalSupported: false,
      disableFontFace: true,
      useSystemFonts: false,
    });
    const pdf = await task.promise;
    let pieces = 0;
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      pieces += items.length;
      page.cleanup();
    }
    await task.destroy();
    return { pages: pdf.numPages, pieces };
  } finally {
    console.warn = warn;
  }
}
