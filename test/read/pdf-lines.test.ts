import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { expect, test } from 'vitest';
import { minimalPdf, shown } from '../../scripts/bench/minimal-pdf.js';
import { opened } from './opened.js';

type Pdf = InstanceType<typeof PDFDocument>;

/** A PDF of pages, each drawn by a function. */
async function pdfOf(pages: ((pdf: Pdf) => void)[]): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4', margin: 60, autoFirstPage: false });
  const done = buffer(pdf);
  for (const draw of pages) draw(pdf.addPage());
  pdf.end();
  return done;
}

test('headings by size, bullets, wrapped paragraphs, marks and footnotes', async () => {
  const sentence =
    'The service works with partners so that children get what they need, and it asks whether that helps. ';
  const { kind, lines } = await opened(
    await pdfOf([
      (pdf) => {
        pdf.font('Helvetica-Bold').fontSize(18).text('2.1. Assessment');
        pdf.fontSize(11).text('Requires improvement').font('Helvetica').moveDown();
        pdf
          .text('Our rating', { continued: true })
          .fontSize(7)
          .text('8', { continued: true, rise: 4 } as never);
        pdf
          .fontSize(11)
          .text(' for assessment is based on three questions:', { rise: 0 } as never)
          .moveDown();
        pdf.text(sentence.repeat(3).trim()).moveDown();
        for (const point of [`${sentence.trim()} And more.`, 'Short.']) {
          const { y } = pdf;
          pdf.text('•', 60, y).text(point, 78, y);
        }
        pdf.fontSize(6).text('8', 60, 700, { continued: true, rise: 3 } as never);
        pdf.fontSize(8).text(' The lowest of these decides.', { rise: 0 } as never);
      },
    ]),
  );
  expect(kind).toBe('pdf');
  expect(lines.map(({ place: _, raw: __, cells: ___, ...rest }) => rest)).toEqual([
    { text: '2.1. Assessment', heading: 1, marks: [] },
    { text: 'Requires improvement', marks: [] },
    { text: 'Our rating for assessment is based on three questions:', marks: ['8'] },
    { text: sentence.repeat(3).trim(), marks: [] },
    { text: `${sentence.trim()} And more.`, bullet: true, marks: [] },
    { text: 'Short.', bullet: true, marks: [] },
    { text: 'The lowest of these decides.', footnote: '8', marks: [] },
  ]);
});

test('places on pages, columns, running heads and numbers', async () => {
  const { lines } = await opened(
    await pdfOf(
      [0, 1, 2, 3].map((at) => (pdf: Pdf) => {
        pdf
          .fontSize(9)
          .text('Inspection of youth justice services: Northshire', 60, 30, { lineBreak: false });
        pdf.fontSize(11).text('Does it keep them safe?', 66, 80, { lineBreak: false });
        pdf.text('3', 400, 80, { lineBreak: false }).text('N/A', 470, 80, { lineBreak: false });
        pdf.fontSize(9).text(`${at + 3}`, 500, 760, { lineBreak: false });
      }),
    ),
  );
  expect(
    lines.map(({ place, cells, furniture }) => [place.page, place.line, cells.join(' | '), furniture]),
  ).toEqual(
    [1, 2, 3, 4].flatMap((page) => [
      [page, 1, 'Inspection of youth justice services: Northshire', 'running head'],
      [page, 2, 'Does it keep them safe? | 3 | N/A', undefined],
      [page, 3, String(page + 2), 'page number'],
    ]),
  );
});

test('a raised digit beside a figure is a mark, and a figure stays a figure', async () => {
  let content = shown('Are enforcement actions taken when appropriate?', { x: 60, y: 700 });
  content += shown('9%', { x: 400, y: 700 }) + shown('36', { x: 416, y: 704, size: 7 });
  content += shown('Is it small?', { x: 60, y: 670 }) + shown('11', { x: 400, y: 670, size: 8 });
  content +=
    shown('36', { x: 60, y: 104, size: 6 }) +
    shown('This was not relevant in all cases.', { x: 67, y: 100, size: 9 });
  const { lines } = await opened(minimalPdf([content]));
  expect(lines.map(({ cells, marks, footnote }) => [cells, marks, footnote])).toEqual([
    [['Are enforcement actions taken when appropriate?', '9%'], ['36'], undefined],
    [['Is it small?', '11'], [], undefined],
    [['This was not relevant in all cases.'], [], '36'],
  ]);
});
