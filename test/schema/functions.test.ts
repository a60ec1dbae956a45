import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../support/database.js';

const database = testDatabase();

/** The value of an SQL expression. */
async function value(expression: string): Promise<unknown> {
  const { rows } = await sql.raw<{ value: unknown }>(`select ${expression} as value`).execute(database.db);
  return rows[0]?.value;
}

describe('rating.percentage', () => {
  test.each([
    [7, 11, 'half up', 64], // 63.6…
    [1, 8, 'half up', 13], // 12.5
    [1, 8, 'half even', 12], // to the even one of 12 and 13
    [3, 8, 'half even', 38], // 37.5, to the even one of 37 and 38
    [1, 8, 'down', 12],
    [1, 8, 'up', 13],
    [1, 3, 'up', 34],
    [2, 3, 'down', 66],
    [11, 17, 'half up', 65], // 64.7…
    [11, 17, 'down', 64],
    [5, 6, 'half even', 83], // 83.3…
    [0, 9, 'up', 0],
    [9, 9, 'down', 100],
  ])('%i of %i, %s: %i', async (yes, base, rounding, percent) => {
    expect(await value(`rating.percentage(${yes}, ${base}, '${rounding}')`)).toBe(percent);
  });

  test.each(['half up', 'half even', 'down', 'up'])('no case is no percentage, %s', async (rounding) => {
    expect(await value(`rating.percentage(0, 0, '${rounding}')`)).toBeNull();
    expect(await value(`rating.percentage(null, 4, '${rounding}')`)).toBeNull();
    expect(await value(`rating.percentage(4, null, '${rounding}')`)).toBeNull();
  });

  test('an unknown rounding is no percentage', async () => {
    expect(await value("rating.percentage(1, 2, 'by feel')")).toBeNull();
  });
});

describe('rating.minimum_yes', () => {
  test.each([
    [50, 11, 'half up', 'rounded', 6], // 5 of 11 is 45.5%, 6 of 11 is 54.5%
    [65, 17, 'half up', 'rounded', 11], // 64.7% rounds to 65%
    [65, 17, 'half up', 'exact', 12], // 64.7% is less than 65%
    [65, 17, 'down', 'rounded', 12],
    [65, 17, 'up', 'rounded', 11], // 10 of 17 is 58.8%, up to 59%
    [13, 8, 'half up', 'rounded', 1], // 12.5% rounds to 13%
    [13, 8, 'half even', 'rounded', 2], // 12.5% rounds to 12%
    [38, 8, 'half even', 'rounded', 3], // 37.5% rounds to 38%
    [80, 5, 'half up', 'exact', 4], // just 80%
    [0, 9, 'up', 'rounded', 0],
    [100, 9, 'down', 'exact', 9],
  ])(
    '%i percent of %i cases, %s, bands on the %s percentage: %i',
    async (percent, base, rounding, bandOn, least) => {
      expect(await value(`rating.minimum_yes(${percent}, ${base}, '${rounding}', '${bandOn}')`)).toBe(least);
    },
  );

  test('is unknown when the number of cases is', async () => {
    expect(await value("rating.minimum_yes(50, null, 'half up', 'rounded')")).toBeNull();
    expect(await value("rating.minimum_yes(0, null, 'half up', 'rounded')")).toBeNull();
  });
});

/** Whether yes of base reaches a percentage under each rule, said as a comparison of whole numbers. */
const reaches: Record<string, (yes: number, base: number, percent: number) => boolean> = {
  // at least so many percent
  exact: (yes, base, percent) => 100 * yes >= percent * base,
  // what is cut off does not help
  down: (yes, base, percent) => 100 * yes >= percent * base,
  // anything over the percentage before goes up to it
  up: (yes, base, percent) => 100 * yes > (percent - 1) * base,
  // half a point short is enough
  'half up': (yes, base, percent) => 200 * yes >= (2 * percent - 1) * base,
  // half a point short is enough for an even percentage only
  'half even': (yes, base, percent) =>
    percent % 2 === 0 ? 200 * yes >= (2 * percent - 1) * base : 200 * yes > (2 * percent - 1) * base,
};

const roundings = ['half up', 'half even', 'down', 'up'];

describe('for every number of cases to 60', () => {
  test.each(roundings)('rating.percentage is the highest percentage reached, %s', async (rounding) => {
    const { rows } = await sql<{ yes: number; base: number; percent: number }>`
      select yes, base, rating.percentage(yes, base, ${rounding}) as percent
      from generate_series(1, 60) as base, generate_series(0, base) as yes`.execute(database.db);
    expect(rows.length).toBe(1890); // 2 + 3 + … + 61
    const reached = reaches[rounding]!;
    const wrong = rows.filter(({ yes, base, percent }) => {
      let highest = 0;
      for (let tried = 1; tried <= 100; tried++) if (reached(yes, base, tried)) highest = tried;
      return percent !== highest;
    });
    expect(wrong).toEqual([]);
  });

  test.each(
    roundings.flatMap((rounding) => ['rounded', 'exact'].map((bandOn) => [rounding, bandOn] as const)),
  )('rating.minimum_yes is the least yes that reaches it, %s, %s', async (rounding, bandOn) => {
    const { rows } = await sql<{ base: number; percent: number; least: number }>`
      select base, percent, rating.minimum_yes(percent, base, ${rounding}, ${bandOn}) as least
      from generate_series(1, 60) as base, generate_series(0, 100) as percent`.execute(database.db);
    expect(rows.length).toBe(60 * 101);
    const reached = reaches[bandOn === 'exact' ? 'exact' : rounding]!;
    const wrong = rows.filter(({ base, percent, least }) => {
      let tried = 0;
      while (!reached(tried, base, percent)) tried++;
      return least !== tried;
    });
    expect(wrong).toEqual([]);
  });

  test.each(roundings)('rating.minimum_yes and rating.percentage agree, %s', async (rounding) => {
    const { rows } = await sql`
      select *
      from generate_series(1, 60) as base, generate_series(0, 100) as percent
      cross join lateral (select rating.minimum_yes(percent, base, ${rounding}, 'rounded') as least) as solved
      where least not between 0 and base
        or rating.percentage(least, base, ${rounding}) < percent
        or least > 0 and rating.percentage(least - 1, base, ${rounding}) >= percent`.execute(database.db);
    expect(rows).toEqual([]);
  });
});

describe('the Wilson interval', () => {
  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I:
  // 95%, score method without continuity correction.
  test.each([
    [81, 263, 25.53, 36.62],
    [15, 148, 6.24, 16.05],
    [0, 20, 0, 16.11],
    [1, 29, 0.61, 17.18],
  ])('%i of %i is %f to %f at 95%, as published by Newcombe', async (yes, base, low, high) => {
    expect(await value(`rating.wilson_low(${yes}, ${base}, 1.959963984540054)`)).toBeCloseTo(low, 2);
    expect(await value(`rating.wilson_high(${yes}, ${base}, 1.959963984540054)`)).toBeCloseTo(high, 2);
  });

  // 7 of 11 at 80%: z² = 1.642374; (7 + 0.821187) / 12.642374 = 0.618649;
  // 1.281552 · √(7 · 4 / 11 + 0.410594) / 12.642374 = 0.174286
  test('7 of 11 at 80% is 44.44 to 79.29', async () => {
    expect(await value('rating.wilson_low(7, 11, 1.2815515655446004)')).toBeCloseTo(44.44, 2);
    expect(await value('rating.wilson_high(7, 11, 1.2815515655446004)')).toBeCloseTo(79.29, 2);
  });

  test('none of the cases begins at 0, and all of them ends at 100', async () => {
    expect(await value('rating.wilson_low(0, 7, 1.2815515655446004)')).toBe(0);
    expect(await value('rating.wilson_high(7, 7, 1.2815515655446004)')).toBe(100);
  });

  test.each(['low', 'high'])('no case and an unknown count have none (%s)', async (end) => {
    expect(await value(`rating.wilson_${end}(0, 0, 1.28)`)).toBeNull();
    expect(await value(`rating.wilson_${end}(null, 5, 1.28)`)).toBeNull();
    expect(await value(`rating.wilson_${end}(3, null, 1.28)`)).toBeNull();
  });

  test('is never below 0 or above 100, and holds the fraction itself', async () => {
    const { rows } = await sql`
      select yes, base, confidence_level
      from core.confidence_level, generate_series(1, 60) as base, generate_series(0, base) as yes
      cross join lateral (select rating.wilson_low(yes, base, z) as low, rating.wilson_high(yes, base, z) as high) as interval
      -- floats: an end that should be the fraction itself may miss it by the last digit
      where not (low >= 0 and high <= 100 and low <= 100.0 * yes / base + 1e-9 and high >= 100.0 * yes / base - 1e-9)`.execute(
      database.db,
    );
    expect(rows).toEqual([]);
  });
});
