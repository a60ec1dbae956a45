import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { writePairs } from '../../src/import/edition/question-links.js';
import { YamlFile } from '../../src/import/files/yaml-file.js';
import { load } from '../../src/import/load.js';
import { UserError } from '../../src/problem.js';
import { questionPair } from '../../src/queries/of-inspections.js';
import { questionPairTrend } from '../../src/queries/of-years.js';
import { testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

const database = testDatabase();
const files = testFolder();

const counts = (month: string, court: string, other: string) =>
  files.bundle(`synthetic: true
service: {name: Barset Youth Justice Service, area: Barset}
report: {fieldwork_month: "${month}"}
edition: "2018"
sample: {court_disposals: {cases: 80}, out_of_court_disposals: {cases: 90}}
key_questions: {"2.1.1": {${court}}, "3.1.1": {${other}}, "2.4.1": {relevant_cases: 4, yes: 4}}
`);

beforeAll(async () => {
  await load(database.db, [
    await counts('2019-05', 'relevant_cases: 70, yes: 56', 'relevant_cases: 80, yes: 48'),
    await counts('2019-09', 'relevant_cases: 10, yes: 3', 'relevant_cases: 10, yes: 6'),
    await counts('2020-09', 'relevant_cases: 10, yes: 3', 'not_applicable: true'),
  ]);
});

/** Rows of what the reports print, and their 2.1.1 and 3.1.1. */
const invented = async () =>
  (await questionPair(database.db, { synthetic: true })).sort((a, b) => a.inspection_id - b.inspection_id);

describe('court beside out-of-court disposals', () => {
  test("by inspection, with Newcombe's interval", async () => {
    const rows = await invented();
    expect(
      rows.map((row) => [
        row.key_question,
        row.other_key_question,
        row.yes,
        row.relevant,
        row.other_yes,
        row.other_relevant,
      ]),
    ).toEqual([
      ['2.1.1', '3.1.1', 56, 70, 48, 80],
      ['2.1.1', '3.1.1', 3, 10, 6, 10],
      ['2.1.1', '3.1.1', 3, 10, 0, 0],
    ]);
    // Newcombe (1998), table II, example (a): 56/70 less 48/80 is 0.2000, from 0.0524 to 0.3339 by his method 10.
    expect(rows[0]).toMatchObject({ percent: 80, other_percent: 60 });
    expect(rows[0]?.difference).toBeCloseTo(20, 10);
    expect(rows[0]?.low_95).toBeCloseTo(5.24, 1);
    expect(rows[0]?.high_95).toBeCloseTo(33.39, 1);
    expect(rows[2]).toMatchObject({
      percent: 30,
      other_percent: null,
      difference: null,
      low: null,
      high_95: null,
    });
  });

  test('by year, pooled', async () => {
    const rows = (await questionPairTrend(database.db, { synthetic: true })).filter(
      ({ year, key_question }) => year === 2019 && key_question === '2.1.1',
    );
    expect(rows[0]).toMatchObject({
      ...{ edition: '2018', inspections: 2, inspections_without_counts: 0 },
      ...{ yes: 59, relevant: 80, other_yes: 54, other_relevant: 90 },
    });
    // of the other pairs nothing is known of both
    for (const row of rows.slice(1))
      expect(row).toMatchObject({ inspections: 0, inspections_without_counts: 2, yes: null, percent: null });
    expect(rows[0]?.difference).toBeCloseTo(73.75 - 60, 10);
  });

  test('of real reports has what they print', async () => {
    const rows = await questionPair(database.db, { synthetic: false });
    const wigan = rows.filter(({ area }) => area === 'Wigan');
    expect(wigan).toHaveLength(9);
    // 2.1.1 and 3.1.1 as the report prints them: its domain two against its domain three
    const { rows: printed } = await sql<{ code: string; yes: number; relevant: number }>`
      select question_code as code, yes, relevant
      from core.published_result
      join core.question using (question_id)
      where inspection_id = ${wigan[0]?.inspection_id} and question_code in ('2.1.1', '3.1.1')
      order by 1`.execute(database.db);
    expect(printed).toEqual([
      { code: '2.1.1', yes: wigan[0]?.yes, relevant: wigan[0]?.relevant },
      { code: '3.1.1', yes: wigan[0]?.other_yes, relevant: wigan[0]?.other_relevant },
    ]);
  });
});

// Newcombe (1998), table II, method 10, at 95%: his other examples, of small samples and of extremes.
test.each([
  [9, 10, 3, 10, 17.05, 80.9],
  [10, 10, 0, 20, 67.91, 100],
  [10, 10, 0, 10, 60.75, 100],
  [0, 10, 0, 20, -16.11, 27.75],
])('the interval of %i/%i less %i/%i is from %f to %f', async (yes1, base1, yes2, base2, low, high) => {
  const { rows } = await sql<{ low: number; high: number }>`
    select
      rating.difference_low(${yes1}::int, ${base1}::int, ${yes2}::int, ${base2}::int, 1.959963984540054) as low,
      rating.difference_high(${yes1}::int, ${base1}::int, ${yes2}::int, ${base2}::int, 1.959963984540054) as high`.execute(
    database.db,
  );
  expect(rows[0]?.low).toBeCloseTo(low, 1);
  expect(rows[0]?.high).toBeCloseTo(high, 1);
});

test.each([
  ['{first: "2.1.1", second: "9.1.1"}', /9\.1\.1 is no key question of edition 2018/],
  ['{first: "2.1.1", second: "2.1.1"}', /are one question/],
  ['{first: "2.1.1", second: "3.1.1"}, {first: "3.1.1", second: "2.1.1"}', /stand twice/],
])('a pair that is none is refused: %s', async (pairs, says) => {
  await rolledBack(database.db, async (trx) => {
    const error = await writePairs(trx, '2018', YamlFile.parse('pairs.yaml', `pairs: [${pairs}]`)).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).problems.map(({ message }) => message).join()).toMatch(says);
  });
});
