import { UserError } from '../../../problem.js';
import { assemble } from '../assemble/assemble.js';
import type { Draft } from '../draft.js';
import type { Limits } from '../limits.js';
import { linesOfPage, looseStep, type PrintedLine, printedLines } from './page-lines.js';
import { type PdfText, pdfText } from './pdf-text.js';

/** Fewer letters than this on a page, on average, and the pages are pictures. */
const fewLetters = 20;

/** The lines of a PDF, tables as rows with cells, wrapped lines joined. Throws a UserError where there is no text in it. */
export async function pdfDrafts(file: string, bytes: Uint8Array, limits: Limits): Promise<Draft[]> {
  const text = await pdfText({ file, bytes, limits }, linesOfPage);
  if (lettersOf(text) < fewLetters * text.pages.length)
    throw new UserError(
      `${file} has no text: its pages are pictures, as a scanner makes them. Have the words recognised first, or read a text of the report.`,
    );
  return assemble(printedLines(text), { looseStep });
}

function lettersOf({ pages }: PdfText<PrintedLine[]>): number {
  let letters = 0;
  for (const lines of pages)
    for (const { items } of lines) for (const { text } of items) letters += text.trim().length;
  return letters;
}
