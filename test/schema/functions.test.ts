import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import {
  impliedYes,
  minimumYes,
  percentage,
  wilson,
  wilsonOfPopulation,
} from '../../src/ratings/percentage.js';
import { roundings } from '../../src/vocabulary.js';
import { testDatabase } from '../support/database.js';
import { exampleRules } from '../support/example-rules.js';

const database = testDatabase();

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

describe('for every number of cases to 60, in SQL and in TypeScript', () => {
  test.each(roundings)('the percentage is the highest that is reached, %s', async (rounding) => {
    const { rows } = await sql<{ yes: number; base: number; percent: number; implied: number | null }>`
      select yes, base, rating.percentage(yes, base, ${rounding}) as percent,
        rating.yes_implied(rating.percentage(yes, base, ${rounding}), base, ${rounding}) as implied
      from generate_series(1, 60) as base, generate_series(0, base) as yes`.execute(database.db);
    expect(rows.length).toBe(1890); // 2 + 3 + … + 61
    const reached = reaches[rounding]!;
    const percentages = Array.from({ length: 101 }, (_, percent) => percent);
    const highest = (yes: number, base: number) =>
      percentages.findLast((percent) => percent === 0 || reached(yes, base, percent));
    expect(rows.filter(({ yes, base, percent }) => percent !== highest(yes, base))).toEqual([]);
    expect(rows.filter(({ yes, base, percent }) => percent !== percentage(yes, base, rounding))).toEqual([]);
    // of so few cases every percentage is given by one number of yes alone
    expect(rows.filter(({ yes, implied }) => yes !== implied)).toEqual([]);
    expect(rows.filter(({ yes, base, percent }) => yes !== impliedYes(percent, base, rounding))).toEqual([]);
  });

  test.each(
    roundings.flatMap((rounding) =>
      (['rounded', 'exact'] as const).map((bandOn) => [rounding, bandOn] as const),
    ),
  )('the fewest yes are the least that reach it, %s, %s', async (rounding, bandOn) => {
    const { rows } = await sql<{ base: number; percent: number; least: number }>`
        select base, percent, rating.minimum_yes(percent, base, ${rounding}, ${bandOn}) as least
        from generate_series(1, 60) as base, generate_series(0, 100) as percent`.execute(database.db);
    expect(rows.length).toBe(60 * 101);
    const reached = reaches[bandOn === 'exact' ? 'exact' : rounding]!;
    const isLeast = ({ base, percent, least }: (typeof rows)[0]) =>
      reached(least, base, percent) && (least === 0 || !reached(least - 1, base, percent));
    expect(rows.filter((row) => !isLeast(row))).toEqual([]);
    const rules = exampleRules({ rounding, bandOn });
    expect(rows.filter(({ base, percent, least }) => minimumYes(rules, percent, base) !== least)).toEqual([]);
  });
});

test.each([
  ...['0, 0', 'null, 4', '4, null'].map((counts) => `rating.percentage(${counts}, 'half up')`),
  "rating.percentage(1, 2, 'by feel')",
  "rating.minimum_yes(0, null, 'half up', 'rounded')",
  ...['0, 0', 'null, 5', '3, null', '8, 2'].map((counts) => `rating.wilson_low(${counts}, 1.96)`),
  'rating.wilson_high(8, 2, 1.96)',
  // nor of a population that is smaller than what was drawn from it
  ...['3, 5, null', '0, 0, 9', '5, 5, 4', '8, 2, 9'].map(
    (counts) => `rating.wilson_high_of_population(${counts}, 1.96)`,
  ),
])('there is no %s', async (call) => {
  const { rows } = await sql.raw<{ value: unknown }>(`select ${call} as value`).execute(database.db);
  expect(rows).toEqual([{ value: null }]);
});

const levels = () =>
  database.db.selectFrom('core.confidence_level').selectAll().orderBy('confidence_level').execute();

test('the quantiles are those of the normal distribution', async () => {
  const z = new Map((await levels()).map(({ confidence_level, z }) => [confidence_level, z]));
  expect(z.get(80)).toBeCloseTo(1.2815515655446, 12);
  expect(z.get(95)).toBeCloseTo(1.9599639845401, 12);
});

// Those of TypeScript are held against published tables and exact arithmetic in test/ratings/intervals.test.ts.
test('intervals are those of TypeScript to 12 digits, at every level, with and without a population', async () => {
  const known = await levels();
  const counts = fc
    .record({ base: fc.integer({ min: 0, max: 400 }), share: fc.double({ min: 0, max: 1.1, noNaN: true }) })
    .chain(({ base, share }) =>
      fc.record({
        base: fc.constant(base),
        yes: fc.constant(Math.round(share * base)),
        population: fc.oneof(
          fc.constant(base),
          fc.integer({ min: base, max: base + 40 }),
          fc.integer({ min: 0, max: 2_000_000_000 }),
        ),
        z: fc.constantFrom(...known.map(({ z }) => z)),
      }),
    );
  const isNear = (a: number | null, b = a) =>
    a === null || b === null ? a === b : Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b));
  let withPopulation = 0;
  const drawn = fc.array(counts, { minLength: 40, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(drawn, async (input) => {
      const { rows } = await sql<{ ends: (number | null)[] }>`
        select array[
          rating.wilson_low(yes, base, z), rating.wilson_high(yes, base, z),
          rating.wilson_low_of_population(yes, base, population, z),
          rating.wilson_high_of_population(yes, base, population, z)
        ] as ends
        from jsonb_to_recordset(${JSON.stringify(input)}::jsonb)
          as drawn (yes integer, base integer, population integer, z double precision)`.execute(database.db);
      const wrong = input.filter(({ yes, base, population, z }, at) => {
        const intervals = [wilson(yes, base, z), wilsonOfPopulation(yes, base, population, z)];
        if (intervals[1]) withPopulation++;
        const expected = intervals.flatMap((one) => [one?.low ?? null, one?.high ?? null]);
        return !expected.every((end, which) => isNear(rows[at]?.ends[which] ?? null, end));
      });
      expect(wrong).toEqual([]);
    }),
    { seed: 1998, numRuns: 60 },
  );
  expect(withPopulation).toBeGreaterThan(1000);
});
