/**
 * What a report may be at most. A published report has 30 to 80 pages, under 200 KB of text and under 10 MB as a PDF; whatever is
 * beyond these limits is no report, and is refused before it costs time or memory.
 */
export const limits = {
  /** Bytes of a text or a web page; characters of one line of it; and its lines. */
  textBytes: 16 * 2 ** 20,
  lineLength: 2 ** 20,
  textLines: 400_000,
  /** Tags of HTML, which take time by their square where none is closed; and elements inside one another. */
  htmlTags: 100_000,
  htmlDepth: 256,
  /** Bytes of a PDF; its pages; characters of its text, and the pieces that it is set of. */
  pdfBytes: 100 * 2 ** 20,
  pages: 1000,
  pdfCharacters: 16 * 2 ** 20,
  pdfItems: 2_000_000,
  /** Milliseconds that a PDF may take, and bytes by which the memory of the process may grow while it is unpacked. */
  pdfTime: 60_000,
  pdfMemory: 768 * 2 ** 20,
  /** Cells of one row of a table. */
  cells: 64,
  /** Logical lines of a report: more are held against no framework. */
  lines: 12_000,
};

export type Limits = typeof limits;
