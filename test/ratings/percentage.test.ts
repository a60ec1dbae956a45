import { describe, expect, test } from 'vitest';
import { rateAsIf } from '../../src/index.js';
import { impliedYes, minimumYes, percentage, wilson } from '../../src/ratings/percentage.js';
import type { Rounding } from '../../src/ratings/rules.js';
import { exampleRules } from '../support/example-rules.js';

describe('percentage', () => {
  test.each<[number | null, number | null, Rounding, number | null]>([
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
    // no case is no percentage, and an unknown count is unknown
    [0, 0, 'half up', null],
    [null, 4, 'half up', null],
    [3, null, 'half up', null],
  ])('%s of %s, %s, is %s%%', (yes, base, rounding, expected) => {
    expect(percentage(yes, base, rounding)).toBe(expected);
  });

  test('rounding before banding matters for up to 60 cases in just these fractions', () => {
    const matters = [];
    for (let base = 1; base <= 60; base++)
      for (let yes = 0; yes <= base; yes++)
        for (const boundary of [50, 65, 80]) {
          const rounded = (percentage(yes, base, 'half up') as number) >= boundary;
          if (rounded !== 100 * yes >= boundary * base) matters.push(`${yes}/${base}`);
        }
    expect(matters.sort().join(' ')).toBe(
      '11/17 20/31 22/34 24/37 31/48 33/51 35/44 35/54 37/57 39/49 43/54 47/59',
    );
  });
});

test.each([
  [50, 11, { rounding: 'half up' }, 6], // 5/11 is 45%, 6/11 is 55%
  [65, 17, { rounding: 'half up' }, 11], // 64.7% rounds to 65%
  [65, 17, { rounding: 'down' }, 12],
  [65, 17, { bandOn: 'exact' }, 12],
  [80, 3, {}, 3],
  [0, 9, {}, 0],
] as const)('the fewest yes that reach %i%% of %i cases, %j: %i', (fromPercent, base, rules, expected) => {
  expect(minimumYes(exampleRules(rules), fromPercent, base)).toBe(expected);
});

test.each([
  [45, 11, 5],
  [9, 11, 1],
  [90, 11, null], // 10/11 is 91%
  [29, 15, null], // 4/15 is 27%, 5/15 is 33%
  [1, 201, null], // both 2/201 and 3/201 round to 1%
  [100, 1, 1],
  [45, null, null],
])('the count that %i%% of %s cases implies: %s', (printed, base, expected) => {
  expect(impliedYes(printed, base, 'half up')).toBe(expected);
});

// From JavaScript nothing checks types: what is no rounding, no quantile and no supposition is said, not computed.
const any = (value: unknown) => value as never;
const quantile = 'it has to be a quantile of the normal distribution, such as 1.2816 for 80%.';
test.each([
  [() => percentage(7, 11, any('half-up')), 'no rounding "half-up": it can be half up, half even, down, up.'],
  [() => wilson(7, 11, 80), `z is 80: ${quantile}`],
  [() => wilson(7, 11, any('1.28')), `z is 1.28: ${quantile}`],
  [() => rateAsIf(any({}), any({}), { base: any('inspectd') }), '"inspectd" (did you mean "inspected"?)'],
  [() => rateAsIf(any({}), any({}), any({ bas: 'inspected' })), '"bas" can\'t be supposed'],
])('%s', (call, says) => {
  expect(call).toThrow(RangeError);
  expect(call).toThrow(says);
});
