import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { csvLine } from '../../src/export/csv.js';
import { seed } from '../support/seed.js';

test.each([
  [[null, 'b'], ',b\r\n'],
  [['', null], '"",\r\n'],
  [['a,b', 'say "a"'], '"a,b","say ""a"""\r\n'],
  [['a\nb', ' ; '], '"a\nb", ; \r\n'],
  [['a\rb', null], '"a\rb",\r\n'],
])('%j is the line %j', (row, line) => {
  expect(csvLine(row)).toBe(line);
});

test('other readers of CSV get back whatever was written', () => {
  const cell = fc.string({ unit: 'grapheme' }).filter((text) => text !== '');
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const text = rows.map(csvLine).join('');
      const { data } = Papa.parse<string[]>(text, { delimiter: ',', newline: '\r\n' });
      expect(data.slice(0, -1)).toEqual(rows);
    }),
    { seed },
  );
});
