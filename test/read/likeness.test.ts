import fc from 'fast-check';
import { distance } from 'fastest-levenshtein';
import { expect, test, vi } from 'vitest';
import { isFurther } from '../../src/read/structure/letters.js';
import { remembered } from '../../src/read/structure/remembered.js';
import { likeness, likenessOfBeginning } from '../../src/read/structure/wording.js';
import { seed } from '../support/seed.js';

// Words that differ in some letters: what a bound could get wrong.
const word = fc.string({ unit: fc.constantFrom(...'aabcdeé1'), maxLength: 30 });

test('letters alone never say more edits than there are', () => {
  fc.assert(
    fc.property(word, word, (one, other) => !isFurther(one, other, distance(one, other))),
    { seed, numRuns: 3000 },
  );
  expect(isFurther('abcd', 'dcba', 1)).toBe(true);
  expect(isFurther('abcd', 'efgh', 3)).toBe(true);
});

test('likeness with a least is the likeness itself from there on, and below it is below it', () => {
  fc.assert(
    fc.property(word, word, fc.constantFrom(0.5, 0.7, 0.8, 0.93), (one, other, least) => {
      for (const alike of [likeness, likenessOfBeginning]) {
        const whole = alike(one, other);
        const bounded = alike(one, other, least);
        expect(whole >= least ? bounded : bounded < least).toBe(whole >= least ? whole : true);
      }
    }),
    { seed, numRuns: 3000 },
  );
});

test('what is remembered is made once, as long as it is among the last ones, and long texts never are', () => {
  const work = vi.fn((text: string) => text.length);
  const lengthOf = remembered(work, { most: 2, longest: 5 });
  expect(['one', 'one', 'three', 'one'].map(lengthOf)).toEqual([3, 3, 5, 3]);
  expect(work).toHaveBeenCalledTimes(2);
  ['a', 'b', 'c', 'd', 'e', 'one'].map(lengthOf);
  expect(work).toHaveBeenCalledTimes(8);
  expect(['longest', 'longest'].map(lengthOf)).toEqual([7, 7]);
  expect(work).toHaveBeenCalledTimes(10);
});
