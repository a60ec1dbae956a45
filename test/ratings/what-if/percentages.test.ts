import { describe, expect, test } from 'vitest';
import type { Rules } from '../../../src/ratings/rules.js';
import { rateAsIf } from '../../../src/ratings/what-if/what-if.js';
import { counts, edition, inspection, nothing, same, told } from './small-inspection.js';

describe('another base', () => {
  // 4 of 5 relevant cases is 80%, of 11 inspected cases 36%
  const evidence = inspection({ '2.2': counts(4, 5, 11) });

  test('changes the rating where few cases were relevant', () => {
    expect(told(edition(), evidence, { base: 'inspected' })).toEqual({
      1: same,
      2: 'changes: Outstanding -> Inadequate',
      3: same,
      4: same,
      // 3 + 0 + 3 + 3
      overall: 'changes: Outstanding -> Good, 12/12 -> 9/12',
      changes: true,
    });
    const [, second] = rateAsIf(edition(), evidence, { base: 'inspected' }).standards;
    expect(second).toMatchObject({
      drivingKeyQuestion: '2.2',
      keyQuestions: [
        { code: '2.1', percentAsItIs: 100, percentAsIf: 100, standing: 'same' },
        {
          code: '2.2',
          percentAsItIs: 80,
          percentAsIf: 36,
          asItIs: 'Outstanding',
          asIf: 'Inadequate',
          standing: 'changes',
        },
      ],
    });
  });

  test('and the other way about', () => {
    const inspected = edition({ percentageBase: { 'key question': 'inspected', prompt: 'inspected' } });
    expect(told(inspected, evidence, { base: 'relevant' })).toMatchObject({
      2: 'changes: Inadequate -> Outstanding',
      overall: 'changes: Good -> Outstanding, 9/12 -> 12/12',
    });
  });

  test('is no answer to a question without a relevant case', () => {
    const without = inspection({ '4.1': counts(0, 0, 11) });
    expect(told(edition(), without, { base: 'inspected' })).toMatchObject({
      4: 'same: null -> null',
      changes: false,
    });
  });

  test('can answer where the number of relevant cases is lost', () => {
    const lost = inspection({ '4.1': { inspected: 5, published: { ...nothing, yes: 4 } } });
    // 4 of 5 inspected cases; as it is, 4 has no rating and no overall rating is given
    expect(told(edition(), lost, { base: 'inspected' })).toMatchObject({
      4: 'changes: null -> Outstanding',
      overall: 'changes: null -> Outstanding, null/null -> 12/12',
    });
  });
});

describe('another rounding', () => {
  test.each<[number, number, Rules['rounding'], string]>([
    [11, 17, 'down', 'Good -> Requires improvement'], // 64.7: 65 or 64
    [129, 200, 'half even', 'Good -> Requires improvement'], // 64.5: 65 or 64
    [99, 200, 'half even', 'Requires improvement -> Requires improvement'], // 49.5: 50 either way
    [25, 39, 'up', 'Requires improvement -> Good'], // 64.1: 64 or 65
    [4, 5, 'up', 'Outstanding -> Outstanding'], // just 80
  ])('%i of %i rounded %s: %s', (yes, cases, rounding, rating) => {
    const { standards } = rateAsIf(edition(), inspection({ '4.1': counts(yes, cases, cases) }), { rounding });
    expect(`${standards[3]?.asItIs} -> ${standards[3]?.asIf}`).toBe(rating);
  });
});

test('bands on the exact fraction: 11 of 17 is less than 65%', () => {
  expect(told(edition(), inspection({ '3.1': counts(11, 17, 17) }), { bandOn: 'exact' })).toMatchObject({
    3: 'changes: Good -> Requires improvement',
    // 3 + 3 + 2 + 3, and one less
    overall: 'changes: Outstanding -> Good, 11/12 -> 10/12',
  });
});

test('suppositions come on top of each other', () => {
  // 11 of 16 relevant is 69%, of 17 inspected 65% rounded half up, 64% rounded down
  const evidence = inspection({ '3.1': counts(11, 16, 17) });
  expect(told(edition(), evidence, { base: 'inspected' })).toMatchObject({ 3: 'same: Good -> Good' });
  expect(told(edition(), evidence, { rounding: 'down' })).toMatchObject({ 3: 'same: Good -> Good' });
  expect(told(edition(), evidence, { base: 'inspected', rounding: 'down' })).toMatchObject({
    3: 'changes: Good -> Requires improvement',
  });
});
