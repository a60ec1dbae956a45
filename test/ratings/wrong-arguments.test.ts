import { expect, test } from 'vitest';
import { percentage, rateAsIf, wilson } from '../../src/index.js';

// From JavaScript nothing checks types: what is no rounding, no quantile and no supposition is said, not computed.

const any = (value: unknown) => value as never;

test.each([
  [
    () => percentage(7, 11, any('half-up')),
    'There is no rounding "half-up": it can be half up, half even, down, up.',
  ],
  [
    () => wilson(7, 11, 80),
    'z is 80: it has to be a quantile of the normal distribution, such as 1.2816 for 80%.',
  ],
  [() => wilson(7, 11, any('1.28')), 'z is 1.28: it has to be a quantile'],
  [
    () => rateAsIf(any({}), any({}), { base: any('inspectd') }),
    'base can\'t be "inspectd" (did you mean "inspected"?)',
  ],
  [() => rateAsIf(any({}), any({}), any({ bas: 'inspected' })), '"bas" can\'t be supposed'],
])('%s', (call, says) => {
  expect(call).toThrow(RangeError);
  expect(call).toThrow(says);
});
