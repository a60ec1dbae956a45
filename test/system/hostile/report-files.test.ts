import { truncate } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import PDFDocument from 'pdfkit';
import { expect, test } from 'vitest';
import { minimalPdf, shown } from '../../../scripts/bench/minimal-pdf.js';
import { knownEditions } from '../../../src/import/edition/edition-file.js';
import { UserError } from '../../../src/problem.js';
import { limits } from '../../../src/read/file/limits.js';
import { openReport } from '../../../src/read/file/open-report.js';
import { opened } from '../../read/opened.js';
import { testFolder } from '../../support/bundles.js';
import { someOf } from '../../support/in-full.js';
import { editionOf, readText, smallReport } from '../../support/small-report.js';

const files = testFolder();

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

test.each<[string, () => string | Buffer | Promise<Buffer>, RegExp]>([
  ['an empty file', () => '', /^file is empty\. Check/],
  ['blanks', () => ' \n \n', /has no text: there is nothing but blanks/],
  ['a Word document', () => Buffer.from('PK\x03\x04\x14\x00\x06\x00\x08\x00'), /is neither a PDF nor text/],
  ['a compressed file', () => gzipSync('A report'), /neither a PDF nor text\. .* unpack what is compressed/],
  ['half a PDF', () => minimalPdf([page, page]).subarray(0, 700), /is cut off: .* copy it again/],
  [
    'a damaged PDF',
    () =>
      Buffer.from(
        minimalPdf([page])
          .toString('latin1')
          .replace(/\/Kids *\[[^\]]*\]/, '/Kids 7'),
        'latin1',
      ),
    /^file can't be read as a PDF: it is damaged or cut off \(Page dictionary kids object .* array\)\. Download/,
  ],
  ['a PDF of pictures', () => minimalPdf(['0 0 9 9 re f\n']), /has no text: its pages are pictures/],
  ['a locked PDF', lockedPdf, /^file is locked with a password\. Save a copy/],
  ['a long line', () => `A\n${'x'.repeat(limits.lineLength + 1)}`, /^file:2: this line has 1,048,577/],
  ['many lines', () => 'a\n'.repeat(limits.textLines + 1), /has more than 400,000 lines/],
  ['deep HTML', () => `<html><body>${'<div>'.repeat(20_000)}`, /more than 256 elements inside/],
  ['endless HTML in a text', () => `${'<table>\n'.repeat(200_000)}</table>\n`, /has more than 100,000 tags/],
])('%s is refused in one message', async (_, content, message) => {
  expect(await refusal(opened(await content()))).toMatch(message);
});

async function lockedPdf(): Promise<Buffer> {
  const pdf = new PDFDocument({ userPassword: 'secret', ownerPassword: 'other' });
  const locked = buffer(pdf);
  pdf.text('A report of many words.').end();
  return locked;
}

test('what is too large is refused before it costs anything, and what is no file', async () => {
  const folder = await files.folder({ 'large.txt': 'A report\n'.repeat(1000) });
  const file = (name: string) => path.join(folder, name);
  await truncate(file('large.txt'), 500 * 2 ** 20);
  expect(await refusal(openReport(file('large.txt')))).toMatch(
    /^file has 500 MB; a report is read up to 16 MB of text/,
  );
  expect(await refusal(opened(minimalPdf([page, page, page]), { pages: 2 }))).toMatch(
    /has 3 pages; a report/,
  );
  expect(await refusal(opened(minimalPdf([page]), { pdfItems: 0 }))).toMatch(/more text than a report/);
  expect(await refusal(openReport(folder))).toBe('file is a folder. Name a report, a PDF or a text.');
  expect(await refusal(openReport(file('none.pdf')))).toMatch(
    /^file can't be read: there is no such file: correct the path/,
  );
});

test('a PDF that unpacks without bound ends within its memory, one that takes too long in time; the next is read', async () => {
  // 400 MB of blanks in 400 KB, which the reader has to unpack to find the words behind them.
  const bomb = deflateSync(Buffer.alloc(400 * 2 ** 20, ' '), { level: 1 });
  const before = process.memoryUsage.rss();
  expect(await refusal(opened(minimalPdf([{ packed: bomb }]), { pdfMemory: 100 * 2 ** 20 }))).toMatch(
    /^file needs more than 100 MB of memory to be unpacked/,
  );
  expect(process.memoryUsage.rss() - before).toBeLessThan(400 * 2 ** 20);
  const pages = Array.from({ length: 400 }, () => page.repeat(300));
  expect(await refusal(opened(minimalPdf(pages), { pdfTime: 200 }))).toMatch(/^file takes more than/);
  expect((await opened(minimalPdf([page]))).lines).toHaveLength(1);
}, 60_000);

// A line of each of these, 200,000 characters long, everywhere in a report: an expression that looks back over what it saw takes minutes.
const parts = someOf(
  '<|<sup> |<!--|**|_a |![|[a](|$^{|^1|&#|. |?)| |a  |1 |- |¹|1\u200b|aa1.|Score |n/a |\t|a\t|:|: |discretion |x|overall service '
    .split('|')
    .concat('|', '| ', '|--'),
  3,
);
test.each(parts)(
  'a long line of "%s" takes no longer than it is long',
  async (part) => {
    const line = part.repeat(Math.ceil(200_000 / part.length));
    const [editions, edition] = [await knownEditions(), await editionOf('2021')];
    const begun = ['', '- ', 'A discretion\t', '1\t', '|', '# '].map((begin) => `${begin}${line}`);
    const all = [...begun, `| ${line} |`, `<table><tr><td>${line}</td></tr></table>`, `¹ ${line} Good`];
    const start = performance.now();
    try {
      readText(
        smallReport(edition, { foreword: all, recommendations: all, facts: all, text: { '2': all } }),
        editions,
      );
    } catch (error) {
      // It may be refused, for its depth.
      if (!(error instanceof UserError)) throw error;
    }
    expect(performance.now() - start).toBeLessThan(30_000);
  },
  120_000,
);

test('a report with pieces lost, doubled and moved is read or refused, and nothing else', async () => {
  const [editions, edition] = [await knownEditions(), await editionOf('2021')];
  const lines = smallReport(edition).split('\n');
  const pieces = fc.array(fc.tuple(fc.nat(lines.length), fc.nat(40), fc.nat(lines.length)), { maxLength: 6 });
  fc.assert(
    fc.property(pieces, (moves) => {
      let changed = lines;
      for (const [from, length, to] of moves)
        changed = changed.toSpliced(to, length % 7, ...changed.slice(from, from + length));
      try {
        readText(changed.join('\n'), editions);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);
