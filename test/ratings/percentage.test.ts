import { describe, expect, test } from 'vitest';
import { impliedYes, minimumYes, percentage, wilson } from '../../src/ratings/percentage.js';
import type { Rounding } from '../../src/ratings/rules.js';
import { exampleRules } from '../support/example-rules.js';

describe('percentage', () => {
  test.each<[number, number, Rounding, number]>([
    [7, 11, 'half up', 64], // 63.6…
    [1, 8, 'half up', 13], // 12.5
    [1, 8, 'half even', 12],
    [3, 8, 'half even', 38], // 37.5
    [1, 8, 'down', 12],
    [1, 8, 'up', 13],
    [1, 3, 'up', 34],
    [1, 3, 'half up', 33],
    [2, 3, 'down', 66],
    [11, 17, 'half up', 65], // 64.7…: rounding lifts it over a boundary
    [0, 5, 'up', 0],
    [5, 5, 'down', 100],
    [1, 200, 'half up', 1], // 0.5
    [1, 200, 'half even', 0],
  ])('%i of %i, %s, is %i%%', (yes, base, rounding, expected) => {
    expect(percentage(yes, base, rounding)).toBe(expected);
  });

  test('no case is no percentage, and an unknown count is unknown', () => {
    expect(percentage(0, 0, 'half up')).toBeNull();
    expect(percentage(null, 4, 'half up')).toBeNull();
    expect(percentage(3, null, 'half up')).toBeNull();
  });
});

test('rounding before banding matters for up to 60 cases in just these fractions', () => {
  const matters = [];
  for (let base = 1; base <= 60; base++) {
    for (let yes = 0; yes <= base; yes++) {
      for (const boundary of [50, 65, 80]) {
        const rounded = (percentage(yes, base, 'half up') as number) >= boundary;
        if (rounded !== 100 * yes >= boundary * base) matters.push(`${yes}/${base}`);
      }
    }
  }
  expect(matters.sort()).toEqual(
    '11/17 20/31 22/34 24/37 31/48 33/51 35/44 35/54 37/57 39/49 43/54 47/59'.split(' ').sort(),
  );
});

describe('the fewest yes that reach a percentage', () => {
  test.each([
    [50, 11, 'half up', 6], // 5/11 is 45%, 6/11 is 55%
    [65, 17, 'half up', 11], // 64.7% rounds to 65%
    [65, 17, 'down', 12],
    [80, 3, 'half up', 3],
    [0, 9, 'half up', 0],
  ] as const)('%i%% of %i cases, %s: %i', (fromPercent, base, rounding, expected) => {
    expect(minimumYes(exampleRules({ rounding }), fromPercent, base)).toBe(expected);
  });

  test('the exact fraction is not rounded over the boundary', () => {
    expect(minimumYes(exampleRules({ bandOn: 'exact' }), 65, 17)).toBe(12);
  });
});

describe('the count that a printed percentage implies', () => {
  test.each([
    [45, 11, 5],
    [9, 11, 1],
    [90, 11, null], // 10/11 is 91%
    [29, 15, null], // 4/15 is 27%, 5/15 is 33%
    [1, 201, null], // both 2/201 and 3/201 round to 1%
    [100, 1, 1],
  ])('%i%% of %i cases: %s', (printed, base, expected) => {
    expect(impliedYes(printed, base, 'half up')).toBe(expected);
  });

  test('not without the number of cases', () => {
    expect(impliedYes(45, null, 'half up')).toBeNull();
  });
});

describe('Wilson interval', () => {
  // z = 1.2815515655446004 (80%): (7 + z²/2 ± z √(7·4/11 + z²/4)) / (11 + z²), worked with a calculator
  test('7 of 11 at 80% is 44 to 79', () => {
    const interval = wilson(7, 11, 1.2815515655446004);
    expect(interval?.low).toBeCloseTo(44.44, 1);
    expect(interval?.high).toBeCloseTo(79.3, 1);
  });

  // E. B. Wilson's interval for 0 of n is [0, z²/(n + z²)]
  test('0 of 10 at 95% is 0 to 27.75', () => {
    const interval = wilson(0, 10, 1.959963984540054);
    expect(interval?.low).toBe(0);
    expect(interval?.high).toBeCloseTo(27.75, 2);
  });

  test('unknown counts and no cases have none', () => {
    expect(wilson(null, 10, 1)).toBeNull();
    expect(wilson(0, 0, 1)).toBeNull();
  });
});
