import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { Block } from './blocks.js';

const margin = 56;
/** Between a cell's text and the next column. */
const gutter = 12;

/** A PDF: wrapped cells, tables cut by a page's end, raised marks, a running head and a number below each page. */
export async function asPdf(blocks: readonly Block[], runningHead: string): Promise<Buffer> {
  const pdf = new PDFDocument({
    ...{ size: 'A4', margin, bufferPages: true },
    // Without a date of its own the file would differ from run to run.
    info: { Title: 'Invented report', CreationDate: new Date(0), ModDate: new Date(0) },
  });
  const done = buffer(pdf);
  const right = pdf.page.width - margin;
  const foot = pdf.page.height - margin - 28;
  const room = (height: number) => {
    if (pdf.y + height > foot) pdf.addPage();
  };
  const write = (text: string, size: number, isBold = false, indent = 0) => {
    pdf.font(isBold ? 'Helvetica-Bold' : 'Helvetica').fontSize(size);
    const width = right - margin - indent;
    const height = pdf.heightOfString(text.replaceAll(/[«»]/g, ''), { width });
    room(height + 4);
    const { y } = pdf;
    marked(pdf, text, { x: margin + indent, y, width, size });
    pdf.y = y + height + 4;
  };
  for (const block of blocks) {
    if (block.kind === 'page') pdf.addPage();
    else if (block.kind === 'heading') write(block.text, [20, 16, 13][block.level - 1] ?? 11, true);
    else if (block.kind === 'paragraph') write(block.text, 10);
    else if (block.kind === 'note') write(`«${block.mark}» ${block.text}`, 8);
    else if (block.kind === 'bullets')
      for (const [at, item] of block.items.entries())
        write(`${block.from ? `${block.from + at}.` : '•'} ${item}`, 10, false, 12);
    else table(block);
  }
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    pdf.page.margins.bottom = 0;
    pdf.font('Helvetica').fontSize(8);
    pdf.text(runningHead, margin, pdf.page.height - margin - 12, { lineBreak: false });
    pdf.text(String(page + 1), right - 20, pdf.page.height - margin - 12, { lineBreak: false });
  }
  pdf.end();
  return done;

  function table({ head, rows }: { head: string[]; rows: string[][] }): void {
    const all = [...(head.length > 0 ? [head] : []), ...rows];
    const longest = [0, 1, 2].map((at) => Math.max(...all.map((cells) => cells[at]?.length ?? 0)));
    const wide = longest.indexOf(Math.max(...longest));
    const narrow = longest.map((length) => (length === 0 ? 0 : Math.min(length * 5.6 + gutter + 4, 130)));
    const left = right - margin - narrow.reduce((sum, size, at) => sum + (at === wide ? 0 : size), 0);
    const sizes = narrow.map((size, at) => (at === wide ? left : size));
    for (const cells of all) {
      pdf.font('Helvetica').fontSize(9);
      const width = (at: number) => (sizes[at] as number) - gutter;
      const heights = cells.map((cell, at) => pdf.heightOfString(cell || ' ', { width: width(at) }));
      const height = Math.max(...heights);
      room(height + 6);
      const { y } = pdf;
      let x = margin;
      for (const [at, cell] of cells.entries()) {
        // Figures stand in the middle beside a question of several lines.
        const lower = at === 0 ? 0 : (height - (heights[at] as number)) / 2;
        if (cell) marked(pdf, cell, { x, y: y + lower, width: width(at), size: 9 });
        x += sizes[at] as number;
      }
      pdf.x = margin;
      pdf.y = y + height + 6;
    }
    pdf.y += 6;
  }
}

/** Writes a text with its marks raised; in one flow, so that lines break as in any text. */
function marked(
  pdf: PDFKit.PDFDocument,
  text: string,
  { x, y, width, size }: { x: number; y: number; width: number; size: number },
): void {
  const parts = text.split(/«(\d+)»/);
  for (const [at, part] of parts.entries()) {
    const isMark = at % 2 === 1;
    const options = {
      ...{ width, continued: at < parts.length - 1, rise: isMark ? size * 0.35 : 0 },
    } as PDFKit.Mixins.TextOptions;
    pdf.fontSize(isMark ? size * 0.62 : size);
    if (at === 0) pdf.text(part, x, y, options);
    else pdf.text(part, options);
  }
  pdf.fontSize(size);
}
