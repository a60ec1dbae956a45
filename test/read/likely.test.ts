import { describe, expect, test } from 'vitest';
import { chanceOfAnother, yesWeights } from '../../src/read/checks/likely.js';

describe('yes among cases', () => {
  test('is spread around the share of the questions around it, and sums to one', () => {
    const weights = yesWeights(20, 0.8);
    expect([...weights.values()].reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 10);
    const [most] = [...weights].sort(([, one], [, other]) => other - one)[0] as [number, number];
    expect(most).toBeGreaterThanOrEqual(16);
    expect(weights.get(2) as number).toBeLessThan((weights.get(16) as number) / 20);
  });
});

describe('the chance that a figure is another one', () => {
  const ways = { lost: 0.25, doubled: 0.25, swapped: 0.25, replaced: 0.125 };
  const even = new Map(Array.from({ length: 31 }, (_, number) => [number, 1 / 31]));

  test('is none where there is no damage, and more where there is more of it', () => {
    expect(chanceOfAnother(6, even, { rate: 0, ways })).toBe(0);
    expect(chanceOfAnother(6, even, { rate: 0.01, ways })).toBeGreaterThan(
      chanceOfAnother(6, even, { rate: 0.005, ways }),
    );
  });

  test('of a digit lost: 16 that has become 6', () => {
    const weights = new Map([
      [6, 0.01],
      [16, 0.99],
    ]);
    // Of 16 one of two digits is lost at a quarter of 0.005: 0.99 x 0.00125 against 0.01.
    expect(chanceOfAnother(6, weights, { rate: 0.005, ways })).toBeCloseTo(0.0012375 / 0.0112375, 6);
  });

  test('of digits swapped, doubled and replaced, and of nothing else', () => {
    const of = (printed: number, true_: number) =>
      chanceOfAnother(
        printed,
        new Map([
          [printed, 0.5],
          [true_, 0.5],
        ]),
        { rate: 0.005, ways },
      );
    expect(of(47, 74)).toBeGreaterThan(0.001);
    expect(of(55, 5)).toBeGreaterThan(0.001);
    expect(of(47, 67)).toBeGreaterThan(0.00005);
    expect(of(47, 68)).toBe(0);
  });

  test('of what can’t stand there it is certain', () => {
    expect(
      chanceOfAnother(
        35,
        new Map([
          [3, 0.5],
          [25, 0.5],
        ]),
        { rate: 0.005, ways },
      ),
    ).toBe(1);
  });
});
