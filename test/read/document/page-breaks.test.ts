import PDFDocument from 'pdfkit';
import { expect, test } from 'vitest';
import type { ReportDocument } from '../../../src/read/report-document.js';
import { brief, linesOf, opened } from './open.js';

const head = 'Inspection of youth justice services: Northshire';

/** Lines at places of a page: x, y, text; between a running head and the page's number. */
type Page = [x: number, y: number, text: string][];

async function pdfOf(pages: Page[]): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => pdf.on('end', resolve));
  for (const [at, page] of pages.entries()) {
    pdf.addPage().fontSize(9).text(head, 60, 30, { lineBreak: false });
    pdf.text(String(at + 7), 520, 800, { lineBreak: false }).fontSize(11);
    for (const [x, y, text] of page) pdf.text(text, x, y, { lineBreak: false });
  }
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

const proper = ({ lines }: ReportDocument) => lines.filter(({ noise }) => !noise);
const placed = ({ place, cells }: ReportDocument['lines'][number]) =>
  `${place.page}.${place.line}: ${cells.join(' | ')}`;
const filler = (number: number): Page => [
  [60, 80, `What is on page ${number} is whole, and has an end of its own.`],
  [60, 120, 'Nothing more is said on it than this, and nothing follows from it.'],
];

test('a PDF: a row, a recommendation and a paragraph that go over a page are whole, at the place of their beginning', async () => {
  const document = await opened(
    await pdfOf([
      [
        [60, 80, 'The service should:'],
        [60, 740, '1. make sure that every plan says who does what and by when, and that the children and'],
      ],
      [
        [60, 80, 'their families have it in words that they understand.'],
        [60, 110, '2. read the plans again.'],
        [66, 680, 'Of the 4 cases inspected:'],
        [400, 680, 'Relevant cases'],
        [490, 680, "Number 'Yes'"],
        [66, 710, 'Does it keep the child safe?'],
        [430, 710, '4'],
        [510, 710, '3'],
        [66, 740, 'Does planning take sufficient account of opportunities for'],
        [430, 740, '4'],
        [510, 740, '2'],
      ],
      [
        [66, 80, 'community integration, including access to services?'],
        [66, 110, 'Does it keep other people safe?'],
        [430, 110, '3'],
        [510, 110, '1'],
        [60, 740, 'The managers know the work of the partnership well and can say for each of the children'],
      ],
      [
        [60, 80, 'what was done for them and what came of it.'],
        [60, 120, 'Nothing more is said on it than this, and nothing follows from it.'],
      ],
      filler(11),
    ]),
  );
  expect(proper(document).slice(0, 8).map(placed)).toEqual([
    '1.2: The service should:',
    '1.3: 1. make sure that every plan says who does what and by when, and that the children and their families have it in words that they understand.',
    '2.3: 2. read the plans again.',
    "2.4: Of the 4 cases inspected: | Relevant cases | Number 'Yes'",
    '2.5: Does it keep the child safe? | 4 | 3',
    '2.6: Does planning take sufficient account of opportunities for community integration, including access to services? | 4 | 2',
    '3.3: Does it keep other people safe? | 3 | 1',
    '3.4: The managers know the work of the partnership well and can say for each of the children what was done for them and what came of it.',
  ]);
  expect(proper(document)[5]?.raw).toContain('\ncommunity integration');
});

test('a PDF: what ends at the page, begins anew or has figures of its own stays apart', async () => {
  const document = await opened(
    await pdfOf([
      [[60, 740, 'The managers know the work of the partnership well and can say what came of it.']],
      [
        [60, 80, 'that is how a new thing of its own may begin, in small letters.'],
        [60, 740, 'Planning and what is done after it for the children and for their families'],
      ],
      [
        [60, 80, 'Another thing begins on this page, with a capital letter.'],
        [66, 740, 'Total caseload of the service, of all kinds that it has'],
        [430, 740, '40'],
      ],
      [
        [66, 80, 'of which for the first time'],
        [430, 80, '9'],
      ],
      filler(11),
    ]),
  );
  expect(proper(document).slice(0, 6).map(placed)).toEqual([
    '1.2: The managers know the work of the partnership well and can say what came of it.',
    '2.2: that is how a new thing of its own may begin, in small letters.',
    '2.3: Planning and what is done after it for the children and for their families',
    '3.2: Another thing begins on this page, with a capital letter.',
    '3.3: Total caseload of the service, of all kinds that it has | 40',
    '4.2: of which for the first time | 9',
  ]);
});

test('a text: over form feeds, heads, numbers and footnotes; marks stay with their cells', async () => {
  const page = (number: number, first: string, last: string) =>
    [head, '', first, '', `What is on page ${number} is whole.`, '', last, '', String(number)].join('\n');
  const text = [
    page(4, 'One.', 'The managers know the work of the partnership<sup>8</sup> and can say for each child'),
    page(
      5,
      'what came of it.<sup>9</sup>',
      'Does planning take sufficient account of opportunities for\t4<sup>8</sup>\t2',
    ),
    page(
      6,
      'community integration?<sup>9</sup>',
      'This is whole.\n\n<sup>8</sup> Of all kinds.\n\n<sup>9</sup> Of none.',
    ),
    page(7, 'Seven.', 'Whole.'),
  ];
  const lines = await linesOf(text.join('\n\f'));
  const found = lines.filter(({ text: words }) => /managers|planning/.test(words));
  expect(found.map(brief)).toEqual([
    '7: The managers know the work of the partnership and can say for each child what came of it.',
    '16: Does planning take sufficient account of opportunities for community integration? | 4 | 2',
  ]);
  expect(found.map(({ marks }) => marks)).toEqual([
    [
      { mark: '8', cell: 0 },
      { mark: '9', cell: 0 },
    ],
    [
      { mark: '9', cell: 0 },
      { mark: '8', cell: 1 },
    ],
  ]);
});

test('a line that announces a list behind a page’s end is no part of the entry before it', async () => {
  const lines = await linesOf(
    [
      'Rutland YOT should:',
      '',
      '- see to it that all children of school age have a full offer of education',
      '',
      '17',
      '',
      'he chair of the management board should:',
      '',
      '- read what it is sent',
      ...Array.from(
        { length: 40 },
        (_, at) => `\nSentence ${at} says something of its own.${at % 10 ? '' : `\n\n${18 + at / 10}`}`,
      ),
    ].join('\n'),
  );
  expect(lines.slice(0, 3).map(({ text }) => text)).toEqual([
    'Rutland YOT should:',
    'see to it that all children of school age have a full offer of education',
    'he chair of the management board should:',
  ]);
});
