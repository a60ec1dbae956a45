import { expect, test } from 'vitest';
import { rateAsIf } from '../../src/index.js';
import { impliedYes, percentage, wilson, wilsonOfPopulation } from '../../src/ratings/percentage.js';

// A sample may be said by SQL to have fewer cases than were answered: it is rated as the views rate it, and nothing breaks off.
test('more yes than cases are more than all, and have no interval', () => {
  expect(percentage(12, 11, 'half up')).toBe(109);
  expect(wilson(12, 11, 1.28)).toBeNull();
});

// That every percentage of up to 60 cases, and what it implies, is right, test/schema/functions.test.ts tries in SQL and TypeScript.
test('an unknown count is unknown, and no case is no percentage', () => {
  expect([percentage(0, 0, 'up'), percentage(null, 4, 'up'), percentage(3, null, 'up')]).toEqual(
    Array(3).fill(null),
  );
});

test.each([
  [90, 11, null], // 10/11 is 91%
  [1, 201, null], // both 2/201 and 3/201 round to 1%
  [45, null, null],
])('the count that %i%% of %s cases implies: %s', (printed, base, expected) => {
  expect(impliedYes(printed, base, 'half up')).toBe(expected);
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

// From JavaScript nothing checks types: what is no rounding, no quantile and no supposition is said, not computed.
const any = (value: unknown) => value as never;
const quantile = 'it has to be a quantile of the normal distribution, such as 1.2816 for 80%.';
test.each([
  [() => percentage(7, 11, any('half-up')), 'no rounding "half-up": it can be half up, half even, down, up.'],
  [() => wilson(7, 11, 80), `z is 80: ${quantile}`],
  [() => wilson(7, 11, any('1.28')), `z is 1.28: ${quantile}`],
  [() => percentage(any('7'), 11, 'half up'), 'There can\'t be "7" cases: it has to be a number, or null.'],
  [() => wilson(7, any('11'), 1.28), 'There can\'t be "11" cases'],
  [() => wilson(any(undefined), 11, 1.28), "There can't be undefined cases"],
  [() => wilsonOfPopulation(7, 11, any('50'), 1.28), 'There can\'t be "50" cases'],
  [() => rateAsIf(any({}), any({}), { base: any('inspectd') }), '"inspectd" (did you mean "inspected"?)'],
  [() => rateAsIf(any({}), any({}), any({ bas: 'inspected' })), '"bas" can\'t be supposed'],
])('%s', (call, says) => {
  expect(call).toThrow(RangeError);
  expect(call).toThrow(says);
});
