import { expect, test } from 'vitest';
import { commonPeriod, dateOf, mayHoldOn, overlap } from '../src/days.js';

test.each([
  [{ until: '2019' }, '2019-12-31', true],
  [{ until: '2019' }, '2020-01-01', false],
  [{ until: '2019-04-01' }, '2019-04-01', false],
  [{ until: '2019-04-01' }, '2019', true],
  [{ until: '2019-04-01' }, '2019-04', false],
  [{ until: '2019-04-02' }, '2019-04', true],
  [{ from: '2019-06' }, '2019', true],
  [{ from: '2019-06' }, '2019-05-31', false],
  [{ from: '2019' }, '2018-12-31', false],
  [{ from: null, until: null }, '9999-12-31', true],
])('%o may hold on %s: %s', (period, day, may) => {
  expect(mayHoldOn(period, day)).toBe(may);
});

test('a period shares days with another, or only touches it', () => {
  expect(overlap({ until: '2019-04-01' }, { from: '2019-04-01' })).toBe(false);
  expect(overlap({ until: '2019-04-02' }, { from: '2019-04-01' })).toBe(true);
  const common = commonPeriod({ from: '2018' }, { from: '2019-04-01', until: '2021' });
  expect(common).toEqual({ from: '2019-04-01', until: '2021' });
});

test('an inspection is dated by fieldwork, else by publication, as far as it is known', () => {
  expect(dateOf({ fieldworkStart: '2019-03', published: '2019-06-12' })).toBe('2019-03-01');
  expect(dateOf({ fieldworkStart: null, published: '2019' })).toBe('2019-01-01');
});
