import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { wilson, wilsonOfPopulation } from '../../src/ratings/percentage.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();

const levels = () =>
  database.db.selectFrom('core.confidence_level').selectAll().orderBy('confidence_level').execute();

test('the quantiles enclose as much of the normal distribution as their levels say', async () => {
  const known = await levels();
  expect(known.map(({ confidence_level }) => confidence_level)).toEqual(expect.arrayContaining([80, 95]));
  for (const { confidence_level, z } of known) {
    // Simpson's rule over the density between -z and z
    const steps = 2000;
    let sum = 0;
    for (let step = 0; step <= steps; step++) {
      const x = -z + (2 * z * step) / steps;
      const weight = step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2;
      sum += weight * Math.exp((-x * x) / 2);
    }
    const enclosed = (100 * sum * ((2 * z) / steps / 3)) / Math.sqrt(2 * Math.PI);
    expect(enclosed).toBeCloseTo(confidence_level, 8);
  }
});

describe('SQL and TypeScript give the same interval, to 12 digits', () => {
  const counts = fc
    .record({ base: fc.integer({ min: 0, max: 400 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    .chain(({ base, share }) =>
      fc.record({
        base: fc.constant(base),
        yes: fc.constant(Math.round(share * base)),
        population: fc.oneof(
          fc.constant(base),
          fc.integer({ min: base, max: base + 40 }),
          fc.integer({ min: 0, max: 2_000_000_000 }),
        ),
      }),
    );
  const isNear = (a: number | null | undefined, b: number | null | undefined) =>
    (a ?? null) === null || (b ?? null) === null
      ? (a ?? null) === (b ?? null)
      : Math.abs((a as number) - (b as number)) <= 1e-12 * Math.max(1, Math.abs(b as number));

  test('at every confidence level, with and without a population', async () => {
    const known = await levels();
    let withPopulation = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(counts, fc.constantFrom(...known)), { minLength: 40, maxLength: 40 }),
        async (drawn) => {
          const input = drawn.map(([one, { z }]) => ({ ...one, z }));
          const { rows } = await sql<Record<'low' | 'high' | 'low_of' | 'high_of', number | null>>`
            select
              rating.wilson_low(yes, base, z) as low,
              rating.wilson_high(yes, base, z) as high,
              rating.wilson_low_of_population(yes, base, population, z) as low_of,
              rating.wilson_high_of_population(yes, base, population, z) as high_of
            from unnest(
              ${input.map(({ yes }) => yes)}::integer[],
              ${input.map(({ base }) => base)}::integer[],
              ${input.map(({ population }) => population)}::integer[],
              ${input.map(({ z }) => z)}::double precision[]
            ) with ordinality as input (yes, base, population, z, place)
            order by place`.execute(database.db);
          const wrong = input.filter(({ yes, base, population, z }, at) => {
            const row = rows[at] as (typeof rows)[0];
            const plain = wilson(yes, base, z);
            const drawnFrom = wilsonOfPopulation(yes, base, population, z);
            if (drawnFrom) withPopulation++;
            return !(
              isNear(row.low, plain?.low) &&
              isNear(row.high, plain?.high) &&
              isNear(row.low_of, drawnFrom?.low) &&
              isNear(row.high_of, drawnFrom?.high)
            );
          });
          expect(wrong).toEqual([]);
        },
      ),
      { seed: 1998, numRuns: 60 },
    );
    expect(withPopulation).toBeGreaterThan(1000);
  });

  test('and none for the same reasons', async () => {
    for (const call of [
      'null, 5, 9',
      '3, null, 9',
      '3, 5, null',
      '0, 0, 9',
      '0, 0, 0',
      '3, 5, 4',
      '0, null, 9',
      '0, 5, null',
      '0, 5, 4',
      '5, 5, 4',
    ]) {
      const { rows } = await sql
        .raw(
          `select rating.wilson_low_of_population(${call}, 1.96) as low, rating.wilson_high_of_population(${call}, 1.96) as high`,
        )
        .execute(database.db);
      expect(rows, call).toEqual([{ low: null, high: null }]);
    }
  });
});

describe('the views give the 95% interval beside that of the edition', () => {
  const round = (value: number | null) => (value === null ? null : Math.round(100 * value) / 100);
  const ends = ({
    low,
    high,
    low_95,
    high_95,
  }: Record<'low' | 'high' | 'low_95' | 'high_95', number | null>) => [
    round(low),
    round(high),
    round(low_95),
    round(high_95),
  ];
  const keyQuestion = (area: string, code: string) =>
    database.db
      .selectFrom('analytics.key_question_result')
      .select(['percent', 'low', 'high', 'low_95', 'high_95'])
      .where('area', '=', area)
      .where('key_question', '=', code)
      .executeTakeFirstOrThrow();
  const prompt = (area: string, code: string) =>
    database.db
      .selectFrom('analytics.prompt_result')
      .select(['percent', 'relevant', 'low', 'high', 'low_95', 'high_95'])
      .where('area', '=', area)
      .where('prompt', '=', code)
      .executeTakeFirstOrThrow();

  // (8 + z²/2 ∓ z √(8 · 1 / 9 + z²/4)) / (9 + z²), for z² = 1.642374 and 3.841459
  test('of a key question: 8 of 9', async () => {
    expect(ends(await keyQuestion('Wigan', '2.1.1'))).toEqual([69.16, 96.61, 56.5, 98.01]);
  });

  // Barnet prints 45% of 11 cases, which only 5 of 11 gives: 5 · 6 / 11 under the root
  test('of a prompt of which a percentage is printed that only one count gives', async () => {
    const row = await prompt('Barnet', '2.1.3.a');
    expect(row.percent).toBe(45);
    expect(ends(row)).toEqual([28.09, 64, 21.27, 71.99]);
  });

  test('and none where no whole count gives the printed percentage, or nothing is relevant', async () => {
    // 90% of 11 cases: 10 of 11 is 91%
    const { rows } = await sql<{ percent: number | null }>`
      select distinct percent, low, high, low_95, high_95 from analytics.prompt_result
      where area = 'Barnet' and prompt like '2.%' and (percent is null or low is null or low_95 is null)`.execute(
      database.db,
    );
    expect(rows).toContainEqual({ percent: 90, low: null, high: null, low_95: null, high_95: null });
    const { rows: none } = await sql`
      select distinct low, high, low_95, high_95 from analytics.prompt_result where relevant = 0`.execute(
      database.db,
    );
    expect(none).toEqual([{ low: null, high: null, low_95: null, high_95: null }]);
  });

  // Wigan 2.2.2: 5 of 8 relevant, of 9 inspected; and its prompt 2.2.3.a: 3 of 6, of 9
  test('of the percentage of relevant cases and of that of inspected ones', async () => {
    const found = await database.db
      .selectFrom('analytics.key_question_result')
      .select(['relevant_low', 'relevant_high', 'relevant_low_95', 'relevant_high_95'])
      .select(['inspected_low', 'inspected_high', 'inspected_low_95', 'inspected_high_95'])
      .where('area', '=', 'Wigan')
      .where('key_question', '=', '2.2.2')
      .executeTakeFirstOrThrow();
    expect(Object.values(found).map(round)).toEqual([40.28, 80.46, 30.57, 86.32, 35.16, 74.24, 26.67, 81.12]);
    const below = await database.db
      .selectFrom('analytics.prompt_result')
      .select(['relevant_low', 'relevant_high', 'relevant_low_95', 'relevant_high_95'])
      .select(['inspected_low', 'inspected_high', 'inspected_low_95', 'inspected_high_95'])
      .where('area', '=', 'Wigan')
      .where('prompt', '=', '2.2.3.a')
      .executeTakeFirstOrThrow();
    expect(Object.values(below).map(round)).toEqual([26.82, 73.18, 18.76, 81.24, 17.21, 54.6, 12.06, 64.58]);
  });

  // Wigan 2.2.2: 5 of 9 inspected cases; figures from a program of another language
  test('among all eligible cases where it is known how many there were: half of them, all of them, or no one knows', async () => {
    const among = (eligible: number | null) =>
      database.db
        .transaction()
        .execute(async (trx) => {
          await sql`
            update core.inspection_sample set eligible_cases = ${eligible}
            where sample_id = (select sample_id from core.sample where edition_code = '2018' and sample = 'court')
              and inspection_id = (select inspection_id from analytics.inspection where area = 'Wigan')`.execute(
            trx,
          );
          const row = await trx
            .selectFrom('analytics.key_question_result')
            .select(['eligible', 'eligible_low', 'eligible_high', 'eligible_low_95', 'eligible_high_95'])
            .where('area', '=', 'Wigan')
            .where('key_question', '=', '2.2.2')
            .executeTakeFirstOrThrow();
          throw Object.assign(new Error('taken back'), { row });
        })
        .catch(({ row }) => Object.values(row as Record<string, number | null>).map(round));
    expect(await among(18)).toEqual([18, 40.31, 69.82, 33.17, 75.89]);
    expect(await among(9)).toEqual([9, 55.56, 55.56, 55.56, 55.56]);
    expect(await among(null)).toEqual([null, null, null, null, null]);
  });

  // Barnet prints 45% of 11 inspected cases: 5 of 11, of unknown relevant ones
  test('of a printed percentage of inspected cases, and none of relevant ones', async () => {
    const row = await database.db
      .selectFrom('analytics.key_question_result')
      .select(['inspected_low', 'inspected_high', 'inspected_low_95', 'inspected_high_95', 'relevant_low'])
      .where('area', '=', 'Barnet')
      .where('key_question', '=', '2.1.3')
      .executeTakeFirstOrThrow();
    expect(Object.values(row).map(round)).toEqual([28.09, 64, 21.27, 71.99, null]);
  });

  test('and none where there is no such percentage', async () => {
    const { rows } = await sql<{ rows: number; wrong: number; without: number }>`
      select count(*)::integer as rows,
        count(*) filter (where percent_of_inspected is null)::integer as without,
        count(*) filter (
          where num_nonnulls(relevant_low, relevant_high, relevant_low_95, relevant_high_95)
              <> case when percent_of_relevant is not null and yes is not null then 4 else 0 end
            or num_nonnulls(inspected_low, inspected_high, inspected_low_95, inspected_high_95) not in (0, 4)
            or inspected_low is not null and percent_of_inspected is null
            or inspected_low is null and percent_of_inspected is not null and yes is not null
        )::integer as wrong
      from (
        select yes, percent_of_relevant, relevant_low, relevant_high, relevant_low_95, relevant_high_95,
          percent_of_inspected, inspected_low, inspected_high, inspected_low_95, inspected_high_95
        from analytics.key_question_result
        union all
        select yes, percent_of_relevant, relevant_low, relevant_high, relevant_low_95, relevant_high_95,
          percent_of_inspected, inspected_low, inspected_high, inspected_low_95, inspected_high_95
        from analytics.prompt_result
      ) as result`.execute(database.db);
    expect(rows[0]?.wrong).toBe(0);
    expect(rows[0]?.without).toBeGreaterThan(10);
    expect(rows[0]?.rows).toBeGreaterThan((rows[0]?.without ?? 0) + 100);
  });

  test('which is always the wider one, under editions whose level is 80%', async () => {
    const { rows } = await sql<{ rows: number; narrower: number }>`
      select count(*)::integer as rows, count(*) filter (where not (low_95 <= low and high <= high_95))::integer as narrower
      from (
        select low, high, low_95, high_95 from analytics.key_question_result
        union all select low, high, low_95, high_95 from analytics.prompt_result
        union all select low, high, low_95, high_95 from analytics.key_question_trend
        union all select low, high, low_95, high_95 from analytics.standard_trend
        union all select low, high, low_95, high_95 from analytics.rating_trend
        union all select low, high, low_95, high_95 from analytics.rating_driver
        union all select low, high, low_95, high_95 from analytics.discretion_trend
        union all select low, high, low_95, high_95 from analytics.league_table
        union all select higher_low, higher_high, higher_low_95, higher_high_95 from analytics.service_comparison
        union all select same_low, same_high, same_low_95, same_high_95 from analytics.service_comparison
        union all select lower_low, lower_high, lower_low_95, lower_high_95 from analytics.service_comparison
        union all select relevant_low, relevant_high, relevant_low_95, relevant_high_95 from analytics.key_question_result
        union all select inspected_low, inspected_high, inspected_low_95, inspected_high_95 from analytics.key_question_result
        union all select relevant_low, relevant_high, relevant_low_95, relevant_high_95 from analytics.prompt_result
        union all select inspected_low, inspected_high, inspected_low_95, inspected_high_95 from analytics.prompt_result
      ) as interval where low is not null`.execute(database.db);
    expect(rows[0]?.narrower).toBe(0);
    expect(rows[0]?.rows).toBeGreaterThan(200);
  });
});
