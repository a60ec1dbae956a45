import PDFDocument from 'pdfkit';
import { type Block, type Row, withMarks } from '../blocks.js';
import type { Look } from '../style.js';

const margin = 56;
/** Between a cell's text and the next column. */
const gutter = 12;

/** Lays blocks out as a PDF, its bytes. Marks stand raised in a smaller script. */
export async function renderPdf(blocks: readonly Block[], look: Look, runningHead: string): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin,
    autoFirstPage: true,
    // Without a date of its own the file would differ from run to run.
    info: { Title: 'Invented report', CreationDate: new Date(0), ModDate: new Date(0) },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  const right = pdf.page.width - margin;
  const foot = pdf.page.height - margin - 28;
  let isTurned = true;
  const turn = () => {
    if (isTurned) return;
    pdf.addPage();
    isTurned = true;
  };
  const room = (height: number) => {
    if (pdf.y + height > foot) turn();
    isTurned = false;
  };
  const write = (text: string, size: number, isBold: boolean, indent = 0) => {
    const plain = asWinAnsi(text, look);
    pdf.font(isBold ? 'Helvetica-Bold' : 'Helvetica').fontSize(size);
    const width = right - margin - indent;
    const height = pdf.heightOfString(
      withMarks(plain, (mark) => mark),
      { width },
    );
    room(height + 4);
    const { y } = pdf;
    marked(pdf, plain, { x: margin + indent, y, width, size });
    // A mark at the end is smaller, or moves nothing at all: what follows would be printed over the line.
    pdf.y = y + height + 4;
  };
  for (const [at, block] of blocks.entries()) {
    if (block.kind === 'page') {
      pdf.font('Helvetica').fontSize(8);
      const y = pdf.page.height - margin - 12;
      if (look.runningHead) pdf.text(asWinAnsi(runningHead, look), margin, y, { lineBreak: false });
      pdf.text(String(block.number), right - 20, y, { lineBreak: false });
      if (at < blocks.length - 1) {
        isTurned = false;
        turn();
        pdf.x = margin;
        pdf.y = margin;
      }
      continue;
    }
    if (block.kind === 'heading') write(block.text, [20, 16, 13, 11][block.level - 1] as number, true);
    if (block.kind === 'paragraph') write(block.text, 10, block.bold ?? false);
    if (block.kind === 'note') write(`\uE000${block.mark}\uE001 ${block.text}`, 8, false);
    if (block.kind === 'bullets') for (const { text } of block.items) write(`• ${text}`, 10, false, 12);
    if (block.kind === 'numbered')
      for (const [number, { text }] of block.items.entries())
        write(`${block.from + number}. ${text}`, 10, false, 12);
    if (block.kind === 'contents')
      for (const { text, page } of block.entries)
        write(`${text} ${'.'.repeat(80 - text.length)} ${page}`, 10, false);
    if (block.kind === 'table') table(block);
  }
  pdf.end();
  return done;

  function table({ header, rows }: { header?: string[]; rows: Row[] }): void {
    const all: Row[] = [...(header ? [{ cells: header, bold: header.map((_, at) => at) }] : []), ...rows];
    const count = Math.max(...all.map(({ cells }) => cells.length));
    const longest = Array.from({ length: count }, (_, at) =>
      Math.max(...all.map(({ cells }) => cells[at]?.length ?? 0)),
    );
    const wide = longest.indexOf(Math.max(...longest));
    const narrow = longest.map((length) => Math.min(Math.max(length, 3) * 5.6 + gutter + 4, 140));
    const left = right - margin - narrow.reduce((sum, size, at) => sum + (at === wide ? 0 : size), 0);
    const sizes = narrow.map((size, at) => (at === wide ? left : size));
    for (const { cells, bold } of all) {
      pdf.font('Helvetica').fontSize(9);
      const plain = cells.map((cell) => asWinAnsi(cell, look));
      const height = Math.max(
        ...plain.map((cell, at) =>
          pdf.heightOfString(withMarks(cell, (mark) => mark) || ' ', {
            width: (sizes[at] as number) - gutter,
          }),
        ),
      );
      room(height + 6);
      const y = pdf.y;
      let x = margin;
      for (const [at, cell] of plain.entries()) {
        pdf.font(bold?.includes(at) ? 'Helvetica-Bold' : 'Helvetica').fontSize(9);
        if (cell) marked(pdf, cell, { x, y, width: (sizes[at] as number) - gutter, size: 9 });
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
  // A mark that lost its other half is no mark.
  const parts = text.split(/\uE000(.*?)\uE001/).map((part) => part.replaceAll(/[\uE000\uE001]/g, ''));
  for (const [at, part] of parts.entries()) {
    const isMark = at % 2 === 1;
    const continued = at < parts.length - 1;
    if (part === '' && continued) {
      if (at === 0) pdf.fontSize(size).text('', x, y, { width, continued });
      continue;
    }
    pdf.fontSize(isMark ? size * 0.62 : size);
    const options = { width, continued, rise: isMark ? size * 0.35 : 0 } as PDFKit.Mixins.TextOptions;
    if (at === 0) pdf.text(part, x, y, options);
    else pdf.text(part, options);
  }
  pdf.fontSize(size);
}

/** A text in the letters that the standard fonts have. */
function asWinAnsi(text: string, { isCurly }: Look): string {
  const quoted = isCurly ? text.replaceAll(/(?<=^|[\s(])'/g, '‘').replaceAll("'", '’') : text;
  return quoted.replaceAll(/[^\u0020-\u007e\u00a0-\u00ff‘’“”–—•\uE000\uE001]/g, '*');
}
