import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { Block } from './blocks.js';

const margin = 56;
/** Where the running head and the page's number stand, above the lower edge. */
const foot = 68;

/** A PDF: wrapped cells, paragraphs and tables cut by a page's end, raised marks, a running head and a number below each page. */
export async function asPdf(blocks: readonly Block[], runningHead: string): Promise<Buffer> {
  const pdf = new PDFDocument({
    ...{ size: 'A4', margins: { top: margin, left: margin, right: margin, bottom: foot + 16 } },
    bufferPages: true,
    // Without a date of its own the file would differ from run to run.
    info: { Title: 'Invented report', CreationDate: new Date(0), ModDate: new Date(0) },
  });
  const done = buffer(pdf);
  for (const block of blocks) {
    if (block.kind === 'page') pdf.addPage();
    else if (block.kind === 'heading') write(block.text, [20, 16, 13][block.level - 1] ?? 11, true);
    else if (block.kind === 'paragraph') write(block.text, 10);
    else if (block.kind === 'note') write(`«${block.mark}» ${block.text}`, 8);
    else if (block.kind === 'table') table([...(block.head.length > 0 ? [block.head] : []), ...block.rows]);
    else
      for (const [at, item] of block.items.entries())
        write(`${block.from ? `${block.from + at}.` : '•'} ${item}`, 10, false, 12);
  }
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    pdf.page.margins.bottom = 0;
    pdf.font('Helvetica').fontSize(8);
    pdf.text(runningHead, margin, pdf.page.height - foot, { lineBreak: false });
    pdf.text(String(page + 1), pdf.page.width - margin - 20, pdf.page.height - foot, { lineBreak: false });
  }
  pdf.end();
  return done;

  /** Writes a text with its marks raised; in one flow, so that lines break as in any text. */
  function write(text: string, size: number, isBold = false, indent = 0): void {
    pdf.font(isBold ? 'Helvetica-Bold' : 'Helvetica');
    pdf.x = margin + indent;
    const parts = text.split(/«(\d+)»/);
    for (const [at, part] of parts.entries()) {
      const isMark = at % 2 === 1;
      const rise = isMark ? size * 0.35 : 0;
      const options = { continued: at < parts.length - 1, rise } as PDFKit.Mixins.TextOptions;
      pdf.fontSize(isMark ? size * 0.62 : size).text(part, options);
    }
    pdf.y += 4;
  }

  function table(data: string[][]): void {
    pdf.font('Helvetica').fontSize(9);
    pdf.x = margin;
    const longest = [0, 1, 2].map((at) => Math.max(...data.map((cells) => cells[at]?.length ?? 0)));
    const isWidest = (at: number) => longest.indexOf(Math.max(...longest)) === at;
    pdf.table({
      data,
      columnStyles: longest
        .filter((length) => length > 0)
        .map((length, at) => (isWidest(at) ? '*' : Math.min(length * 5.6 + 16, 130))),
      // Figures stand in the middle beside a question of several lines, and no further behind a line than a blank is wide twice.
      defaultStyle: { border: false, padding: [3, 6, 3, 0], align: { x: 'left', y: 'center' } },
    });
    pdf.y += 6;
  }
}
