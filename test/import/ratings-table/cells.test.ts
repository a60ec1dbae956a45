import { describe, expect, test } from 'vitest';
import { isBlank, readRating, readScore, withoutMark } from '../../../src/ratings-table/cells.js';
import { pointsOf, roundsTo } from '../../../src/ratings-table/consistency.js';
import { type DateFormat, readDate as readDateIn, readingOf } from '../../../src/ratings-table/dates.js';

const today = '2026-11-29';

/** Reads a date in a table of these dates: by itself, if no others are given. What is refused is undefined. */
function readDate(text: string, format?: DateFormat, others: string[] = []): string | undefined {
  const read = readDateIn(text, readingOf([text, ...others], format, { firstYear: '2018', today }));
  if (typeof read === 'string') return read;
  expect(read.problem).toContain(`"${text}"`);
  return undefined;
}

const scale = ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'];

describe('a date', () => {
  test.each<[text: string, date: string | undefined, format?: DateFormat | undefined, others?: string[]]>([
    ['2021-03-12', '2021-03-12'],
    ['2021-03-12 00:00:00', '2021-03-12'],
    ['12/03/2021', '2021-03-12'],
    ['1/2/2021', '2021-02-01'],
    ['12.03.2021', '2021-03-12'],
    ['12 March 2021', '2021-03-12'],
    ['12-Mar-21', '2021-03-12'],
    ['March 12, 2021', '2021-03-12'],
    ['March 2021', '2021-03'],
    ['Sept 2021', '2021-09'],
    ['Mar-21', '2021-03'],
    ['03/2019', '2019-03'],
    ['2021-03', '2021-03'],
    ['2021', '2021'],
    ['7-Mar-24', '2024-03-07'],
    ['44267', '2021-03-12'],
    ['31/02/2021', undefined],
    ['29/02/2021', undefined],
    ['03/25/2021', undefined],
    ['March 24', undefined],
    ['24-Mar', undefined],
    ['2026-11-30', undefined],
    ['December 2026', undefined],
    ['2021-13', undefined],
    ['Marsh 2021', undefined],
    ['0021-03-12', undefined],
    ['soon', undefined],
    ['12/03-2021', undefined],
    ['12/03/2021', '2021-12-03', 'month first'],
    ['25/03/2021', undefined, 'month first'],
    ['12 March 2021', '2021-03-12', 'month first'],
    // years of two digits: 31 is no month, and no year that has come
    ['18/02/25', '2025-02-18', undefined, ['31/10/24']],
    ['02/18/25', '2025-02-18', undefined, ['10/31/24']],
    ['25/02/18', '2025-02-18', undefined, ['24/10/31']],
    ['18/02/25', undefined, undefined, ['19/02/24']],
    ['12/03/21', undefined],
    ['18/02/25', '2025-02-18', 'day first'],
    ['02/18/25', '2025-02-18', 'month first'],
    ['18/02/25', undefined, 'month first'],
    // a year before the first reports is none that is meant, as little as one that has not come
    ['01/02/22', undefined, undefined, ['05/03/27']],
    ['05/03/27', undefined, 'day first'],
  ])('%s is %s (%s, beside %s)', (text, date, format, others) => {
    expect(readDate(text, format, others)).toBe(date);
  });
});

describe('a rating', () => {
  const refused = expect.objectContaining({ problem: expect.any(String) });
  test.each<[cell: string, rating: unknown, words?: Record<string, string>, scale?: string[]]>([
    ['GOOD', 'Good'],
    [' requires  Improvement ', 'Requires improvement'],
    ['requires-improvement', 'Requires improvement'],
    ['RI', 'Requires improvement'],
    ['o', 'Outstanding'],
    ['R', refused],
    ['g', refused, {}, ['Grim', 'Good']],
    ['Needs work', 'Requires improvement', { 'needs work': 'Requires improvement' }],
    ['G', 'Outstanding', { G: 'Outstanding' }],
    ['TRUE', 'Good', { true: 'Good', false: 'Inadequate' }],
    ['0', 'Inadequate', { 1: 'Good', 0: 'Inadequate' }],
    ['TRUE', refused],
    ['Paused', null, { paused: 'not rated' }],
    ['tbc', undefined, { TBC: 'not known' }],
    ['x', refused, { x: 'Fine' }],
  ])('"%s" is %s', (cell, rating, words, of = scale) => {
    expect(readRating(cell, of, words)).toEqual(rating);
  });

  test('that is none is refused with the nearest, and with how a map says what it means', () => {
    expect(readRating('Goood', scale)).toEqual({
      problem: expect.stringMatching(
        /^"Goood" is no rating \(did you mean "Good"\?\): .*not rated.*not known.* in a column map: ratings: \{"Goood": …\}$/,
      ),
    });
  });

  test.each(['', '-', 'n/a', 'N/A', '#N/A', 'NULL', 'null', '..', 'Unknown', '[x]'])(
    '"%s" is not known',
    (cell) => {
      expect([readRating(cell, scale), isBlank(cell)]).toEqual([undefined, true]);
    },
  );
  test.each(['Not rated', 'UNRATED', 'Not applicable', '[z]'])('"%s" is not rated', (cell) => {
    expect([readRating(cell, scale), isBlank(cell)]).toEqual([null, true]);
  });

  test.each([
    ['Good*', 'Good'],
    ['Good †', 'Good'],
    ['Leeds [b]', 'Leeds'],
    ['Good²', 'Good'],
    ['Good (1)', 'Good'],
    ['Good^1', 'Good'],
    ['12/03/2019²', '12/03/2019'],
    ['21²', '21²'],
    ['24 (1)', '24 (1)'],
    ['Northumberland (JI)', 'Northumberland (JI)'],
    ['[z]', '[z]'],
    ['*', '*'],
  ])('"%s" without the mark of a footnote is "%s"', (cell, text) => {
    expect(withoutMark(cell)).toBe(text);
  });

  test('by a word of a map that is a number says nothing of a score', () => {
    expect(isBlank('tbc', { tbc: 'not known' })).toBe(true);
    expect(isBlank('0', { 0: 'not known' })).toBe(false);
  });
});

describe('a score', () => {
  test.each<[cell: string, score: object | undefined, is?: 'percent']>([
    ['21', { score: '21' }],
    ['21/36', { score: '21', out_of: '36' }],
    ['21 out of 36', { score: '21', out_of: '36' }],
    ['12.5', { score: '12.5' }],
    ['58%', { score_percent: '58' }],
    ['58.30 %', { score_percent: '58.30' }],
    ['58', { score_percent: '58' }, 'percent'],
    ['21/36', { score: '21', out_of: '36' }, 'percent'],
    ...['-3', 'Good', '21/', '1e3', '%', '21//36', '1,5'].map((cell): [string, undefined] => [
      cell,
      undefined,
    ]),
  ])('%s is %o', (cell, score, is = 'points' as never) => {
    expect(readScore(cell, is)).toEqual(score);
  });

  // Worked by hand: a point of 36 is 2.777…%: 20 are 55.55…, 21 are 58.33…, 18 are 50, 1 is 2.77…, 35 are 97.22…
  test.each([
    ['58', [21]],
    ['50', [18]],
    ['56', [20]],
    ['57', []],
    ['55', []],
    ['58.3', [21]],
    ['58.4', []],
    ['50.0', [18]],
    ['55.56', [20]],
    ['55.55', []],
    ['3', [1]],
    ['97', [35]],
    ['0', [0]],
    ['100', [36]],
  ])('of %s percent of 36 is %o points', (percent, points) => {
    expect(pointsOf(percent, 36)).toEqual(points);
  });

  test('in percent is rounded half up: 1 of 8 is 12.5, and so 13; of more than 100 points several may be meant', () => {
    expect(['13', '12', '12.5'].map((percent) => roundsTo(1, 8, percent))).toEqual([true, false, true]);
    expect(pointsOf('50', 200)).toEqual([99, 100]);
  });
});
