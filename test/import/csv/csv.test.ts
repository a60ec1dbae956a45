import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isTotalsRow } from '../../../src/import/files/csv/csv-file.js';
import { complaints, numberedRows, table } from './table.js';

describe('encodings', () => {
  const marked = '\uFEFFcase,réponse\nC-1,oui – “déjà”\n';
  const highFirst = Buffer.from(marked, 'utf16le').swap16();

  test.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(marked)],
    ['UTF-16', Buffer.from(marked, 'utf16le')],
    // half a character at its end
    ['UTF-16', Buffer.concat([highFirst, Buffer.from([0])])],
    ['Windows-1252', Buffer.from('case,r\xe9ponse\nC-1,oui \x96 \x93d\xe9j\xe0\x94\n', 'latin1')],
  ])('%s', async (encoding, bytes) => {
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

  test.each<[string, string | Buffer]>([
    ['a workbook', 'PK\x03\x04\x14\0\x06\0\x08\0\0\0'],
    ['a web page', '\n<!DOCTYPE html><table><tr><td>case'],
    ['UTF-16 without its mark', Buffer.from('case,answer\n', 'utf16le')],
  ])('no text: %s', async (_, bytes) => {
    expect(await complaints(bytes)).toEqual([expect.stringMatching(/it is no CSV.*save the sheet as CSV/)]);
  });
});

describe('the heading', () => {
  test.each<[string, string, string[], number]>([
    ['one column', 'a\n', ['a'], 1],
    ['commas in quotes', '"a, or b, or c";d\n', ['a, or b, or c', 'd'], 1],
    ['a line break in quotes', 'case,"the\nanswer\n"\n', ['case', 'the\nanswer'], 1],
    ['blank lines and blank rows before', '\n  \n,,,\n case \t b \t\t \n', ['case', 'b'], 4],
    ['a gap above nothing', 'a,,b\n', ['a', '', 'b'], 1],
  ])('%s', async (_, content, header, headerLine) => {
    expect(await table(content)).toMatchObject({ header, headerLine });
  });

  test('a title above it, where a table may have some', async () => {
    const isColumn = (cell: string) => ['service', 'published'].includes(cell);
    const csv = await table('Ratings, all\n\nservice,published,overall\nLeeds,2019,Good\n', { isColumn });
    expect(csv).toMatchObject({ header: ['service', 'published', 'overall'], headerLine: 3 });
  });

  test.each([
    ['', "table can't be read: it is empty. Its first line has to name the columns."],
    ['\n \n,,;\n', /it has nothing but blank lines/],
    ['"",""\n1,2\n', '1: an empty heading: this line has to name the columns'],
    ['"a,b"\n"1,2"\n', /^1: the line stands in one pair of quotes.*has quoted each line as a whole/],
    ['case,a,Case,CASE\n', '1:3: heading "Case" stands more than once: it is that of column 1, too'],
    [`a,${'x'.repeat(1001)}\n`, '1:2: a cell of 1001 characters: it may have up to 1000'],
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

  test.each<[string, (string | RegExp)[]]>([
    [
      'case,answer\nC-1,yes,,\nC-2,yes, but,,late\n,,x\n',
      [
        '3:3: 5 cells, but the heading names 2: put a cell that holds "," in quotes',
        '4:3: 3 cells, but the heading names 2: put a cell that holds "," in quotes',
      ],
    ],
    [
      'case,,answer,,x\nC-1,,yes,,\nC-2,?,no,,\nC-3,?,no,!,\n',
      [
        '3:2: column 2 has no heading: name it, or empty its cells',
        '4:4: column 4 has no heading: name it, or empty its cells',
      ],
    ],
    ['a,b\n"1\n1",2\n3,"4\n5,6\n', ['4: a quote opens a cell here and is never closed']],
    ['a,b\n1,2\n\n"say "yes"",2\n', [/^4: .* write a quote inside a cell twice/]],
    ['case,answer\nC-2,"y\0s"\n', ['2:2: a NUL character, which is no text: remove it']],
    [`a,b\n1,2\n${'x,'.repeat(5001)}\n`, ['3: 5001 cells: a line may have up to 5000']],
    [`a\n${'1,2\n'.repeat(150)}`, Array(100).fill(/^\d+:2: 2 cells/)],
  ])('with something wrong: %j', async (content, says) => {
    expect(await complaints(content)).toEqual(
      says.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))),
    );
  });
});

test.each([
  [true, ['Total', '', '']],
  [true, ['sum', '1']],
  [true, ['', '12', '', '1,234', '-2', '45%']],
  [false, ['Sum', 'court']],
  [false, ['Total-1', '1']],
  [false, ['', '12', 'yes']],
])('a totals row, %s: %j', (is, row) => {
  expect(isTotalsRow(row)).toBe(is);
});
