import PDFDocument from 'pdfkit';
import { expect, test } from 'vitest';
import { minimalPdf, shown } from '../../../src/bench/minimal-pdf.js';
import type { ReportLine } from '../../../src/read/report-document.js';
import { opened } from './open.js';

type Pdf = InstanceType<typeof PDFDocument>;

/** A PDF of pages, each drawn by a function. */
async function pdfOf(pages: ((pdf: Pdf) => void)[]): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4', margin: 60, autoFirstPage: false });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => pdf.on('end', resolve));
  for (const draw of pages) draw(pdf.addPage());
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

/** Draws a table whose first column is wrapped, figures in the middle of its lines or at their top. */
function table(pdf: Pdf, rows: string[][], { top = pdf.y, centred = true, padding = 3 } = {}): void {
  let y = top;
  for (const [question = '', ...figures] of rows) {
    const height = Math.max(
      pdf.heightOfString(question, { width: 300 }),
      ...figures.map((figure) => pdf.heightOfString(figure, { width: 60 })),
    );
    const middle = (text: string, width: number) =>
      centred ? (height - pdf.heightOfString(text, { width })) / 2 : 0;
    pdf.text(question, 66, y + padding + middle(question, 300), { width: 300 });
    for (const [at, figure] of figures.entries())
      pdf.text(figure, 390 + at * 70, y + padding + middle(figure, 60), { width: 60, align: 'center' });
    y += height + 2 * padding;
  }
  pdf.x = 60;
  pdf.y = y;
}

const brief = ({ place, cells }: ReportLine) => `${place.page}.${place.line}: ${cells.join(' | ')}`;

const rows = [
  ['Of the 4 cases inspected:', 'Relevant cases', "Number 'Yes'"],
  ["Does assessment sufficiently analyse how to support the child's desistance?", '4', '3'],
  [
    'Is sufficient attention given to understanding the levels of maturity, ability and motivation to change, and their likelihood of engaging with the court disposal?',
    '4',
    '2',
  ],
  ['Does it keep them safe?', '3', '0'],
  [
    'Does planning take sufficient account of opportunities for community integration, including access to mainstream services?',
    '',
    '1',
  ],
  ['Where applicable, is sufficient attention given to the protection of victims?', 'N/A', 'N/A'],
];

test.each([
  ['in the middle', true, 3],
  ['at the top', false, 3],
  ['in the middle, rows close together', true, 0.5],
])(
  'a table: figures %s of wrapped questions, an empty cell, a heading of two lines',
  async (_, centred, padding) => {
    const { kind, lines } = await opened(
      await pdfOf([
        (pdf) => {
          pdf.fontSize(11);
          table(pdf, rows, { centred, padding });
        },
      ]),
    );
    expect(kind).toBe('pdf');
    expect(lines.map(({ cells }) => cells)).toEqual(rows);
  },
);

test('tables below one another have columns of their own', async () => {
  const tables = [
    [
      ['Total spend', '£2,381,695'],
      ['Staff headcount', '39'],
    ],
    [
      ['Age', '10–14 years', '15–17 years'],
      ['Service', '49%', '51%'],
    ],
    [
      ['Ethnicity', 'White', 'Black and minority ethnic', 'Unknown'],
      ['Service', '55%', '', '43%'],
    ],
  ];
  const columns: Record<number, number[]> = { 2: [60, 480], 3: [60, 380, 470], 4: [60, 220, 280, 490] };
  const { lines } = await opened(
    await pdfOf([
      (pdf) => {
        for (const rows of tables) {
          pdf.font('Helvetica').fontSize(10);
          for (const [at, cells] of rows.entries()) {
            pdf.font(at === 0 && cells.length > 2 ? 'Helvetica-Bold' : 'Helvetica');
            const { y } = pdf;
            for (const [column, cell] of cells.entries())
              pdf.text(cell, (columns[cells.length] as number[])[column] as number, y, { lineBreak: false });
            pdf.y = y + 18;
          }
        }
      },
    ]),
  );
  expect(lines.map(({ cells }) => cells)).toEqual(tables.flat());
});

test('headings by size, bold letters by their font, bullets, wrapped paragraphs, marks and footnotes', async () => {
  const sentence =
    'The service works with partners so that children get what they need, and it asks whether that helps. ';
  const { lines } = await opened(
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
  expect(
    lines.map(({ text, heading, bold, bullet, footnote, marks }) => ({
      text,
      heading,
      bold,
      bullet,
      footnote,
      marks,
    })),
  ).toEqual([
    { text: '2.1. Assessment', heading: 1, bold: true, marks: [] },
    { text: 'Requires improvement', bold: true, marks: [] },
    { text: 'Our rating for assessment is based on three questions:', marks: [{ mark: '8', cell: 0 }] },
    { text: sentence.repeat(3).trim(), marks: [] },
    { text: `${sentence.trim()} And more.`, bullet: true, marks: [] },
    { text: 'Short.', bullet: true, marks: [] },
    { text: 'The lowest of these decides.', footnote: '8', marks: [] },
  ]);
});

test('pages: places on each, a table over two of them, running heads and numbers', async () => {
  const { lines } = await opened(
    await pdfOf(
      [0, 1, 2, 3].map((at) => (pdf: Pdf) => {
        pdf
          .fontSize(9)
          .text('Inspection of youth justice services: Northshire', 60, 30, { lineBreak: false });
        pdf.fontSize(11);
        table(pdf, [...rows.slice(1, 4)], { top: 80 });
        pdf.fontSize(9).text(`${at + 3}`, 500, 760, { lineBreak: false });
      }),
    ),
  );
  expect(
    lines.filter(({ noise }) => noise).map(({ place, text, noise }) => [place.page, text, noise]),
  ).toEqual(
    [1, 2, 3, 4].flatMap((page) => [
      [page, 'Inspection of youth justice services: Northshire', 'running head'],
      [page, String(page + 2), 'page number'],
    ]),
  );
  expect(
    lines
      .filter(({ noise }) => !noise)
      .map(brief)
      .slice(3, 5),
  ).toEqual([`2.2: ${(rows[1] as string[]).join(' | ')}`, `2.5: ${(rows[2] as string[]).join(' | ')}`]);
});

test('a raised digit beside a figure is a mark, and a figure stays a figure', async () => {
  let content = shown('Are enforcement actions taken when appropriate?', { x: 60, y: 700 });
  content += shown('9%', { x: 400, y: 700 }) + shown('36', { x: 416, y: 704, size: 7 });
  content += shown('Is it small?', { x: 60, y: 670 }) + shown('11', { x: 400, y: 670, size: 8 });
  content +=
    shown('36', { x: 60, y: 104, size: 6 }) +
    shown('This question was not relevant in all cases.', { x: 67, y: 100, size: 9 });
  const { lines } = await opened(minimalPdf([content]));
  expect(lines.map(({ cells, marks, footnote }) => [cells, marks, footnote])).toEqual([
    [['Are enforcement actions taken when appropriate?', '9%'], [{ mark: '36', cell: 1 }], undefined],
    [['Is it small?', '11'], [], undefined],
    [['This question was not relevant in all cases.'], [], '36'],
  ]);
});

test('two reports at a time', async () => {
  const pdfs = ['One report of many words.', 'Another report of many words.'].map((text) =>
    minimalPdf([shown(text, { x: 60, y: 700 })]),
  );
  const texts = await Promise.all(pdfs.map(async (pdf) => (await opened(pdf)).lines.map(({ text }) => text)));
  expect(texts).toEqual([['One report of many words.'], ['Another report of many words.']]);
});
