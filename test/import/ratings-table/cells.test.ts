import { expect, test } from 'vitest';
import { isBlank, pointsOf, readRating, readScore, withoutMark } from '../../../src/ratings-table/cells.js';
import { type DateFormat, readDate as readDateIn, readingOf } from '../../../src/ratings-table/dates.js';

const today = '2026-11-29';

/** Reads a date in a table of these dates: by itself, if no others are given. What is refused is undefined. */
function readDate(text: string, format?: DateFormat, others: string[] = []): string | undefined {
  const read = readDateIn(text, readingOf([text, ...others], format, { firstYear: '2018', today }));
  if (typeof read === 'string') return read;
  expect(read.problem).toContain(`"${text}"`);
  return undefined;
}

test.each<[text: string, date: string | undefined, format?: DateFormat | undefined, others?: string[]]>([
  ['2021-03-12 00:00:00', '2021-03-12'],
  ['1/2/2021', '2021-02-01'],
  ['12.03.2021', '2021-03-12'],
  ['12 March 2021', '2021-03-12'],
  ['March 12, 2021', '2021-03-12'],
  ['Sept 2021', '2021-09'],
  ['Mar-21', '2021-03'],
  ['03/2019', '2019-03'],
  ['2021', '2021'],
  ['7-Mar-24', '2024-03-07'],
  ['44267', '2021-03-12'],
  ...'31/02/2021 | March 24 | 24-Mar | 2026-11-30 | December 2026 | 2021-13 | Marsh 2021 | 0021-03-12 | soon | 12/03-2021'
    .split(' | ')
    .map((text): [string, undefined] => [text, undefined]),
  ['12/03/2021', '2021-12-03', 'month first'],
  ['25/03/2021', undefined, 'month first'],
  // years of two digits: 31 is no month, and no year that has come
  ['18/02/25', '2025-02-18', undefined, ['31/10/24']],
  ['02/18/25', '2025-02-18', undefined, ['10/31/24']],
  ['25/02/18', '2025-02-18', undefined, ['24/10/31']],
  ['18/02/25', undefined, undefined, ['19/02/24']],
  ['18/02/25', '2025-02-18', 'day first'],
  ['18/02/25', undefined, 'month first'],
  // a year before the first reports is none that is meant, as little as one that has not come
  ['01/02/22', undefined, undefined, ['05/03/27']],
])('the date %s is %s (%s, beside %s)', (text, date, format, others) => {
  expect(readDate(text, format, others)).toBe(date);
});

const scale = ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'];
test.each<[cell: string, rating: unknown, words?: Record<string, string>, scale?: string[]]>([
  [' requires-  Improvement ', 'Requires improvement'],
  ['RI', 'Requires improvement'],
  ['o', 'Outstanding'],
  ['R', 'R'],
  ['g', 'g', {}, ['Grim', 'Good']],
  ['G', 'Outstanding', { G: 'Outstanding' }],
  ['TRUE', 'Good', { true: 'Good', false: 'Inadequate' }],
  ['0', 'Inadequate', { 1: 'Good', 0: 'Inadequate' }],
  ['Paused', null, { paused: 'not rated' }],
  ['tbc', undefined, { TBC: 'not known' }],
  ...['', '-', 'N/A', '#N/A', 'null', '..', '[x]'].map((cell): [string, undefined] => [cell, undefined]),
  ...['UNRATED', 'Not applicable', '[z]'].map((cell): [string, null] => [cell, null]),
])('the rating "%s" is %s', (cell, rating, words, of = scale) => {
  expect(readRating(cell, of, words)).toEqual(rating);
  if (rating == null) expect(isBlank(cell, words)).toBe(true);
});

test.each([
  ['Good *', 'Good'],
  ['Leeds [b]', 'Leeds'],
  ['12/03/2019²', '12/03/2019'],
  ['Good (1)', 'Good'],
  ['21²', '21²'],
  ['24 (1)', '24 (1)'],
  ['Northumberland (JI)', 'Northumberland (JI)'],
  ['*', '*'],
])('"%s" without the mark of a footnote is "%s"', (cell, text) => {
  expect(withoutMark(cell)).toBe(text);
});

test.each<[cell: string, score: object | undefined, isPercent?: boolean]>([
  ['21.0', { score: 21 }],
  ['21/36', { score: 21, out_of: 36 }],
  ['21 out of 36', { score: 21, out_of: 36 }, true],
  ['58.30 %', { score_percent: '58.30' }],
  ['58', { score_percent: '58' }, true],
  ...['12.5', '101%', '21/0', '-3', 'Good', '1e3', '21//36', '1,5'].map((cell): [string, undefined] => [
    cell,
    undefined,
  ]),
])('the score %s is %o', (cell, score, isPercent = false) => {
  expect(readScore(cell, isPercent)).toEqual(score);
});

// Worked by hand: a point of 36 is 2.777…%: 20 are 55.55…, 21 are 58.33…, 18 are 50, 35 are 97.22…; 1 of 8 is 12.5.
test.each<[string, number, number[]]>([
  ['58', 36, [21]],
  ['57', 36, []],
  ['55', 36, []],
  ['58.3', 36, [21]],
  ['50.0', 36, [18]],
  ['55.56', 36, [20]],
  ['97', 36, [35]],
  ['100', 36, [36]],
  ['13', 8, [1]],
  ['12', 8, []],
  ['50', 200, [99, 100]],
])('%s percent of %i is %o points', (percent, maximum, points) => {
  expect(pointsOf(percent, maximum)).toEqual(points);
});
