import { expect, test } from 'vitest';
import { writeQuestionLinks } from '../../src/import/edition/question-links.js';
import { YamlFile } from '../../src/import/files/yaml-file.js';
import { questionPair } from '../../src/queries/of-inspections.js';
import { questionPairTrend } from '../../src/queries/of-years.js';
import { databaseWith, expectNear } from '../support/asked.js';
import { figuresOf, invented } from '../support/bundles.js';
import { rolledBack } from '../support/database.js';

const counts = (month: string, court: [yes: number, relevant: number], other: [number, number] | object) =>
  invented({
    report: { fieldwork_month: month },
    sample: { court_disposals: { cases: 80 }, out_of_court_disposals: { cases: 90 } },
    key_questions: { ...figuresOf('2.1', court), ...figuresOf('3.1', other), ...figuresOf('2.4', [4, 4]) },
  });

const { database, rows } = databaseWith([
  counts('2019-05', [56, 70], [48, 80]),
  counts('2019-09', [3, 10], [6, 10]),
  counts('2020-09', [3, 10], { not_applicable: true }),
]);

test("court beside out-of-court disposals, with Newcombe's interval", async () => {
  const pairs = (await questionPair(database.db, { synthetic: true })).sort(
    (a, b) => a.inspection_id - b.inspection_id,
  );
  expect(pairs.map((row) => [row.yes, row.relevant, row.other_yes, row.other_relevant])).toEqual([
    [56, 70, 48, 80],
    [3, 10, 6, 10],
    [3, 10, 0, 0],
  ]);
  const [first, , last] = pairs;
  expect(first).toMatchObject({
    key_question: '2.1.1',
    other_key_question: '3.1.1',
    percent: 80,
    other_percent: 60,
  });
  // Newcombe (1998), table II, example (a): 56/70 less 48/80 is 0.2000, from 0.0524 to 0.3339 by his method 10.
  expectNear([first?.difference, first?.low_95, first?.high_95], [20, 5.24, 33.39], 1);
  expect(last).toMatchObject({
    percent: 30,
    other_percent: null,
    difference: null,
    low: null,
    high_95: null,
  });
});

test('by year, pooled', async () => {
  const [pooled, ...others] = (await questionPairTrend(database.db, { synthetic: true })).filter(
    ({ year, key_question }) => year === 2019 && key_question === '2.1.1',
  );
  expect(pooled).toMatchObject({
    ...{ edition: '2018', inspections: 2, inspections_without_counts: 0 },
    ...{ yes: 59, relevant: 80, other_yes: 54, other_relevant: 90 },
  });
  expect(pooled?.difference).toBeCloseTo(73.75 - 60, 10);
  // of the other pairs nothing is known of both
  for (const row of others)
    expect(row).toMatchObject({ inspections: 0, inspections_without_counts: 2, yes: null, percent: null });
});

// Newcombe (1998), table II, method 10, at 95%: his other examples, of small samples and of extremes.
test.each([
  ['9, 10, 3, 10', 17.05, 80.9],
  ['10, 10, 0, 10', 60.75, 100],
  ['0, 10, 0, 20', -16.11, 27.75],
])('the interval of the difference of yes, base, yes, base: %s is from %f to %f', async (of, low, high) => {
  const z = 1.959963984540054;
  const [interval = []] = await rows(
    `select rating.difference_low(${of}, ${z}) as low, rating.difference_high(${of}, ${z}) as high`,
  );
  expectNear(interval, [low, high], 1);
});

test.each([
  ['{first: "2.1.1", second: "9.1.1"}', /"9\.1\.1" is no key question of edition 2018/],
  ['{first: "2.1.1", second: "2.1.1"}', /2\.1\.1 is no pair with itself/],
  [
    '{first: "2.1.1", second: "3.1.1"}, {first: "3.1.1", second: "2.1.1"}',
    /pair 2\.1\.1 and 3\.1\.1 stands twice/,
  ],
])('a pair that is none is refused: %s', async (pairs, says) => {
  const file = YamlFile.parse('pairs.yaml', `pairs: [${pairs}]`);
  await expect(
    rolledBack(database.db, (trx) => writeQuestionLinks(trx, '2018', { pairs: file })),
  ).rejects.toMatchObject({
    problems: [{ message: expect.stringMatching(says) }],
  });
});
