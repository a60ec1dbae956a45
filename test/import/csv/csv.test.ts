import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isTotalsRow } from '../../../src/import/files/csv/csv-file.js';
import { complaints, numberedRows, table } from './table.js';

describe('encodings', () => {
  const text = 'case,réponse\nC-1,oui – “déjà”\n';
  const marked = `\uFEFF${text}`;
  const highFirst = Buffer.from(marked, 'utf16le').swap16();
  const latin = Buffer.from('case,r\xe9ponse\nC-1,oui \x96 \x93d\xe9j\xe0\x94\n', 'latin1');

  test.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(text), 'UTF-8'],
    ['UTF-8 with its mark', Buffer.from(marked), 'UTF-8'],
    ['UTF-16, low byte first', Buffer.from(marked, 'utf16le'), 'UTF-16'],
    ['UTF-16, high byte first', highFirst, 'UTF-16'],
    ['UTF-16 with half a character at its end', Buffer.concat([highFirst, Buffer.from([0])]), 'UTF-16'],
    ['anything else', latin, 'Windows-1252'],
  ])('%s', async (_, bytes, encoding) => {
    const csv = await table(bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(csv).toMatchObject({
      ...{ encoding, header: ['case', 'réponse'], record: { sha256, bytes: bytes.length } },
      notices:
        encoding === 'Windows-1252'
          ? [{ message: expect.stringMatching(/^not UTF-8: read as Windows-1252/) }]
          : [],
    });
    expect(numberedRows(csv)).toEqual([[2, 'C-1', 'oui – “déjà”']]);
  });

  test.each<[string, string | Buffer, RegExp]>([
    ['a workbook', 'PK\x03\x04\x14\0\x06\0\x08\0\0\0', /a workbook \(\.xlsx, \.ods\).*save the sheet as CSV/],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), /old Excel.*save the sheet as CSV/],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n', /it is a PDF, not a CSV/],
    ['gzip', Buffer.from('1f8b0800000000000003', 'hex'), /compressed \(gzip\)\. Unpack it first/],
    ['a web page', '\n<!DOCTYPE html><table><tr><td>case', /a web page or XML.*save the sheet as CSV/],
    ['UTF-16 without its mark', Buffer.from(text, 'utf16le'), /not text \(or UTF-16 without its mark\)/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802', 'hex'), /not text/],
  ])('no text: %s', async (_, bytes, message) => {
    expect(await complaints(bytes)).toEqual([expect.stringMatching(message)]);
  });
});

describe('the heading', () => {
  test.each<[string, string, string, string[], number]>([
    ['comma', 'a,b\n', ',', ['a', 'b'], 1],
    ['semicolon', 'a;b', ';', ['a', 'b'], 1],
    ['tab', 'a\tb\n\n\t\n', '\t', ['a', 'b'], 1],
    ['one column', 'a\n', ',', ['a'], 1],
    ['commas in quotes', '"a, or b, or c";d\n', ';', ['a, or b, or c', 'd'], 1],
    ['doubled quotes in quotes', '"a "",,,"" b";c;d\n', ';', ['a ",,," b', 'c', 'd'], 1],
    ['a line break in quotes', 'case,"the\nanswer\n"\n', ',', ['case', 'the\nanswer'], 1],
    ['what Excel says', 'sep=;\n\na;b, or c, or d\n', ';', ['a', 'b, or c, or d'], 3],
    ['what Excel says, of tabs', '"sep=\t"\r\na\tb\r\n', '\t', ['a', 'b'], 2],
    ['what Excel says, saved again', 'SEP=,,\na,b\n', ',', ['a', 'b'], 2],
    ['blank lines and blank rows before', '\n  \n,,,\n case , b ,, \n', ',', ['case', 'b'], 4],
    ['a gap above nothing', 'a,,b\n', ',', ['a', '', 'b'], 1],
  ])('%s', async (_, content, delimiter, header, headerLine) => {
    expect(await table(content)).toMatchObject({ delimiter, header, headerLine });
  });

  test('a title above it, where a table may have some', async () => {
    const isColumn = (cell: string) => ['service', 'published'].includes(cell);
    const csv = await table('Ratings, all\n\nservice,published,overall\nLeeds,2019,Good\n', { isColumn });
    expect(csv).toMatchObject({ header: ['service', 'published', 'overall'], headerLine: 3 });
  });

  test.each([
    ['', "table can't be read: it is empty. Its first line has to name the columns."],
    [
      '\n \n,,;\n',
      "table can't be read: it has nothing but blank lines. Its first line has to name the columns.",
    ],
    ['sep=;', "table can't be read: it has nothing but blank lines. Its first line has to name the columns."],
    ['"",""\n1,2\n', '1: an empty heading: this line has to name the columns'],
    [
      '"a,b"\n"1,2"\n',
      /^1: the line stands in one pair of quotes.*a program has quoted each line as a whole/,
    ],
    ['case,a,Case\n', '1:3: heading "Case" stands twice: it is that of column 1, too'],
    ['case,ans\0wer\nC-1,yes\n', '1:2: a NUL character, which is no text: remove it'],
    [`a,${'x'.repeat(1001)}\n`, '1:2: a cell of 1001 characters: it may have up to 1000'],
    [`${Array.from({ length: 5001 }, (_, at) => at)}\n`, '1:5001: 5001 columns: a table may have up to 5000'],
    ['a,"b\n1,2\n', '1: a quote opens a cell here and is never closed'],
  ])('refused: %j', async (content, message) => {
    const said = typeof message === 'string' ? message : expect.stringMatching(message);
    expect(await complaints(content)).toEqual([said]);
  });
});

describe('rows', () => {
  test('are trimmed, padded, cut to the heading; blank ones are left out; they can be read again', async () => {
    const csv = await table(
      'a,b,c\r\n 1 ,\t2\t,\u00a03\u2003\n1\r\n , ,\n1,2,3,,, ,\n"",,\n4,"5\n\n","e\u0301\u200b"\n7,8,9',
    );
    const rows = [
      [2, '1', '2', '3'],
      [3, '1', '', ''],
      [5, '1', '2', '3'],
      [7, '4', '5', 'é'],
      [10, '7', '8', '9'],
    ];
    expect(numberedRows(csv)).toEqual(rows);
    expect(numberedRows(csv)).toEqual(rows);
  });

  test.each<[string, string, (string | RegExp)[]]>([
    [
      'more cells than headings',
      'case,answer\nC-1,yes,,\nC-2,yes, but,,late\n,,x\n',
      [
        '3:3: 5 cells, but the heading names 2: put a cell that holds "," in quotes',
        '4:3: 3 cells, but the heading names 2: put a cell that holds "," in quotes',
      ],
    ],
    [
      'no heading above cells, said once of each column',
      'case,,answer,,x\nC-1,,yes,,\nC-2,?,no,,\nC-3,?,no,!,\n',
      [
        '3:2: column 2 has no heading: name it, or empty its cells',
        '4:4: column 4 has no heading: name it, or empty its cells',
      ],
    ],
    [
      'a quote that is not closed',
      'a,b\n"1\n1",2\n3,"4\n5,6\n',
      ['4: a quote opens a cell here and is never closed'],
    ],
    [
      'a quote inside a quoted cell',
      'a,b\n1,2\n\n"say "yes"",2\n',
      [/^4: .* write a quote inside a cell twice/],
    ],
    ['a NUL', 'case,answer\nC-2,"y\0s"\n', ['2:2: a NUL character, which is no text: remove it']],
    [
      'a long cell',
      `a,b\n${'é'.repeat(1001)},2\n`,
      ['2:1: a cell of 1001 characters: it may have up to 1000'],
    ],
    ['a long line', `a,b\n1,2\n${'x,'.repeat(5001)}\n`, ['3: 5001 cells: a line may have up to 5000']],
    ['a hundred problems and more', `a\n${'1,2\n'.repeat(150)}`, Array(100).fill(/^\d+:2: 2 cells/)],
  ])('%s', async (_, content, says) => {
    expect(await complaints(content)).toEqual(
      says.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))),
    );
  });
});

test.each<[boolean, string[][]]>([
  [
    true,
    [
      ['Total', '', ''],
      ['TOTALS:', '3', 'yes'],
      ['Grand total', '12'],
      ['sum', '1'],
      ['', '12', '', '1,234', '-2', '45%'],
    ],
  ],
  [
    false,
    [
      ['C-1', 'yes'],
      ['Total-1', '1'],
      ['Sum', 'court'],
      ['12', '13'],
      ['', '12', 'yes'],
      ['', '1-2'],
      ['', ''],
      [],
    ],
  ],
])('a totals row: %s', (is, rows) => {
  for (const row of rows) expect(isTotalsRow(row), row.join()).toBe(is);
});
