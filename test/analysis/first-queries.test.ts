import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../support/database.js';
import { fromAnswers, type Worked } from '../support/from-answers.js';
import { loadProgramme } from '../support/programme.js';

// What an analyst types first, with the data dictionary and no source code, beside what the case answers give.
const database = testDatabase();
let worked: Worked[];

beforeAll(async () => {
  await loadProgramme(database, { inspections: 80, seed: 26 });
  worked = await fromAnswers(database.db);
});

const ask = async (query: string) =>
  (await sql.raw<Record<string, unknown>>(query).execute(database.db)).rows;
/** The one figure of a query that asks for one. */
const figure = async (query: string) => {
  const [row] = await ask(query);
  return Object.values(row as Record<string, unknown>)[0];
};
const count = (is: (one: Worked) => boolean) => worked.filter(is).length;

describe('discretion', () => {
  test('how often did it change the overall rating?', async () => {
    const changed = count(({ overall, overallWithout }) => overall !== overallWithout);
    expect(changed).toBeGreaterThan(0);
    expect(
      await figure(`
        select count(*)::integer from analytics.overall_rating
        where rating <> rating_without_discretion and is_synthetic`),
    ).toBe(changed);
  });

  test('how many points did it bring?', async () => {
    const brought = worked.reduce((sum, { score, scoreWithout }) => sum + score - scoreWithout, 0);
    expect(
      await figure(
        'select sum(score - score_without_discretion)::integer from analytics.overall_rating where is_synthetic',
      ),
    ).toBe(brought);
  });

  test('how often did it change the rating of a standard?', async () => {
    const standards = worked.flatMap(({ standards }) => [...standards.values()]);
    expect(
      await figure(`
        select count(*)::integer from analytics.standard_rating
        where rating_rank <> computed_rating_rank and is_synthetic`),
    ).toBe(standards.filter(({ computed, rating }) => computed !== null && computed !== rating).length);
  });
});

describe('the rules are rows', () => {
  test('what if boundaries were five points higher?', async () => {
    const percents = worked.flatMap(({ edition, questions }) =>
      [...questions].flatMap(([code, { yes, no, all }]) => {
        const base = edition === '2018' ? yes + no : all;
        return /^\d\.\d\.\d$/.test(code) && yes + no > 0 ? [Math.floor((200 * yes + base) / (2 * base))] : [];
      }),
    );
    const lower = percents.filter((percent) =>
      [50, 65, 80].some((from) => from <= percent && percent < from + 5),
    );
    expect(
      await figure(`
        select count(*)::integer
        from analytics.key_question_result as result
        join analytics.rating_scale as scale using (edition, rating)
        where result.percent < scale.from_percent + 5 and scale.from_percent > 0 and is_synthetic`),
    ).toBe(lower.length);
  });

  test('what is a percentage taken of, and how near is near a boundary?', async () => {
    expect(
      await ask(`
        select edition, rule, value, number from analytics.edition_rule
        where rule in ('key_question_base', 'discretion_points', 'fewest_cases') and edition <> '2025'
        order by edition, rule`),
    ).toEqual([
      { edition: '2018', rule: 'discretion_points', value: '5', number: 5 },
      { edition: '2018', rule: 'fewest_cases', value: '5', number: 5 },
      { edition: '2018', rule: 'key_question_base', value: 'relevant', number: null },
      { edition: '2021', rule: 'discretion_points', value: '5', number: 5 },
      { edition: '2021', rule: 'fewest_cases', value: '5', number: 5 },
      { edition: '2021', rule: 'key_question_base', value: 'inspected', number: null },
    ]);
  });
});
