import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openReport } from '../../src/read/file/open-report.js';
import { minimalPdf, shown } from './minimal-pdf.js';
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

/** Times both in turns on a PDF in the style of a report. */
export async function benchReading({ pages, runs }: { pages: number; runs: number }): Promise<ReadingBench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-reading-'));
  try {
    const file = path.join(folder, 'report.pdf');
    const pdf = minimalPdf(Array.from({ length: pages }, (_, at) => pageOfReport(at + 1)));
    await writeFile(file, pdf);
    const pieces = await libraryText(pdf);
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

/** The library alone: the pieces of text of all pages. */
async function libraryText(bytes: Buffer): Promise<number> {
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
    return pieces;
  } finally {
    console.warn = warn;
  }
}

const words =
  'the service works with partners so that every child gets what it needs and asks whether that helps which is not always easy to say'.split(
    ' ',
  );

/** A page as reports have them: a running head, a heading, a table with wrapped questions, prose, a footnote and a number. */
function pageOfReport(number: number): string {
  const sentence = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => words[(from * 7 + at * 3 + number) % words.length]).join(' ');
  let content = shown('Inspection of youth justice services: Northshire', { x: 60, y: 805, size: 9 });
  content += shown(`2.${(number % 4) + 1}. Assessment`, { x: 60, y: 770, size: 16, font: 'F2' });
  content += shown('Our rating', { x: 60, y: 745 }) + shown('8', { x: 114, y: 749, size: 7 });
  content += shown('is based on the following key questions:', { x: 121, y: 745 });
  let y = 720;
  for (let row = 0; row < 10; row++) {
    content += shown(`Does assessment ${sentence(row, 7)}`, { x: 66, y });
    content += shown(`${sentence(row + 3, 5)}?`, { x: 66, y: y - 13 });
    content += shown(String((row + number) % 9), { x: 420, y: y - 6 });
    content += shown(String((row * number) % 7), { x: 490, y: y - 6 });
    y -= 34;
  }
  for (let line = 0; line < 22 && y > 90; line++, y -= 13)
    content += shown(`${sentence(line, 15)}`, { x: 60, y });
  content +=
    shown('8', { x: 60, y: 63, size: 6 }) + shown('The lowest of these decides.', { x: 66, y: 60, size: 8 });
  return content + shown(String(number + 2), { x: 530, y: 30, size: 9 });
}
