import { describe, expect, test } from 'vitest';
import { complaints, numberedRows, table } from './table.js';

describe('line ends', () => {
  test('all three in one file', async () => {
    expect(await numberedRows(await table('a,b\r\n1,2\n3,4\r5,6\r\n\r\n7,8'))).toEqual([
      [2, '1', '2'],
      [3, '3', '4'],
      [4, '5', '6'],
      [6, '7', '8'],
    ]);
  });
});

describe('delimiters', () => {
  test.each<[string, string, string, string[]]>([
    ['comma', 'a,b\n', ',', ['a', 'b']],
    ['semicolon', 'a;b\n', ';', ['a', 'b']],
    ['tab', 'a\tb\n', '\t', ['a', 'b']],
    ['one column', 'a\n', ',', ['a']],
    ['commas in quotes', '"a, or b, or c";d\n', ';', ['a, or b, or c', 'd']],
    ['doubled quotes in quotes', '"a "",,,"" b";c;d\n', ';', ['a ",,," b', 'c', 'd']],
    ['a quote inside a heading', '5" pipes;b;"c,d,e"\n', ';', ['5" pipes', 'b', 'c,d,e']],
    ['what Excel says', 'sep=;\na;b, or c, or d\n', ';', ['a', 'b, or c, or d']],
    ['what Excel says, of tabs', '"sep=\t"\r\na\tb\r\n', '\t', ['a', 'b']],
    ['what Excel says, saved again', 'SEP=,,\na,b\n', ',', ['a', 'b']],
  ])('%s', async (_, content, delimiter, header) => {
    expect(await table(content)).toMatchObject({ delimiter, header });
  });
});

describe('the heading', () => {
  test('after blank lines and blank rows of a sheet', async () => {
    const csv = await table('\n  \n,,,\n case , answer ,, \nC-1,yes,,\n');
    expect(csv).toMatchObject({ header: ['case', 'answer'], headerLine: 4 });
    expect(await numberedRows(csv)).toEqual([[5, 'C-1', 'yes']]);
  });

  test("after Excel's line, which counts", async () => {
    const csv = await table('sep=;\n\ncase;answer\nC-1;yes\n');
    expect(csv).toMatchObject({ header: ['case', 'answer'], headerLine: 3 });
    expect(await numberedRows(csv)).toEqual([[4, 'C-1', 'yes']]);
  });

  test('with line breaks inside', async () => {
    const csv = await table('case,"the\nanswer\n"\nC-1,yes\n');
    expect(csv).toMatchObject({ header: ['case', 'the\nanswer'], headerLine: 1 });
    expect(await numberedRows(csv)).toEqual([[4, 'C-1', 'yes']]);
  });

  test.each([['case,answer'], ['case,answer\n'], ['case,answer\r\n\r\n,\r\n']])(
    'alone: %j',
    async (content) => {
      const csv = await table(content);
      expect(csv.header).toEqual(['case', 'answer']);
      expect(await numberedRows(csv)).toEqual([]);
    },
  );

  test.each([
    ['', 'it is empty'],
    ['\uFEFF', 'it is empty'],
    ['\n \n,,;\n', 'it has nothing but blank lines'],
    ['sep=;', 'it has nothing but blank lines'],
  ])('missing: %j', async (content, why) => {
    expect(await complaints(content)).toEqual([
      `table.csv can't be read: ${why}. Its first line has to name the columns.`,
    ]);
  });

  test('of empty cells in quotes', async () => {
    expect(await complaints('"",""\n1,2\n')).toEqual([
      "table.csv can't be read.",
      '1: an empty heading: this line has to name the columns',
    ]);
  });

  test('standing twice, in whatever case', async () => {
    const many = Array.from({ length: 26 }, (_, at) => `q${at}`).join(',');
    expect(await complaints(`case,${many},Case,q3,${many.replaceAll('q', 'x')},q24\n`)).toEqual([
      "table.csv can't be read.",
      '1:28: heading "Case" stands twice: in column 1 (A) and column 28 (AB)',
      '1:29: heading "q3" stands twice: in column 5 (E) and column 29 (AC)',
      '1:56: heading "q24" stands twice: in column 26 (Z) and column 56 (BD)',
    ]);
  });

  test('missing above cells: said once of each column', async () => {
    expect(await complaints('case,,answer,,x\nC-1,,yes,,\nC-2,?,no,,\nC-3,?,no,!,\n')).toEqual([
      "table.csv can't be read.",
      '3:2: column 2 (B) has no heading: name it, or empty its cells',
      '4:4: column 4 (D) has no heading: name it, or empty its cells',
    ]);
  });

  test('missing above nothing is no error', async () => {
    const csv = await table('case,,answer\nC-1, ,yes\n');
    expect(csv.header).toEqual(['case', '', 'answer']);
    expect(await numberedRows(csv)).toEqual([[2, 'C-1', '', 'yes']]);
  });
});

describe('rows', () => {
  test('are trimmed, padded, cut to the heading; blank ones are left out', async () => {
    const csv = await table('a,b,c\n 1 ,\t2\t,\u00a03\u2003\n1\n\n , ,\n1,2,3,,, ,\n"",,\n4,5,6\n');
    expect(await numberedRows(csv)).toEqual([
      [2, '1', '2', '3'],
      [3, '1', '', ''],
      [6, '1', '2', '3'],
      [8, '4', '5', '6'],
    ]);
  });

  test('can be read again', async () => {
    const csv = await table('a,b\n1,2\n');
    expect(await numberedRows(csv)).toEqual(await numberedRows(csv));
    expect(await numberedRows(csv)).toEqual([[2, '1', '2']]);
  });
});

describe('what is wrong with rows', () => {
  test('more cells than headings', async () => {
    expect(await complaints('case,answer\nC-1,yes,,\nC-2,yes, but,,late\nC-3,yes\n,,x\n')).toEqual([
      "table.csv can't be read.",
      '3:3: 5 cells, but the heading names 2: put a cell that holds "," in quotes',
      '5:3: 3 cells, but the heading names 2: put a cell that holds "," in quotes',
    ]);
  });

  test('a quote that is never closed', async () => {
    expect(await complaints('a,b\n"1\n1",2\n3,"4\n5,6\n')).toEqual([
      "table.csv can't be read.",
      '4: a quote opens a cell here and is never closed',
    ]);
    expect(await complaints('a,"b\n1,2\n')).toEqual([
      "table.csv can't be read.",
      '1: a quote opens a cell here and is never closed',
    ]);
  });

  test('a quote inside a quoted cell', async () => {
    const said = await complaints('a,b\n1,2\n\n"say "yes"",2\n3,4\n');
    expect(said).toHaveLength(2);
    expect(said[1]).toMatch(
      /^4: a quote opens a cell here, and what follows .* write a quote inside a cell twice/,
    );
  });

  test('long cells and long lines', async () => {
    expect(await complaints(`a,b\n1,${'x'.repeat(1000)}\n${'é'.repeat(1001)},2\n`)).toEqual([
      "table.csv can't be read.",
      '3:1: a cell of 1001 characters: it may have up to 1000',
    ]);
    expect(await complaints(`a,b\n1,2\n${'x,'.repeat(5001)}\n`)).toEqual([
      "table.csv can't be read.",
      '3: 5001 cells: a line may have up to 5000',
    ]);
    const headings = Array.from({ length: 5001 }, (_, at) => `q${at}`).join(',');
    expect(await complaints(`${headings}\n`)).toEqual([
      "table.csv can't be read.",
      '1:5001: 5001 columns: a table may have up to 5000',
    ]);
    expect((await table(headings.replace(/,q5000$/, ',,,'))).header).toHaveLength(5000);
    expect(await complaints(`a,${'x'.repeat(1001)}\n`)).toEqual([
      "table.csv can't be read.",
      '1:2: a heading of 1001 characters: it may have up to 1000',
    ]);
  });

  test('no more than a hundred are told', async () => {
    expect(await complaints(`a\n${'1,2\n'.repeat(150)}`)).toHaveLength(101);
  });
});

test('short rows below a wide heading are as wide as that', async () => {
  const csv = await table(
    `${Array.from({ length: 4000 }, (_, at) => at).join(',')}\n${'1\n\n'.repeat(1000)}`,
  );
  const lines: number[] = [];
  for (const { cells, line } of csv.rows()) {
    lines.push(line);
    expect(cells).toHaveLength(4000);
  }
  expect(lines).toEqual(Array.from({ length: 1000 }, (_, at) => 2 + 2 * at));
});
