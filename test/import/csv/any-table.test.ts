import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openCsv } from '../../../src/import/files/csv/csv-file.js';
import { seed } from '../../support/seed.js';
import { numberedRows } from './table.js';

const delimiters = [',', ';', '\t'] as const;

/** Cells as batches give them: without blanks around, nothing unseen, in one form, and with line breaks as LF. */
const cell = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '\n', ' ', 'a', 'é', '😀', '1'), maxLength: 12 }),
  )
  .map((text) =>
    text
      .normalize('NFC')
      .replaceAll(/\0|\p{Default_Ignorable_Code_Point}/gu, '')
      .replaceAll(/\p{Zs}/gu, ' ')
      .replaceAll(/\r\n?/g, '\n')
      .trim(),
  );

const tables = fc.integer({ min: 2, max: 5 }).chain((width) =>
  fc.record({
    width: fc.constant(width),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 }),
    delimiter: fc.constantFrom(...delimiters),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    mark: fc.boolean(),
    lastEnd: fc.boolean(),
    // How many of the cells are in quotes that need none, and how many blanks stand around those that are in none.
    quotes: fc.infiniteStream(fc.boolean()),
    blanks: fc.infiniteStream(fc.constantFrom('', '', ' ', '  ')),
    cut: fc.integer({ min: 1, max: 50 }),
  }),
);

test('any table is read as it was written, each row with its line', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async ({ width, rows, delimiter, end, mark, lastEnd, quotes, blanks, cut }) => {
      const write = (text: string) => {
        const broken = text.replaceAll('\n', end);
        if (/[",;\t\n]/.test(text) || quotes.next().value) return `"${broken.replaceAll('"', '""')}"`;
        const around = blanks.next().value;
        return `${around}${broken}${around}`;
      };
      const heading = Array.from({ length: width }, (_, at) => `q${at}`);
      const lines = [heading, ...rows].map((row) => row.map(write).join(delimiter));
      const text = (mark ? '\uFEFF' : '') + lines.join(end) + (lastEnd ? end : '');

      const expected: unknown[] = [];
      let line = 2;
      for (const row of rows) {
        if (row.some((each) => each !== '')) expected.push([line, ...row]);
        line += 1 + row.join('').split('\n').length - 1;
      }

      const bytes = Buffer.from(text);
      const chunks = (async function* () {
        for (let at = 0; at < bytes.length; at += cut) yield bytes.subarray(at, at + cut);
      })();
      const csv = await openCsv({ name: 'standard input', chunks });
      expect(csv.header).toEqual(heading);
      expect(numberedRows(csv)).toEqual(expected);
    }),
    { seed, numRuns: 500 },
  );
});
