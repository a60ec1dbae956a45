import { createHash } from 'node:crypto';
import { appendFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { openCsv } from '../../../src/import/files/csv/csv-file.js';
import { numberedRows, tableFile } from './table.js';

const mega = 1024 * 1024;

/** A table of 5 MB, of which `row` stands so that its byte `at` is the first of the third megabyte. */
function largeTable(row: string, at: number, end = '\n') {
  const filler = `C-0000,no${end}`;
  const heading = `case,answer${end}`;
  const before = 2 * mega - at - heading.length;
  const few = Math.floor(before / filler.length) - 1;
  // One row takes up what is left over.
  const odd = `C-${'1'.repeat(before - few * filler.length - 2 - `,no${end}`.length)},no${end}`;
  const after = Math.ceil((3 * mega) / filler.length);
  const content = heading + filler.repeat(few) + odd + row + end + filler.repeat(after);
  return { content, rowLine: few + 3, rows: few + 2 + after };
}

const chunksOf = async function* (content: string) {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += 65_537) yield bytes.subarray(at, at + 65_537);
};

describe('a table above 4 MB is read from disk', () => {
  test.each<[string, string, number, string, string[]]>([
    ['a line break in quotes', 'C-X,"y\ns"', 7, '\n', ['C-X', 'y\ns']],
    ['the two characters of a line end in quotes', 'C-X,"y\r\ns"', 7, '\r\n', ['C-X', 'y\ns']],
    ['the two characters of a line end', 'C-X,"y\r\ns"', 11, '\r\n', ['C-X', 'y\ns']],
    ['the two quotes of one', 'C-X,"y""s\nno"', 7, '\n', ['C-X', 'y"s\nno']],
    ['the closing quote and what follows', 'C-X,"y\ns" ', 9, '\n', ['C-X', 'y\ns']],
    ['the blanks after a closing quote', '"C-X"  ,"y\ns"', 6, '\n', ['C-X', 'y\ns']],
    ['a character of three bytes', 'C-X,"y…\ns"', 8, '\n', ['C-X', 'y…\ns']],
    ['a character of four bytes', 'C-X,"y😀\ns"', 7, '\n', ['C-X', 'y😀\ns']],
  ])('with %s on both sides of a cut', async (_, row, at, end, cells) => {
    const { content, rowLine, rows } = largeTable(row, at, end);
    const csv = await openCsv(await tableFile(content));
    expect(csv).toMatchObject({ encoding: 'UTF-8', header: ['case', 'answer'], headerLine: 1, notices: [] });
    expect(csv.record.sha256).toBe(createHash('sha256').update(content).digest('hex'));
    expect(csv.record.bytes).toBe(Buffer.byteLength(content));
    const read = await numberedRows(csv);
    expect(read).toHaveLength(rows);
    const found = read.findIndex(([, name]) => name === 'C-X');
    expect(read[found]).toEqual([rowLine, ...cells]);
    expect(read[found + 1]).toEqual([rowLine + 2, 'C-0000', 'no']);
    expect(read.at(-1)).toEqual([rows + 2, 'C-0000', 'no']);
  });

  test('in batches, as often as asked', async () => {
    const csv = await openCsv(await tableFile(largeTable('C-X,na', 0).content));
    for (const _ of [1, 2]) {
      let batches = 0;
      for await (const { rows } of csv.batches()) {
        batches++;
        expect(rows.length).toBeLessThan(mega / 5);
      }
      expect(batches).toBeGreaterThan(4);
    }
  });

  test('with a heading of 300 KB, which counts with all its lines', async () => {
    const header = Array.from({ length: 4000 }, (_, at) => `${'q'.repeat(60)}\r\n${at}`);
    const heading = header.map((each) => `"${each}…"`).join(',');
    const row = `${'x'.repeat(900)},2,3\r\n`;
    const csv = await openCsv(await tableFile(`\r\n${heading}\r\n${row.repeat(5000)}4,5,6`));
    expect(csv.headerLine).toBe(2);
    expect(csv.header).toHaveLength(4000);
    const lines: number[] = [];
    let last: string[] | undefined;
    for await (const { rows, line } of csv.batches()) {
      lines.push(line(0), line(rows.length - 1));
      last = rows.at(-1);
    }
    expect(lines[0]).toBe(4003);
    expect(lines.at(-1)).toBe(4003 + 5000);
    expect(last?.slice(0, 4)).toEqual(['4', '5', '6', '']);
  });

  test('in UTF-16 and in Windows-1252', async () => {
    const { content, rows } = largeTable('C-X,é\uD83D\uDE00', 5);
    const wide = await openCsv(await tableFile(Buffer.from(`\uFEFF${content}`, 'utf16le')));
    expect(wide.encoding).toBe('UTF-16');
    const high = await openCsv(await tableFile(Buffer.from(`\uFEFF${content}`, 'utf16le').swap16()));
    expect(high.encoding).toBe('UTF-16');
    for (const csv of [wide, high]) {
      const read = await numberedRows(csv);
      expect(read).toHaveLength(rows);
      expect(read.find(([, name]) => name === 'C-X')?.[2]).toBe('é\uD83D\uDE00');
    }
    const narrow = await openCsv(
      await tableFile(Buffer.from(`${largeTable('C-X,no', 0).content}C-Y,\xe9`, 'latin1')),
    );
    expect(narrow.encoding).toBe('Windows-1252');
    expect((await numberedRows(narrow)).at(-1)?.slice(1)).toEqual(['C-Y', 'é']);
  });

  test('from standard input through a temporary file that nobody sees', async () => {
    const { content, rowLine, rows } = largeTable('C-X,"y\ns"', 7);
    const before = await readdir(tmpdir());
    const csv = await openCsv({ name: 'standard input', chunks: chunksOf(content) });
    expect(csv.record).toEqual({
      file: 'standard input',
      sha256: createHash('sha256').update(content).digest('hex'),
      bytes: content.length,
    });
    for (const _ of [1, 2]) {
      const read = await numberedRows(csv);
      expect(read).toHaveLength(rows);
      expect(read.find(([, name]) => name === 'C-X')).toEqual([rowLine, 'C-X', 'y\ns']);
    }
    const left = (await readdir(tmpdir())).filter((name) => !before.includes(name));
    expect(left.filter((name) => name.startsWith('yot-ratings-input'))).toEqual([]);
  });

  test('a small standard input', async () => {
    const csv = await openCsv({ name: 'standard input', chunks: chunksOf('a,b\n1,2\n') });
    expect(csv.file).toBe('standard input');
    expect(await numberedRows(csv)).toEqual([[2, '1', '2']]);
  });
});

describe('a large table that is wrong', () => {
  test('is refused when it has grown since it was opened, though its time is the same', async () => {
    const file = await tableFile(largeTable('C-X,na', 0).content);
    await utimes(file, 1_000_000, 1_000_000);
    const csv = await openCsv(file);
    await appendFile(file, 'C-Y,no\n');
    await utimes(file, 1_000_000, 1_000_000);
    await expect(numberedRows(csv)).rejects.toThrow(
      "table.csv can't be read: it was changed while it was being read",
    );
  });

  test('is refused when it was changed to one of the same size', async () => {
    const { content } = largeTable('C-X,na', 0);
    const file = await tableFile(content);
    const csv = await openCsv(file);
    await writeFile(file, content.replace('na', 'no'));
    await utimes(file, new Date(), new Date(Date.now() + 5000));
    await expect(numberedRows(csv)).rejects.toThrow('it was changed while it was being read');
  });

  test('is refused when it has gone', async () => {
    const file = await tableFile(largeTable('C-X,na', 0).content);
    const csv = await openCsv(file);
    await rm(file);
    await expect(numberedRows(csv)).rejects.toThrow('there is no such file');
  });

  test('says the line of a quote that is never closed, however much follows', async () => {
    const { content } = largeTable('C-X,na', 0);
    const open = `case,answer\nC-1,no\nC-2,"no\n${content}`;
    await expect(numberedRows(await openCsv(await tableFile(open)))).rejects.toMatchObject({
      problems: [{ line: 3, message: 'a quote opens a cell here and is never closed' }],
    });
    // Of more than 8 MB nothing is kept.
    await expect(numberedRows(await openCsv(await tableFile(open + content)))).rejects.toMatchObject({
      problems: [{ line: 3, message: expect.stringMatching(/^a line without an end/) }],
    });
  });

  test('says the line of a quote that stands in a quoted cell', async () => {
    const { content } = largeTable('C-X,na', 0);
    const csv = await openCsv(await tableFile(`case,answer\nC-1,no\nC-2,"say "no" twice"\n${content}`));
    await expect(numberedRows(csv)).rejects.toMatchObject({
      problems: [{ line: 3, message: expect.stringMatching(/write a quote inside a cell twice/) }],
    });
  });

  test('says all that is wrong, also when it is far apart, and gives no rows after the first of it', async () => {
    const { content, rowLine } = largeTable('C-X,na,?', 0);
    const csv = await openCsv(await tableFile(`${content}C-Y,no,?\n`));
    let rows = 0;
    const reading = (async () => {
      for await (const batch of csv.batches()) rows += batch.rows.length;
    })();
    await expect(reading).rejects.toMatchObject({
      problems: [{ line: rowLine, column: 3 }, { column: 3 }],
    });
    expect(rows).toBeLessThan(rowLine);
  });
});
