import { type Kysely, sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { load } from '../../src/import/load.js';
import { testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

// A trend joins what the crosswalk says is continued, and nothing else; and it says where percentages of two editions are
// of different cases. Each test changes the crosswalk or the rules of the bundled editions, and takes it back.

const database = testDatabase();
const files = testFolder();

beforeAll(async () => {
  const invented = (month: string, edition: string, questions: string) => `synthetic: true
service: Westminster Youth Offending Team
report: {fieldwork_month: "${month}"}
edition: "${edition}"
sample: {court_disposals: {cases: 12}}
key_questions: {${questions}}
`;
  const bundles = [
    invented('2021-05', '2018', '"2.1.1": {relevant_cases: 4, yes: 3}, "2.1.2": {relevant_cases: 5, yes: 1}'),
    invented(
      '2022-03',
      '2021',
      '"2.1.1": {relevant_cases: 10, yes: 5}, "2.1.2": {relevant_cases: 8, yes: 1}',
    ),
  ];
  await load(database.db, await Promise.all(bundles.map((text) => files.bundle(text))));
});

/** Year, edition, key question, yes, relevant and series_break of the trends of 2.1.1 and 2.1.2, invented inspections only. */
const trends = (db: Kysely<DB>) =>
  db
    .selectFrom('analytics.key_question_trend')
    .select(['year', 'edition', 'key_question', 'yes', 'relevant', 'series_break'])
    .where('key_question', 'in', ['2.1.1', '2.1.2'])
    .where('is_synthetic', '=', true)
    .orderBy('key_question')
    .orderBy('year')
    .orderBy('edition')
    .execute()
    .then((rows) => rows.map((row) => Object.values(row)));

const question = (edition: string, code: string) =>
  sql`(select question_id from core.question where edition_code = ${edition} and question_code = ${code})`;

/** Says anew what became of 2.1.1 and 2.1.2. */
async function crosswalk(
  db: Kysely<DB>,
  entries: [from: string | null, to: string | null, relation: string][],
) {
  for (const code of ['2.1.1', '2.1.2']) {
    await sql`delete from core.crosswalk
      where from_question_id = ${question('2018', code)} or to_question_id = ${question('2021', code)}`.execute(
      db,
    );
  }
  for (const [from, to, relation] of entries) {
    await sql`insert into core.crosswalk (from_question_id, from_edition_code, to_question_id, to_edition_code, relation)
      values (${from && question('2018', from)}, ${from && '2018'}, ${to && question('2021', to)}, ${to && '2021'}, ${relation})`.execute(
      db,
    );
  }
}

/** Bases of key questions, in all rules of an edition. */
const takePercentagesOf = (db: Kysely<DB>, edition: string, level: string, base: string) =>
  sql`update core.percentage_base set base = ${base}
    where level = ${level} and rule_set_id in (select rule_set_id from core.rule_set where edition_code = ${edition})`.execute(
    db,
  );

test('as things are, each question goes on, and the series breaks where the base of its percentages changes', async () => {
  expect(await trends(database.db)).toEqual([
    [2021, '2018', '2.1.1', 3, 4, false],
    [2022, '2021', '2.1.1', 5, 10, true],
    [2021, '2018', '2.1.2', 1, 5, false],
    [2022, '2021', '2.1.2', 1, 8, true],
  ]);
});

test('why the series breaks: nothing is continued, or other cases are asked, before other cases divide the percentages', async () => {
  const why = (db: Kysely<DB>) =>
    db
      .selectFrom('analytics.key_question_trend')
      .select('series_break_because')
      .where('key_question', '=', '2.1.1')
      .where('is_synthetic', '=', true)
      .orderBy('year')
      .execute()
      .then((rows) => rows.map(({ series_break_because }) => series_break_because));
  expect(await why(database.db)).toEqual([null, 'percentages published of other cases']);
  await rolledBack(database.db, async (trx) => {
    await sql`update core.question set applies_when = 'cases with a plan' where question_id = ${question('2018', '2.1.1')}`.execute(
      trx,
    );
    expect(await why(trx)).toEqual([null, 'asked of other cases']);
    await crosswalk(trx, [['2.1.1', '2.1.1', 'replaced']]);
    expect(await why(trx)).toEqual([null, 'continues no question']);
  });
});

describe('with the same base in both editions', () => {
  const sameBase = <T>(work: (db: Kysely<DB>) => Promise<T>) =>
    rolledBack(database.db, async (trx) => {
      await takePercentagesOf(trx, '2021', 'key question', 'relevant');
      return work(trx);
    });
  const apart = [
    [2021, '2018', '2.1.1', 3, 4, false],
    [2022, '2021', '2.1.1', 5, 10, true],
    [2021, '2018', '2.1.2', 1, 5, false],
    [2022, '2021', '2.1.2', 1, 8, true],
  ];
  const series = (db: Kysely<DB>) =>
    sql<{ count: number }>`
      select count(distinct question_series)::integer as count from analytics.key_question_trend
      where key_question in ('2.1.1', '2.1.2') and is_synthetic`
      .execute(db)
      .then(({ rows }) => rows[0]?.count);

  test('a question that continues another is one series without a break', async () => {
    await sameBase(async (db) => {
      expect((await trends(db)).map((row) => row.at(-1))).toEqual([false, false, false, false]);
      expect(await series(db)).toBe(2);
    });
  });

  test.each<[string, [string | null, string | null, string][]]>([
    [
      'one that has no counterpart',
      [
        ['2.1.1', null, 'ended'],
        ['2.1.2', null, 'ended'],
        [null, '2.1.1', 'new'],
        [null, '2.1.2', 'new'],
      ],
    ],
    [
      'one that became several',
      [
        ['2.1.1', '2.1.1', 'split'],
        ['2.1.1', '2.1.2', 'split'],
        ['2.1.2', null, 'ended'],
      ],
    ],
    [
      'several that became one',
      [
        ['2.1.1', '2.1.1', 'merged'],
        ['2.1.2', '2.1.1', 'merged'],
        [null, '2.1.2', 'new'],
      ],
    ],
    [
      'one that another replaced',
      [
        ['2.1.1', '2.1.1', 'replaced'],
        ['2.1.2', '2.1.2', 'replaced'],
      ],
    ],
    ['one of which the crosswalk says nothing', []],
  ])('%s is a series of its own, broken where the newer one begins', async (_, entries) => {
    await sameBase(async (db) => {
      await crosswalk(db, entries);
      expect(await trends(db)).toEqual(apart);
      expect(await series(db)).toBe(4);
    });
  });

  test('in one year, what does not continue is counted apart', async () => {
    await sameBase(async (db) => {
      await crosswalk(db, [
        ['2.1.1', '2.1.1', 'replaced'],
        ['2.1.2', '2.1.2', 'continues'],
      ]);
      await sql`update core.inspection set fieldwork_start = '2022-02-01'
        where is_synthetic and edition_code = '2018'`.execute(db);
      expect(await trends(db)).toEqual([
        [2022, '2018', '2.1.1', 3, 4, false],
        [2022, '2021', '2.1.1', 5, 10, true],
        [2022, '2018', '2.1.2', 1, 5, false],
        [2022, '2021', '2.1.2', 1, 8, false],
      ]);
    });
  });
});

describe('the base of percentages', () => {
  const breaks = (rows: unknown[][]) => rows.map((row) => row.at(-1));

  test('breaks a series of key questions whichever way it changes', async () => {
    await rolledBack(database.db, async (trx) => {
      await takePercentagesOf(trx, '2018', 'key question', 'inspected');
      expect(breaks(await trends(trx))).toEqual([false, false, false, false]);
      await takePercentagesOf(trx, '2021', 'key question', 'relevant');
      expect(breaks(await trends(trx))).toEqual([false, true, false, true]);
    });
  });

  test('of prompts says nothing about key questions', async () => {
    await rolledBack(database.db, async (trx) => {
      await takePercentagesOf(trx, '2021', 'key question', 'relevant');
      await takePercentagesOf(trx, '2021', 'prompt', 'inspected');
      expect(breaks(await trends(trx))).toEqual([false, false, false, false]);
    });
  });

  test('is that of the last rules of the edition before', async () => {
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
      expect(breaks(await trends(trx))).toEqual([false, false, false, false]);
    });
  });
});
