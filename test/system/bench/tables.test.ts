import { expect, test } from 'vitest';
import type { SizeBench } from '../../../src/bench/bench.js';
import { benchTables } from '../../../src/bench/tables.js';

const timing = (median: number) => ({ name: 'of the test', times: [median], median });
const measured: SizeBench = {
  scale: 10,
  inspections: 6200,
  loading: {
    answers: 16_500_000,
    raw: { oneStatement: timing(7000), statementEach: timing(16_000) },
    bulk: timing(24_000),
  },
  one: { answers: 2700, total: 80, foreignKeys: 40, primaryKey: 4.4, read: 11 },
  questions: [
    {
      question: 'trend',
      rows: 1234,
      timings: {
        ours: timing(3),
        duckdbTable: timing(48),
        duckdbResults: timing(2),
        plainViews: timing(4500),
      },
    },
  ],
  views: [
    { view: 'overall_rating', rows: 6200, all: 40, one: 0.5 },
    { view: 'rating_trend', rows: 300, all: 30 },
  ],
  upkeep: { results: 12, computing: 2, reading: 20, answers: 60, refresh: 4500 },
};

test('a question is a row: our time, and each other contender with the ratio of ours to its own', () => {
  const row = benchTables([measured]).find((line) => line.includes('year x standard'));
  expect(row?.split('|').map((cell) => cell.trim())).toEqual([
    '',
    '10x',
    'year x standard: yes and relevant cases',
    '1,234',
    '3.00',
    '48.0',
    '0.063',
    '–',
    '–',
    '2.00',
    '1.50',
    '4,500',
    '0.001',
    '–',
    '–',
    '',
  ]);
});

test('keeping results is held against writing the answers, and against a materialised view', () => {
  expect(benchTables([measured])).toContain('| 10x | 12.0 | 60.0 | 0.200 | 80.0 | 0.150 | 4,500 | 1/375 |');
});

test('every row has as many cells as its heading', () => {
  const tables = benchTables([measured]).join('\n').split('\n\n');
  expect(tables).toHaveLength(5);
  for (const table of tables)
    expect(new Set(table.split('\n').map((line) => line.split('|').length)).size).toBe(1);
});

test('a view is a row, with its time for everything and for one inspection where it has one', () => {
  const lines = benchTables([measured]);
  expect(lines).toContain('| overall_rating | 6,200 | 40.0 | 0.500 |');
  expect(lines).toContain('| rating_trend | 300 | 30.0 | – |');
});

test('reading a PDF is a table of its own, where it was measured', () => {
  const reading = { pages: 50, pieces: 4850, lines: 800, ours: timing(180), library: timing(150) };
  const lines = benchTables([{ ...measured, reading }]);
  expect(lines.at(-1)).toBe('| 50 pages | 4,850 | 800 | 180 | 150 | 1.20 |');
  expect(lines.at(-2)?.split('|').length).toBe(lines.at(-1)?.split('|').length);
});
