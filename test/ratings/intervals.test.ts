import { describe, expect, test } from 'vitest';
import { wilson, wilsonOfPopulation } from '../../src/ratings/percentage.js';

const [z80, z95] = [1.2815515655446004, 1.959963984540054];

describe('the Wilson interval', () => {
  test.each<
    [number, number, population: number | null, z: number, low: number, high: number, digits: number]
  >([
    // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I:
    // 95%, score method without continuity correction
    [81, 263, null, z95, 25.53, 36.62, 2],
    [15, 148, null, z95, 6.24, 16.05, 2],
    [0, 20, null, z95, 0, 16.11, 2],
    [1, 29, null, z95, 0.61, 17.18, 2],
    // (7 + z²/2 ± z √(7·4/11 + z²/4)) / (11 + z²), worked with a calculator; of 0 in n it is [0, z²/(n + z²)]
    [7, 11, null, z80, 44.44, 79.3, 1],
    [0, 10, null, z95, 0, 27.75, 2],
    // (1/4 - p)² = 4 p (1 - p) / 16 is 5/4 p² - 3/4 p + 1/16 = 0: p is 1/10 or 1/2
    [4, 16, null, 2, 10, 50, 12],
    // 16 of 21 cases: (21 - 16) / (21 - 1) is 1/4, so that a quantile of 4 is as one of 2 without the correction
    [4, 16, 21, 4, 10, 50, 12],
    // n' = 10 · 19 / 10 = 19 cases at 70%: (13.3 + 1.920729 ∓ 1.959964 √(13.3 · 0.3 + 0.960365)) / 22.841459
    [7, 10, 20, z95, 47.54, 85.73, 2],
    [7, 10, null, z95, 39.68, 89.22, 2],
  ])('%i of %i, drawn from %s, for a quantile of %f', (yes, base, population, z, low, high, digits) => {
    const interval =
      population === null ? wilson(yes, base, z) : wilsonOfPopulation(yes, base, population, z);
    expect(interval?.low).toBeCloseTo(low, digits);
    expect(interval?.high).toBeCloseTo(high, digits);
  });

  test('of a census is the share itself, without width', () => {
    for (const yes of [0, 5, 11]) {
      const interval = wilsonOfPopulation(yes, 11, 11, z95);
      expect(interval?.low).toBeCloseTo((100 * yes) / 11, 12);
      expect(interval?.high).toBe(interval?.low);
    }
  });
});
