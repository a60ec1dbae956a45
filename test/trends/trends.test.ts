import { type Kysely, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { databaseWith, expectNear, valuesOf } from '../support/asked.js';
import { figuresOf, invented, withCounts } from '../support/bundles.js';
import { rolledBack } from '../support/database.js';

// That intervals and design effects are those of the counts, and that counts add up, test/schema/sums.test.ts holds of all trends.

const westminster = 'Westminster Youth Offending Team';
const wigan = 'Wigan Youth Offending Team';
const essex = 'Essex Youth Offending Service';

const figures = (...all: ([yes: number, relevant: number] | object)[]) => figuresOf('2.1', ...all);
const notApplicable = { not_applicable: true };

const { database, rows } = databaseWith([
  invented({ standard_ratings: { '1.1': 'Good', '3.4': 'Good' }, overall: { rating: 'Good' } }),
  invented({ service: wigan, report: { fieldwork_from: '2019-06-10' }, standard_ratings: { '1.1': 'Good' } }),
  // reported on in the year after
  invented({
    ...{ service: essex, report: { fieldwork_from: '2019-12-02', published: '2020-03' } },
    standard_ratings: { '1.1': 'Outstanding' },
  }),

  withCounts(westminster, '2021-05', '2018', figures([3, 4], [1, 4], notApplicable)),
  // a percentage has no count to add
  withCounts(
    wigan,
    '2021-09',
    '2021',
    figures([4, 6], { percent_yes: 50 }, { lost: ['yes'], relevant_cases: 3 }),
  ),
  withCounts(westminster, '2022-03', '2021', figures([5, 10], [1, 8])),
  withCounts(westminster, '2022-10', '2021', figures([0, 2])),

  withCounts(westminster, '2023-05', '2018', figures([3, 4], [1, 4], notApplicable)),
  withCounts(wigan, '2023-07', '2018', figures([4, 6], [5, 5], [0, 3])),
  // its other key questions are not known, and neither is their sum
  withCounts(essex, '2023-09', '2018', figures([9, 9])),
]);

describe('ratings by year', () => {
  test('every rating of the scale has a row, and what has none has rows of its own, where there is any', async () => {
    const found = await rows(`
      select standard, rating, rating_rank, inspections, share from analytics.rating_trend
      where year = 2019 and is_synthetic and (inspections > 0 or standard = '1.1')
        and standard in ('1.1', '1.2', '3.4', 'overall')
      order by standard, rating_rank nulls last`);
    expect(found).toEqual([
      ['1.1', 'Inadequate', 0, 0, 0],
      ['1.1', 'Requires improvement', 1, 0, 0],
      ['1.1', 'Good', 2, 2, 2 / 3],
      ['1.1', 'Outstanding', 3, 1, 1 / 3],
      ['1.2', 'not known', null, 3, null],
      ['3.4', 'Good', 2, 1, 1],
      ['3.4', 'not known', null, 2, null],
      ['overall', 'Good', 2, 1, 1],
      ['overall', 'not known', null, 2, null],
    ]);
  });
});

test('answers to a standard are summed within an edition, of inspections of which all are known', async () => {
  const told = await rows(`
    select year, edition, inspections, inspections_without_counts, percentages_only, yes, relevant, percent
    from analytics.standard_trend
    where standard = '2.1' and (not is_synthetic or year = 2023) order by is_synthetic, year`);
  expect(told).toEqual([
    [2018, '2018', 0, 1, 1, null, null, null],
    // Kensington and Chelsea, Wigan
    [2020, '2018', 1, 0, 0, 9, 12, 75],
    [2021, '2018', 1, 0, 0, 22, 27, 81],
    [2022, '2021', 0, 2, 2, null, null, null],
    // 3 + 1 + 4 + 5 + 0 of 4 + 4 + 6 + 5 + 3: 59.1%
    [2023, '2018', 2, 1, 0, 13, 22, 59],
  ]);
  const [ends = []] = await rows(`
    select low, high, design_effect, effective_relevant from analytics.standard_trend
    where standard = '2.1' and is_synthetic and year = 2023`);
  // one degree of freedom: t = 3.0777 for z = 1.2816, so that 22 answers are worth 3.81; Wilson's of 0.5909 of them
  expectNear(ends.slice(0, 2), [29.24, 83.47], 1);
  // 4 of 8 and 9 of 14 are more alike than independent answers would be: 2 * 1.0579 / 5.3182 = 0.40, taken as 1
  expect(ends.slice(2)).toEqual([1, 22]);
});

test.each<[what: string, question: string, is: string, expected: unknown[][]]>([
  [
    // the 2021 edition's percentage is of inspected cases; in 2022 one service twice, 5 of 10 and 0 of 2
    'counts of a year are pooled within an edition, on relevant cases',
    '2.1.1',
    'is_synthetic',
    [
      [2021, '2018', 1, 1, 0, 0, 3, 4, 75, false],
      [2021, '2021', 1, 1, 0, 0, 4, 6, 67, true],
      [2022, '2021', 1, 2, 0, 0, 5, 12, 42, false],
    ],
  ],
  [
    // 1 of 8 in the first year with counts under the 2021 edition, in which the series breaks
    'an inspection without counts is left out and counted, and a half is rounded up',
    '2.1.2',
    'is_synthetic',
    [
      [2021, '2018', 1, 1, 0, 0, 1, 4, 25, false],
      [2021, '2021', 0, 0, 1, 1, null, null, null, false],
      [2022, '2021', 1, 1, 1, 0, 1, 8, 13, true],
    ],
  ],
  [
    'no relevant case, no percentage; what was lost is not known',
    '2.1.3',
    'is_synthetic and year = 2021',
    [
      [2021, '2018', 1, 1, 0, 0, 0, 0, null, false],
      [2021, '2021', 0, 0, 1, 0, null, null, null, false],
    ],
  ],
])('%s', async (_, question, is, expected) => {
  const series = await rows(`
    select year, edition, services, inspections, inspections_without_counts, percentages_only, yes, relevant, percent, series_break
    from analytics.key_question_trend
    where key_question = '${question}' and year between 2020 and 2022 and ${is} order by year, edition`);
  expect(series).toEqual(expected);
});

// A trend joins what the crosswalk says is continued, and nothing else; and it says where percentages of two editions are of
// different cases. Each test changes the crosswalk or the rules of the bundled editions, and takes it back.
describe('were the crosswalk or the rules otherwise', () => {
  /** Says anew what became of 2.1.1 and 2.1.2: "2.1.1 - ended, 2.1.2 2.1.1 continues". */
  async function crosswalk(db: Kysely<DB>, entries: string) {
    await sql`delete from core.crosswalk
      using core.question
      where question_code in ('2.1.1', '2.1.2')
        and (edition_code, question_id) in (('2018', from_question_id), ('2021', to_question_id))`.execute(
      db,
    );
    for (const entry of entries.split(', ').filter(Boolean)) {
      const [from = '', to = '', relation = ''] = entry.split(' ');
      await sql`insert into core.crosswalk (from_question_id, from_edition_code, to_question_id, to_edition_code, relation)
        select min(question_id) filter (where edition_code = '2018'), min(edition_code) filter (where edition_code = '2018'),
          min(question_id) filter (where edition_code = '2021'), min(edition_code) filter (where edition_code = '2021'), ${relation}
        from core.question where (edition_code, question_code) in (('2018', ${from}), ('2021', ${to}))`.execute(
        db,
      );
    }
  }

  /** Edition and question, the series that each is of, and why that breaks there, if it does. */
  const series = (db: Kysely<DB>) =>
    valuesOf(
      db,
      `select edition || ' ' || key_question, question_series, max(series_break_because) from analytics.key_question_trend
      where is_synthetic and inspections > 0 and year < 2023 and key_question in ('2.1.1', '2.1.2') group by 1, 2 order by 1`,
    );
  const questions = ['2018 2.1.1', '2018 2.1.2', '2021 2.1.1', '2021 2.1.2'];
  const because = (why: string | null, of: string[]) =>
    questions.map((name, at) => [name, of[at], name.startsWith('2021') ? why : null]);
  const inAll = (why: string | null) =>
    because(why, ['2021 2.1.1', '2021 2.1.2', '2021 2.1.1', '2021 2.1.2']);
  const ofOtherCases = 'percentages published of other cases';

  test('as things are, each question goes on, and the series breaks where the base of its percentages changes', async () => {
    expect(await series(database.db)).toEqual(inAll(ofOtherCases));
  });

  // a question of 2018, one of 2021, and how the first became the second
  test.each([
    ['became several', '2.1.1 2.1.1 split, 2.1.1 2.1.2 split, 2.1.2 - ended'],
    ['is one of several that became one', '2.1.1 2.1.1 merged, 2.1.2 2.1.1 merged, - 2.1.2 new'],
    ['another replaced', '2.1.1 2.1.1 replaced, 2.1.2 2.1.2 replaced'],
    ['the crosswalk says nothing of', ''],
  ])('a question that %s is a series of its own, broken where the newer one begins', async (_, entries) => {
    await rolledBack(database.db, async (trx) => {
      await crosswalk(trx, entries);
      expect(await series(trx)).toEqual(because('continues no question', questions));
    });
  });

  test('a question that goes on under another code is one series', async () => {
    await rolledBack(database.db, async (trx) => {
      await crosswalk(trx, '2.1.2 2.1.1 continues');
      expect((await series(trx)).map(([, name]) => name)).toEqual([
        ...['2018 2.1.1', '2021 2.1.1', '2021 2.1.1', '2021 2.1.2'],
      ]);
    });
  });

  /** As if percentages of an edition had been of other cases, by its first rules or by an amendment. */
  const takePercentagesOf = (edition: string, level: string, base: string) =>
    `update core.percentage_base set base = '${base}'
      where level = '${level}' and rule_set_id in (select rule_set_id from core.rule_set where edition_code = '${edition}')`;
  const amendment = `with amended as (
      insert into core.rule_set (edition_code, effective_from, rounding, band_on, confidence_level, discretion_points,
        discretion_judgements, discretion_sample, unrated_standard)
      select edition_code, '2019-06-01', rounding, band_on, confidence_level, discretion_points,
        discretion_judgements, discretion_sample, unrated_standard
      from core.rule_set where edition_code = '2018'
      returning rule_set_id, edition_code
    )
    insert into core.percentage_base (rule_set_id, edition_code, level, base)
    select rule_set_id, edition_code, level, 'inspected' from amended, (values ('key question'), ('prompt')) as of (level)`;

  test.each([
    ['the older is as the newer', [takePercentagesOf('2018', 'key question', 'inspected')], null],
    [
      'it changes the other way round',
      [
        takePercentagesOf('2018', 'key question', 'inspected'),
        takePercentagesOf('2021', 'key question', 'relevant'),
      ],
      ofOtherCases,
    ],
    [
      'that of prompts alone changes',
      [
        takePercentagesOf('2021', 'key question', 'relevant'),
        takePercentagesOf('2021', 'prompt', 'inspected'),
      ],
      null,
    ],
    ['the last rules of the older are as the newer', [amendment], null],
  ])('the base of key questions breaks a series, or not, where %s', async (_, statements, why) => {
    await rolledBack(database.db, async (trx) => {
      for (const statement of statements) await sql.raw(statement).execute(trx);
      expect(await series(trx)).toEqual(inAll(why));
    });
  });
});
