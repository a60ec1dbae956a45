import { expect, test } from 'vitest';
import { cellOf, isFiguresOnly } from '../../src/read/figures/cells.js';

test.each([
  ['4', 4],
  [' 12 ', 12],
  ['0', 0],
  ['91%', 91],
  ['91 %', 91],
  ['100%', 100],
  ['₂', 2],
  ['ve ₂', 2],
  ['n 1', 1],
  ['ved 3', 3],
])('"%s" is a number', (text, value) => {
  expect(cellOf(text)).toMatchObject({ kind: 'number', value });
});

test.each([
  'l2',
  '1O',
  '4?',
  '91%%',
  '004',
  '4.',
  '9 1',
  '1,2',
  '%',
  'l 2',
  'o 4',
  '-4',
  '4/5',
  '1234',
  '4 4',
])('"%s" is no number, whatever it seems to be', (text) => {
  expect(cellOf(text).kind).toBe('odd');
});

test.each(['', '  ', '-', '–', '…'.repeat(0), 'involved'])('"%s" is lost', (text) => {
  expect(cellOf(text).kind).toBe('lost');
});

test.each(['N/A', 'n/a', 'N / A', 'NA', 'N\\A', 'not applicable'])(
  '"%s" says that no case is relevant',
  (text) => {
    expect(cellOf(text).kind).toBe('not applicable');
  },
);

test('a line of figures has nothing else in it', () => {
  expect(isFiguresOnly(['64%'])).toBe(true);
  expect(isFiguresOnly(['4', '3'])).toBe(true);
  expect(isFiguresOnly(['N/A', 'N/A'])).toBe(true);
  expect(isFiguresOnly(['Good', '3'])).toBe(false);
  expect(isFiguresOnly([''])).toBe(false);
});
