/**
 * What a report may be at most. A published report has 30 to 80 pages, under 200 KB of text and under 10 MB as a PDF; whatever is
 * beyond these limits is no report, and is refused before it costs time or memory.
 */
export const limits = {
  /** Bytes of a text or a web page. */
  textBytes: 16 * 2 ** 20,
  /** Characters of one line of it. */
  lineLength: 2 ** 20,
  /** Lines of it. */
  textLines: 400_000,
  /** Bytes of a PDF. */
  pdfBytes: 100 * 2 ** 20,
  /** Pages of a PDF. */
  pages: 1000,
  /** Characters of a PDF's text. */
  pdfCharacters: 16 * 2 ** 20,
  /** Pieces of text that a PDF sets one by one. */
  pdfItems: 2_000_000,
  /** Milliseconds that a PDF may take. */
  pdfTime: 60_000,
  /** Bytes by which the memory of the process may grow while a PDF is unpacked. */
  pdfMemory: 768 * 2 ** 20,
  /** Elements of HTML inside one another. */
  htmlDepth: 256,
  /** Cells of one row of a table. */
  cells: 64,
  /** Logical lines of a report: more are held against no framework. */
  lines: 12_000,
};

/** The limits, or some of them lowered. */
export type Limits = typeof limits;
