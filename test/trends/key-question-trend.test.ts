import { type Kysely, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { databaseWith, expectNear, valuesOf } from '../support/asked.js';
import { withCounts } from '../support/bundles.js';
import { rolledBack } from '../support/database.js';

const westminster = 'Westminster Youth Offending Team';
const wigan = 'Wigan Youth Offending Team';
const counts = (...of: [code: string, yes: number, relevant: number][]) =>
  of.map(([code, yes, relevant]) => `"${code}": {relevant_cases: ${relevant}, yes: ${yes}}`).join(', ');

const { database, rows } = databaseWith([
  withCounts(
    westminster,
    '2021-05',
    '2018',
    `${counts(['2.1.1', 3, 4], ['2.1.2', 1, 4])}, "2.1.3": {not_applicable: true}`,
  ),
  // a percentage has no count to add
  withCounts(
    wigan,
    '2021-09',
    '2021',
    `${counts(['2.1.1', 4, 6])}, "2.1.2": {percent_yes: 50}, "2.1.3": {lost: [yes], relevant_cases: 3}`,
  ),
  withCounts(westminster, '2022-03', '2021', counts(['2.1.1', 5, 10], ['2.1.2', 1, 8])),
  withCounts(westminster, '2022-10', '2021', counts(['2.1.1', 0, 2])),
]);

/** The series of a key question: year, edition, services, inspections, yes, relevant, percent, and whether it breaks. */
const series = (question: string, { db = database.db as Kysely<DB>, synthetic = true } = {}) =>
  valuesOf(
    db,
    `select year, edition, services, inspections, yes, relevant, percent, series_break
    from analytics.key_question_trend
    where key_question = '${question}' and is_synthetic = ${synthetic} and inspections > 0 order by year, edition`,
  );

test.each<[what: string, question: string, synthetic: boolean, expected: unknown[][]]>([
  [
    // the 2021 edition's percentage is of inspected cases; in 2022 one service twice, 5 of 10 and 0 of 2
    'counts of a year are pooled within an edition, on relevant cases',
    '2.1.1',
    true,
    [
      [2021, '2018', 1, 1, 3, 4, 75, false],
      [2021, '2021', 1, 1, 4, 6, 67, true],
      [2022, '2021', 1, 2, 5, 12, 42, false],
    ],
  ],
  [
    // 1 of 8 in the first year with counts under the 2021 edition
    'an inspection without counts is not counted, and a half is rounded up',
    '2.1.2',
    true,
    [
      [2021, '2018', 1, 1, 1, 4, 25, false],
      [2022, '2021', 1, 1, 1, 8, 13, true],
    ],
  ],
  ['no relevant case, no percentage', '2.1.3', true, [[2021, '2018', 1, 1, 0, 0, null, false]]],
  [
    // Kensington and Chelsea (fieldwork in 2020) prints 4 of 4, Wigan 8 of 9
    'real inspections are pooled apart',
    '2.1.1',
    false,
    [
      [2020, '2018', 1, 1, 4, 4, 100, false],
      [2021, '2018', 1, 1, 8, 9, 89, false],
    ],
  ],
])('%s', async (_, question, synthetic, expected) => {
  expect(await series(question, { synthetic })).toEqual(expected);
});

test('one inspection alone has the interval of its cases, at 80% and 95%; without a relevant case there is none', async () => {
  const intervals = await rows(`
    select low, high, low_95, high_95 from analytics.key_question_trend
    where year = 2021 and is_synthetic and (key_question, edition) in (('2.1.1', '2021'), ('2.1.3', '2018')) order by key_question`);
  // 4 of 6, z = 1.28155: (4 + 0.82119 -+ 1.28155 * sqrt(1.33333 + 0.41059)) / 7.64237
  // z = 1.95996: (4 + 1.92073 -+ 1.95996 * sqrt(1.33333 + 0.96036)) / 9.84146
  expectNear(intervals[0] ?? [], [40.94, 85.23, 30.0, 90.32], 1);
  expect(intervals[1]).toEqual([null, null, null, null]);
});

test('what has no counts is counted as left out, and why', async () => {
  const left = await rows(`
    select key_question, inspections, inspections_without_counts, percentages_only from analytics.key_question_trend
    where is_synthetic and year = 2021 and edition = '2021' and standard = '2.1' order by key_question`);
  expect(left).toEqual([
    ['2.1.1', 1, 0, 0],
    ['2.1.2', 0, 1, 1],
    // its yes was lost
    ['2.1.3', 0, 1, 0],
  ]);
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

  const takePercentagesOf = (db: Kysely<DB>, edition: string, level: string, base: string) =>
    sql`update core.percentage_base set base = ${base}
      where level = ${level} and rule_set_id in (select rule_set_id from core.rule_set where edition_code = ${edition})`.execute(
      db,
    );

  /** Edition and question, the series that each is of, and why that breaks there, if it does. */
  const series = (db: Kysely<DB>) =>
    valuesOf(
      db,
      `select edition || ' ' || key_question, question_series, max(series_break_because) from analytics.key_question_trend
      where is_synthetic and inspections > 0 and key_question in ('2.1.1', '2.1.2') group by 1, 2 order by 1`,
    );
  const inAll = (because: string | null) => [
    ['2018 2.1.1', '2021 2.1.1', null],
    ['2018 2.1.2', '2021 2.1.2', null],
    ['2021 2.1.1', '2021 2.1.1', because],
    ['2021 2.1.2', '2021 2.1.2', because],
  ];
  const apart = ['2018 2.1.1', '2018 2.1.2', '2021 2.1.1', '2021 2.1.2'].map((name) => [
    ...[name, name, name.startsWith('2021') ? 'continues no question' : null],
  ]);

  test('as things are, each question goes on, and the series breaks where the base of its percentages changes', async () => {
    expect(await series(database.db)).toEqual(inAll('percentages published of other cases'));
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
      expect(await series(trx)).toEqual(apart);
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

  test('the base of key questions breaks a series whichever way it changes; that of prompts says nothing about it', async () => {
    await rolledBack(database.db, async (trx) => {
      await takePercentagesOf(trx, '2018', 'key question', 'inspected');
      expect(await series(trx)).toEqual(inAll(null));
      await takePercentagesOf(trx, '2021', 'key question', 'relevant');
      expect(await series(trx)).toEqual(inAll('percentages published of other cases'));
      await takePercentagesOf(trx, '2018', 'key question', 'relevant');
      await takePercentagesOf(trx, '2021', 'prompt', 'inspected');
      expect(await series(trx)).toEqual(inAll(null));
    });
  });

  test('the base is that of the last rules of the edition before', async () => {
    await rolledBack(database.db, async (trx) => {
      await sql`with amended as (
          insert into core.rule_set (edition_code, effective_from, rounding, band_on, confidence_level, discretion_points,
            discretion_judgements, discretion_sample, unrated_standard)
          select edition_code, '2019-06-01', rounding, band_on, confidence_level, discretion_points,
            discretion_judgements, discretion_sample, unrated_standard
          from core.rule_set where edition_code = '2018'
          returning rule_set_id, edition_code
        )
        insert into core.percentage_base (rule_set_id, edition_code, level, base)
        select rule_set_id, edition_code, level, 'inspected' from amended, (values ('key question'), ('prompt')) as of (level)`.execute(
        trx,
      );
      expect(await series(trx)).toEqual(inAll(null));
    });
  });
});
