import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openCsv } from '../../../src/import/files/csv/csv-file.js';
import { complaints, numberedRows, table, tableFile } from './table.js';

const text = 'case,réponse\nC-1,oui – “déjà”\n';
const read = [[2, 'C-1', 'oui – “déjà”']];

/** Hand-made, because Node.js writes no UTF-16 with the high byte first. */
const highFirst = (content: string) =>
  Buffer.from([...content].flatMap((char) => [char.charCodeAt(0) >> 8, char.charCodeAt(0) & 255]));

describe('encodings', () => {
  test.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(text), 'UTF-8'],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`), 'UTF-8'],
    ['UTF-16, low byte first', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'UTF-16'],
    ['UTF-16, high byte first', highFirst(`\uFEFF${text}`), 'UTF-16'],
  ])('%s', async (_, bytes, encoding) => {
    const csv = await table(bytes);
    expect(csv).toMatchObject({ encoding, header: ['case', 'réponse'], notices: [] });
    expect(await numberedRows(csv)).toEqual(read);
  });

  test('anything else is Windows-1252, and that is said', async () => {
    const csv = await table(
      Buffer.from('case,r\xe9ponse\nC-1,oui \x96 \x93d\xe9j\xe0\x94 \x80 \x9f\n', 'latin1'),
    );
    expect(csv).toMatchObject({ encoding: 'Windows-1252', header: ['case', 'réponse'] });
    expect(csv.notices).toEqual([
      { file: csv.file, message: expect.stringMatching(/^not UTF-8: read as Windows-1252/) },
    ]);
    expect(await numberedRows(csv)).toEqual([[2, 'C-1', 'oui – “déjà” € Ÿ']]);
  });

  test('the record is of all bytes, mark and all', async () => {
    const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
    const { record, file } = await table(bytes);
    expect(record).toEqual({
      file,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
    });
  });

  test('UTF-16 with half a character at its end', async () => {
    const csv = await table(Buffer.concat([highFirst(`\uFEFF${text}`), Buffer.from([0])]));
    expect(await numberedRows(csv)).toEqual(read);
  });
});

describe('what is no text', () => {
  test.each<[string, string | Buffer, RegExp]>([
    ['a workbook', 'PK\x03\x04\x14\0\x06\0\x08\0\0\0', /a workbook \(\.xlsx, \.ods\).*save the sheet as CSV/],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), /old Excel.*save the sheet as CSV/],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n', /it is a PDF, not a CSV/],
    ['gzip', Buffer.from('1f8b0800000000000003', 'hex'), /compressed \(gzip\)\. Unpack it first/],
    ['a web page', '\n<!DOCTYPE html><table><tr><td>case', /a web page or XML.*save the sheet as CSV/],
    ['UTF-16 without its mark', Buffer.from(text, 'utf16le'), /not text \(or UTF-16 without its mark\)/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802', 'hex'), /not text/],
  ])('%s', async (_, bytes, message) => {
    const [first, ...more] = await complaints(bytes);
    expect(first).toMatch(/^table\.csv can't be read: it is /);
    expect(first).toMatch(message);
    expect(more).toEqual([]);
  });

  test('a NUL in the text is a problem at its cell', async () => {
    expect(await complaints('case,answer\nC-1,yes\nC-2,"y\0s"\n')).toEqual([
      "table.csv can't be read.",
      '3:2: a NUL character, which is no text: remove it',
    ]);
    expect(await complaints('case,ans\0wer\nC-1,yes\n')).toEqual([
      "table.csv can't be read.",
      '1:2: a heading with a NUL character: remove it',
    ]);
  });
});

describe('files that are not there', () => {
  test('no file, and a folder', async () => {
    const file = await tableFile('');
    await expect(openCsv(`${file}.csv`)).rejects.toThrow(
      "table.csv.csv can't be read: there is no such file: correct the path or put the file there.",
    );
    await expect(openCsv(file.replace(/table\.csv$/, ''))).rejects.toThrow(
      "can't be read: it is a folder: name a file in it.",
    );
  });
});
