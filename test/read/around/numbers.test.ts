import { expect, test } from 'vitest';
import { numberOf, numbersIn } from '../../../src/read/around/numbers.js';

test.each([
  ['seven', 7],
  ['Thirteen', 13],
  ['twenty-one', 21],
  ['ninety nine', 99],
  ['a hundred', 100],
  ['1,250', 1250],
  ['38.2', 38.2],
])('%s is %d', (text, value) => {
  expect(numberOf(text)).toBe(value);
});

test.each(['sevn', '12,5', '1.2.3', 'a few', '', '1O'])('«%s» is no number', (text) => {
  expect(numberOf(text)).toBeUndefined();
});

const short = (text: string) =>
  numbersIn(text).map(
    ({ value, isPercent, isOrdinal }) => `${value}${isPercent ? '%' : ''}${isOrdinal ? '.' : ''}`,
  );

test.each([
  ['Of 1,204 children, 48.6 per cent and three others', ['1204', '48.6%', '3']],
  ['Ninety-six per cent of staff; 92% of volunteers', ['96%', '92%']],
  ['a fifth of them and three-quarters of the rest', ['20%', '75%']],
  ['the fifth highest and the 2nd lowest', ['5.', '2.']],
  ['no part of longer things: 2019/2020, AIM3, 0–19, 1.2.3, 39,07 or post-16', []],
  ['multi-one-off', []],
  ['Eigthy-six per cent and FFifty-five, not twenty-six', ['26']],
])('the numbers of «%s»', (text, numbers) => {
  expect(short(text)).toEqual(numbers);
});

test('a number says where it stands, its sign included', () => {
  const text = 'about 52 per cent of them';
  const [number] = numbersIn(text);
  expect(text.slice(number?.start, number?.end)).toBe('52 per cent');
});
