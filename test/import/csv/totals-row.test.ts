import { expect, test } from 'vitest';
import { isTotalsRow } from '../../../src/import/files/csv/csv-file.js';

test.each([
  [['Total', '', '']],
  [['TOTALS:', '3', 'yes']],
  [['Grand total', '12']],
  [['grand totals :', '']],
  [['sum', '1']],
  [['', '12', '', '3.5', '1,234', '-2', '45%']],
])('a totals row: %j', (row) => {
  expect(isTotalsRow(row)).toBe(true);
});

test.each([
  [['C-1', 'yes', 'no']],
  [['Total-1', '1']],
  [['Summer', '1']],
  [['12', '13']],
  [['', '12', 'yes']],
  [['', '1-2']],
  [['', '', '']],
  [[]],
])('no totals row: %j', (row) => {
  expect(isTotalsRow(row)).toBe(false);
});
