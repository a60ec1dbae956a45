import { open } from 'node:fs/promises';
import path from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { minimalPdf, shown } from '../../../src/bench/minimal-pdf.js';
import { UserError } from '../../../src/problem.js';
import { limits } from '../../../src/read/document/limits.js';
import { openReport } from '../../../src/read/document/open-report.js';
import { fileOf, folderOf, opened } from './open.js';

/** The message with which a file is refused, its path left out. */
async function refusal(reading: Promise<unknown>): Promise<string> {
  const error = await reading.then(
    () => new Error('nothing was refused'),
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).not.toContain('\n');
  return error.message.replace(/^\S*?report\.txt|^\S+(?= )/, 'file');
}

const page = shown('A report of many words, all of them on one page.', { x: 60, y: 700 });

test.each<[string, string | Buffer, RegExp]>([
  ['an empty file', '', /is empty\. Check/],
  ['blanks', ' \n \n', /has no text: there is nothing but blanks/],
  [
    'a Word document',
    Buffer.from('PK\x03\x04\x14\x00\x06\x00\x08\x00'),
    /a Word document, .* Save it as PDF/,
  ],
  ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR', 'latin1'), /it is a picture/],
  ['a compressed file', gzipSync('A report'), /compressed \(gzip\)\. Unpack it/],
  ['bytes', Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 37) % 256)), /not text and not a PDF/],
  [
    'a PDF of which the end is missing',
    minimalPdf([page, page]).subarray(0, 700),
    /is cut off: .* Download or copy it again/,
  ],
  ['a PDF with nothing in it', '%PDF-1.7\n%%EOF\n', /can't be read as a PDF: it is damaged/],
  [
    'a PDF of pictures',
    minimalPdf(['0 0 100 100 re f\n', '0 0 9 9 re f\n']),
    /has no text: its pages are pictures/,
  ],
])('%s is refused in one message', async (_, content, message) => {
  expect(await refusal(opened(content))).toMatch(message);
});

test('a folder, a file that is not there', async () => {
  const folder = await folderOf();
  expect(await refusal(openReport(folder))).toBe('file is a folder. Name the report in it, a PDF or a text.');
  expect(await refusal(openReport(path.join(folder, 'none.pdf')))).toBe(
    "file can't be read: there is no such file. Check its path.",
  );
});

test('a locked PDF', async () => {
  const { default: PDFDocument } = await import('pdfkit');
  const pdf = new PDFDocument({ userPassword: 'secret', ownerPassword: 'other' });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => pdf.on('end', resolve));
  pdf.text('A report of many words.').end();
  await ended;
  expect(await refusal(opened(Buffer.concat(chunks)))).toBe(
    'file is locked with a password. Save a copy without one, and read that.',
  );
});

test('500 MB of text are refused before they are read', async () => {
  const file = await fileOf('A report\n'.repeat(1000));
  const handle = await open(file, 'r+');
  await handle.truncate(500 * 2 ** 20);
  await handle.close();
  const before = process.memoryUsage.rss();
  const start = performance.now();
  expect(await refusal(openReport(file))).toBe(
    'file has 500 MB; a report is read up to 16 MB of text. Check that it is the right file.',
  );
  expect(performance.now() - start).toBeLessThan(10_000);
  // Much less than the file, and more than the runtime may take meanwhile for itself.
  expect(process.memoryUsage.rss() - before).toBeLessThan(250 * 2 ** 20);
});

test('long lines, many lines, deep HTML and many pages are refused', async () => {
  expect(await refusal(opened(`A\n${'x'.repeat(limits.lineLength + 1)}`))).toMatch(
    /^file:2: this line has 1,048,577 characters; a report's lines have at most 1,048,576/,
  );
  expect(await refusal(opened('a\n'.repeat(limits.textLines + 1)))).toMatch(/has more than 400,000 lines/);
  expect(await refusal(opened(`<table>${'<div>'.repeat(100_000)}`))).toMatch(
    /more than 256 elements inside one another/,
  );
  expect(await refusal(opened(minimalPdf([page, page, page]), { limits: { pages: 2 } }))).toMatch(
    /has 3 pages; a report is read up to 2/,
  );
  expect(await refusal(opened(minimalPdf([page]), { limits: { pdfItems: 0 } }))).toMatch(
    /more text than a report/,
  );
});

test('a PDF that unpacks without bound ends within its memory', async () => {
  // 900 MB of blanks in 900 KB, which the reader has to unpack to find the words behind them.
  const bomb = deflateSync(Buffer.alloc(900 * 2 ** 20, ' '), { level: 1 });
  const before = process.memoryUsage.rss();
  expect(
    await refusal(opened(minimalPdf([{ packed: bomb }]), { limits: { pdfMemory: 200 * 2 ** 20 } })),
  ).toMatch(/^file needs more than 200 MB of memory to be unpacked/);
  expect(process.memoryUsage.rss() - before).toBeLessThan(900 * 2 ** 20);
}, 60_000);

test('a PDF that takes too long ends in time', async () => {
  const pages = Array.from({ length: 400 }, () => page.repeat(300));
  const start = performance.now();
  expect(await refusal(opened(minimalPdf(pages), { limits: { pdfTime: 200 } }))).toMatch(
    /^file takes more than/,
  );
  expect(performance.now() - start).toBeLessThan(10_000);
}, 60_000);

test('after a refusal the next report is read', async () => {
  await refusal(opened('%PDF-1.7\n%%EOF\n'));
  expect((await opened(minimalPdf([page]))).lines.map(({ text }) => text)).toEqual([
    'A report of many words, all of them on one page.',
  ]);
});

// A line of each of these, 300,000 characters long, through everything: an expression that looks back over what it saw takes minutes.
test.each([
  '<',
  '<a ',
  '<sup>',
  '<sup> ',
  '<!--',
  '**',
  '*a',
  '_a ',
  '__',
  '[',
  '![',
  '[a](',
  '$',
  '$^{',
  '^{',
  '\\',
  '^1',
  '&',
  '&#',
  '|',
  '| ',
  '.',
  '. ',
  '…',
  '?)',
  "?'",
  ' ',
  'a  ',
  '1',
  '1 ',
  'a1',
  '-',
  '- ',
  '#',
  '¹',
  '\u200b',
  '1\u200b',
  '☆',
  '(',
  'aa1.',
])('a long line of "%s" takes no longer than it is long', async (part) => {
  const line = part.repeat(Math.ceil(300_000 / part.length));
  const start = performance.now();
  const content = `A report\n${line}\n\n- ${line}\n\nA\t${line}\n1\t2\n| ${line} |\n<table><tr><td>${line}</td></tr></table>\n`;
  // It may be refused, for its depth.
  await opened(content).catch((error) => expect(error).toBeInstanceOf(UserError));
  expect(performance.now() - start).toBeLessThan(30_000);
});

test('a text of a hundred reports is read in bounded time', async () => {
  const line = 'Does planning focus sufficiently on keeping the child safe?   4    3  <b>a</b> 12\n';
  const start = performance.now();
  const { lines } = await opened(line.repeat(40_000));
  expect(lines.length).toBeGreaterThan(30_000);
  expect(performance.now() - start).toBeLessThan(30_000);
}, 60_000);
