import { describe, expect, test } from 'vitest';
import { wilson, wilsonOfPopulation } from '../../src/ratings/percentage.js';

const z95 = 1.959963984540054;

describe('the Wilson interval', () => {
  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I:
  // 95%, score method without continuity correction.
  test.each([
    [81, 263, 25.53, 36.62],
    [15, 148, 6.24, 16.05],
    [0, 20, 0, 16.11],
    [1, 29, 0.61, 17.18],
  ])('%i of %i is %f to %f at 95%, as published by Newcombe', (yes, base, low, high) => {
    const interval = wilson(yes, base, z95);
    expect(interval?.low).toBeCloseTo(low, 2);
    expect(interval?.high).toBeCloseTo(high, 2);
  });

  // (1/4 - p)² = 4 p (1 - p) / 16 is 5/4 p² - 3/4 p + 1/16 = 0: p is 1/10 or 1/2
  test('4 of 16 is just 10% to 50% for a quantile of 2', () => {
    const interval = wilson(4, 16, 2);
    expect(interval?.low).toBeCloseTo(10, 12);
    expect(interval?.high).toBeCloseTo(50, 12);
  });
});

describe('the Wilson interval of a population', () => {
  // 16 of 21 cases: (21 - 16) / (21 - 1) is 1/4, so that a quantile of 4 is as one of 2 without the correction
  test('4 of 16, drawn from 21, is just 10% to 50% for a quantile of 4', () => {
    const interval = wilsonOfPopulation(4, 16, 21, 4);
    expect(interval?.low).toBeCloseTo(10, 12);
    expect(interval?.high).toBeCloseTo(50, 12);
  });

  // n' = 10 · 19 / 10 = 19 cases at 70%: (13.3 + 1.920729 ∓ 1.959964 √(13.3 · 0.3 + 0.960365)) / 22.841459
  test('7 of 10, drawn from 20, is 47.54 to 85.73 at 95%; of any number it is 39.68 to 89.22', () => {
    const drawn = wilsonOfPopulation(7, 10, 20, z95);
    expect(drawn?.low).toBeCloseTo(47.54, 2);
    expect(drawn?.high).toBeCloseTo(85.73, 2);
    expect(wilson(7, 10, z95)?.low).toBeCloseTo(39.68, 2);
    expect(wilson(7, 10, z95)?.high).toBeCloseTo(89.22, 2);
  });

  test('a census is the share itself, without width', () => {
    for (const [yes, base] of [
      [0, 1],
      [1, 1],
      [5, 8],
      [7, 11],
      [60, 60],
    ] as const) {
      const interval = wilsonOfPopulation(yes, base, base, z95);
      expect(interval?.low).toBeCloseTo((100 * yes) / base, 12);
      expect(interval?.high).toBe(interval?.low);
    }
  });

  test('a population without end gives the plain interval', () => {
    const plain = wilson(7, 11, z95) as { low: number; high: number };
    const drawn = wilsonOfPopulation(7, 11, 1e15, z95);
    expect(drawn?.low).toBeCloseTo(plain.low, 10);
    expect(drawn?.high).toBeCloseTo(plain.high, 10);
  });

  test('the smaller the population, the narrower it is', () => {
    const widths = [11, 12, 15, 30, 100, 1e6].map((population) => {
      const { low, high } = wilsonOfPopulation(7, 11, population, z95) as { low: number; high: number };
      return high - low;
    });
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(new Set(widths).size).toBe(6);
  });

  test('there is none without a count, a case or a population, nor of fewer cases than were drawn', () => {
    expect(wilsonOfPopulation(null, 5, 9, z95)).toBeNull();
    expect(wilsonOfPopulation(3, null, 9, z95)).toBeNull();
    expect(wilsonOfPopulation(3, 5, null, z95)).toBeNull();
    expect(wilsonOfPopulation(0, 0, 9, z95)).toBeNull();
    expect(wilsonOfPopulation(0, 0, 0, z95)).toBeNull();
    expect(wilsonOfPopulation(3, 5, 4, z95)).toBeNull();
  });
});

/** A finite double as a fraction of whole numbers. */
function fraction(value: number): { over: bigint; under: bigint } {
  let under = 1n;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    under *= 2n;
  }
  return { over: BigInt(scaled), under };
}

/**
 * Sign of (yes/n - p)² - z² p (1 - p) / n · f, for f = (N - n) / (N - 1), or 1 without a population: negative between the
 * limits, positive outside. In whole numbers throughout; p is in percent.
 */
function outside(yes: number, base: number, population: number | null, z: number, percent: number): number {
  const { over: p, under } = fraction(percent);
  const q = 100n * under;
  const { over: zOver, under: zUnder } = fraction(z);
  const [n, f, g] = [
    BigInt(base),
    BigInt((population ?? 2) - (population === null ? 1 : base)),
    BigInt((population ?? 2) - 1),
  ];
  const apart = BigInt(yes) * q - n * p;
  const left = apart * apart * zUnder * zUnder * g;
  const right = zOver * zOver * p * (q - p) * n * f;
  return left === right ? 0 : left > right ? 1 : -1;
}

test("the limits solve the equation that Wilson's test makes of them, in exact arithmetic", () => {
  const near = 1e-9;
  let tried = 0;
  for (const z of [1.2815515655446004, z95, 2.5758293035489004]) {
    for (const base of [1, 2, 5, 11, 17, 43, 60]) {
      for (const population of [null, base + 1, 2 * base + 3, 1000]) {
        for (let yes = 0; yes <= base; yes++) {
          const { low, high } = (
            population === null ? wilson(yes, base, z) : wilsonOfPopulation(yes, base, population, z)
          ) as { low: number; high: number };
          const at = (percent: number) => outside(yes, base, population, z, percent);
          const case_ = `${yes} of ${base} of ${population} at ${z}`;
          // without a yes the lower limit is 0 itself, with nothing but yes the upper one is 100
          if (yes > 0) expect([at(low - near), at(low + near)], case_).toEqual([1, -1]);
          else expect([low, at(near)], case_).toEqual([0, -1]);
          if (yes < base) expect([at(high - near), at(high + near)], case_).toEqual([-1, 1]);
          else expect([high, at(100 - near)], case_).toEqual([100, -1]);
          tried++;
        }
      }
    }
  }
  expect(tried).toBe(3 * 4 * (2 + 3 + 6 + 12 + 18 + 44 + 61));
});
