import { describe, expect, test } from 'vitest';
import type { DateFormat } from '../../../src/ratings-table/column-map.js';
import { readDate as readDateIn, readingOf } from '../../../src/ratings-table/dates.js';
import { inPercent, pointsOf, readScore, roundsTo, wholePoints } from '../../../src/ratings-table/score.js';
import { isBlank, readRating, withoutMark } from '../../../src/ratings-table/words.js';

const today = '2026-11-29';

/** Reads a date in a table of these dates: by itself, if no others are given. */
const readDate = (text: string, format?: DateFormat, others: string[] = []) =>
  readDateIn(text, readingOf([text, ...others], format, { firstYear: '2018', today }));

const scale = ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'];

describe('a date', () => {
  test.each([
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
  ])('%s is %s', (text, date) => {
    expect(readDate(text)).toBe(date);
  });

  test.each([
    ['31/02/2021', /no day that there is/],
    ['29/02/2021', /no day that there is/],
    ['03/25/2021', /no day that there is, unless it is month first/],
    ['12/03/21', /year of two digits, and more than one meaning in this table: say date_format/],
    ['March 24', /may be March 2024 or day 24 of March: write the year in full/],
    ['2026-11-30', /is in the future/],
    ['December 2026', /is in the future/],
    ['2021-13', /a month that there is not/],
    ['Marsh 2021', /a month that there is not/],
    ['0021-03-12', /a year that can not be/],
    ['24-Mar', /has no year, or may be Mar 2024: write the year in full/],
    ['soon', /no date that can be read/],
    ['12/03-2021', /no date that can be read/],
  ])('%s is refused, with what is allowed', (text, why) => {
    const refused = readDate(text) as { problem: string };
    expect(refused.problem).toMatch(why);
    expect(refused.problem).toContain(`"${text}"`);
    if (!/future/.test(refused.problem)) expect(refused.problem).toContain('12/03/2021 (day first)');
  });

  test('with a year of two digits is read where the dates of the table allow one order only', () => {
    // 31 is no month, and no year that has come
    expect(readDate('18/02/25', undefined, ['31/10/24'])).toBe('2025-02-18');
    expect(readDate('02/18/25', undefined, ['10/31/24'])).toBe('2025-02-18');
    expect(readDate('25/02/18', undefined, ['24/10/31'])).toBe('2025-02-18');
    expect(readDate('18/02/25', undefined, ['19/02/24'])).toEqual({ problem: expect.any(String) });
    expect(readDate('18/02/25', 'day first')).toBe('2025-02-18');
    expect(readDate('02/18/25', 'month first')).toBe('2025-02-18');
    expect(readDate('18/02/25', 'month first')).toEqual({ problem: expect.any(String) });
    expect(readDate('18/02/25', 'iso')).toEqual({ problem: expect.any(String) });
    // a year before the first reports is none that is meant, as little as one that has not come
    const refused = { problem: expect.stringMatching(/no meaning that all dates of this table allow: say/) };
    expect(readDate('01/02/22', undefined, ['05/03/27'])).toEqual(refused);
    expect(readDate('05/03/27', 'day first')).toEqual({ problem: expect.stringContaining('in the future') });
  });

  test('is read month first when told so', () => {
    expect(readDate('12/03/2021', 'month first')).toBe('2021-12-03');
    expect(readDate('25/03/2021', 'month first')).toEqual({
      problem: expect.stringContaining('unless it is day first'),
    });
    expect(readDate('12 March 2021', 'month first')).toBe('2021-03-12');
  });

  test('of three numbers is ambiguous when told that dates are ISO', () => {
    expect(readDate('12/03/2021', 'iso')).toEqual({
      problem: expect.stringContaining('may be day or month first'),
    });
    expect(readDate('2021-03-12', 'iso')).toBe('2021-03-12');
  });
});

describe('a rating', () => {
  test.each([
    ['Good', 'Good'],
    ['GOOD', 'Good'],
    [' requires  Improvement ', 'Requires improvement'],
    ['requires-improvement', 'Requires improvement'],
    ['RI', 'Requires improvement'],
    ['o', 'Outstanding'],
  ])('"%s" is %s', (cell, rating) => {
    expect(readRating(cell, scale)).toEqual({ rating });
  });

  test('that is none is refused with the nearest', () => {
    expect(readRating('Goood', scale)).toEqual({
      problem: expect.stringMatching(
        /^"Goood" is no rating \(did you mean "Good"\?\): Inadequate, Requires improvement, Good, Outstanding, not rated \("unrated", .*\), not known \(a blank cell, .*"null" .*\)\. .* in a column map: ratings: \{"Goood": …\}$/,
      ),
    });
    expect(readRating('R', scale)).toHaveProperty('problem');
  });

  test("may be a user's word, which goes before ours", () => {
    expect(readRating('Needs work', scale, { 'needs work': 'Requires improvement' })).toEqual({
      rating: 'Requires improvement',
    });
    expect(readRating('G', scale, { G: 'Outstanding' })).toEqual({ rating: 'Outstanding' });
    expect(readRating('TRUE', scale, { true: 'Good', false: 'Inadequate' })).toEqual({ rating: 'Good' });
    expect(readRating('0', scale, { 1: 'Good', 0: 'Inadequate' })).toEqual({ rating: 'Inadequate' });
    expect(readRating('TRUE', scale)).toHaveProperty('problem');
    expect(readRating('Paused', scale, { paused: 'not rated' })).toBe('not rated');
    expect(readRating('tbc', scale, { TBC: 'not known' })).toBe('not known');
    expect(readRating('x', scale, { x: 'Fine' })).toEqual({
      problem: expect.stringContaining('"x" (by the column map "Fine") is no rating'),
    });
  });

  test.each([
    ...['', '-', 'n/a', 'N/A', '#N/A', 'NULL', 'null', '..', 'Unknown', '[x]'].map((cell) => [
      cell,
      'not known',
    ]),
    ...['Not rated', 'UNRATED', 'Not applicable', '[z]'].map((cell) => [cell, 'not rated']),
  ])('"%s" is %s', (cell, said) => {
    expect(readRating(cell, scale)).toBe(said);
    expect(isBlank(cell)).toBe(true);
  });

  test.each([
    ['Good*', 'Good'],
    ['Good †', 'Good'],
    ['Good [1]', 'Good'],
    ['Leeds [b]', 'Leeds'],
    ['Good²', 'Good'],
    ['Good (1)', 'Good'],
    ['Good^1', 'Good'],
    ['12/03/2019²', '12/03/2019'],
    ['21²', '21²'],
    ['24 (1)', '24 (1)'],
    ['Northumberland (JI)', 'Northumberland (JI)'],
    ['Good [z]', 'Good [z]'],
    ['[z]', '[z]'],
    ['*', '*'],
    ['21/36 (58%)', '21/36 (58%)'],
  ])('"%s" without the mark of a footnote is "%s"', (cell, text) => {
    expect(withoutMark(cell)).toBe(text);
  });

  test('of a user that is a number says nothing of a score', () => {
    expect(isBlank('tbc', { tbc: 'not known' })).toBe(true);
    expect(isBlank('0', { 0: 'not known' })).toBe(false);
  });

  test('by initials is refused where two words have them', () => {
    expect(readRating('g', ['Grim', 'Good'])).toHaveProperty('problem');
  });
});

describe('a score', () => {
  test.each([
    ['21', { points: '21' }],
    ['21/36', { points: '21', outOf: 36 }],
    ['21 out of 36', { points: '21', outOf: 36 }],
    ['12.5', { points: '12.5' }],
    ['58%', { percent: '58' }],
    ['58.30 %', { percent: '58.30' }],
    ['21/36 (58%)', { points: '21', outOf: 36, percent: '58' }],
  ])('%s is %o', (cell, score) => {
    expect(readScore(cell, 'points')).toEqual(score);
  });

  test.each(['-3', 'Good', '21/', '1e3', '%', '21//36', '1,5'])('%s is none', (cell) => {
    expect(readScore(cell, 'points')).toBeUndefined();
  });

  test('is a percentage when told so', () => {
    expect(readScore('58', 'percent')).toEqual({ percent: '58' });
    expect(readScore('21/36', 'percent')).toEqual({ points: '21', outOf: 36 });
  });

  test('is whole, or not', () => {
    expect(['21', '21.0', '12.5', '21.01'].map(wholePoints)).toEqual([21, 21, undefined, undefined]);
  });
});

// Worked by hand: a point of 36 is 2.777…%: 20 are 55.55…, 21 are 58.33…, 18 are 50, 1 is 2.77…, 35 are 97.22…
describe('a percentage of 36 points', () => {
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
  ])('%s is %o points', (percent, points) => {
    expect(pointsOf(percent, 36)).toEqual(points);
  });

  test('rounds half up: 1 of 8 is 12.5, and so 13', () => {
    expect(roundsTo(1, 8, '13')).toBe(true);
    expect(roundsTo(1, 8, '12')).toBe(false);
    expect(roundsTo(1, 8, '12.5')).toBe(true);
  });

  test('of more than 100 points may be several', () => {
    expect(pointsOf('50', 200)).toEqual([99, 100]);
  });

  test('is shown with a decimal where it is not whole', () => {
    expect([inPercent(21, 36), inPercent(18, 36), inPercent(20, 36)]).toEqual(['58.3%', '50%', '55.6%']);
  });
});
