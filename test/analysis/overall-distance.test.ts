import { beforeAll, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { type OverallDistanceRow, overallDistance } from '../../src/queries/overall-distance.js';
import { questionsInWords } from '../../src/words/distance-rows.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { editionFiles, goodEdition, underGoodEdition } from '../support/editions.js';
import { whole2021 } from '../support/whole-inspections.js';

const database = testDatabase();
const files = testFolder();
const judgedGood = { '1.1': 'Good', '1.2': 'Good', '1.3': 'Good', '1.4': 'Good', '3.4': 'Good' };

beforeAll(async () => {
  const bundles = [
    // five judged standards of 2 points, six computed ones of 3 and one of 2: 30 of 36, Good
    whole2021({ day: '2022-01-10', judged: judgedGood, figures: { '2.1.2': [7, 10] } }),
    whole2021({ day: '2022-01-17', judged: judgedGood, figures: { '2.1.2': '{percent_yes: 70}' } }),
    whole2021({ day: '2022-01-24', judged: { '4.1': 'Inadequate' } }),
    whole2021({ day: '2022-01-31', figures: { '2.2.3': '{lost: [percent_yes]}' } }),
    whole2021({ day: '2022-02-07', figures: { '2.2.3': '{percent_yes: 81}' } }),
    // out of reach: no relevant cases for more yes
    whole2021({ day: '2022-02-14', judged: judgedGood, figures: { '2.1.2': [7, 7] } }),
  ];
  await load(database.db, await Promise.all(bundles.map((text) => files.bundle(text))));
});

/** An invented inspection by the day of its fieldwork: score, overall rating, and a direction. */
async function told(day: string, direction: string) {
  const rows = await overallDistance(database.db, { synthetic: true });
  const row = rows.find((row) => row.fieldwork_start === day && row.direction === direction);
  return row && inWords(row);
}

/** With the standards that move in words: 2.1 to Good (2). */
const inWords = ({ standards, ...row }: OverallDistanceRow) => ({
  ...row,
  standards:
    standards?.map(({ code, toRating, answers }) => `${code} to ${toRating} (${answers})`).join(', ') ?? null,
});

test('up, the cheapest points there are', async () => {
  expect(await told('2022-01-10', 'up')).toMatchObject({
    score: 30,
    max_score: 36,
    computed_rating: 'Good',
    next_rating: 'Outstanding',
    points: 1,
    // 8 of 10 are 80%
    answers: 1,
    standards: '2.1 to Outstanding (1)',
    is_reachable: true,
    fixed_standards: 'judgement: 1.1, 1.2, 1.3, 1.4, 3.4, 4.1',
    explanation: null,
  });
});

test('down, the points of many standards', async () => {
  // 12 points have to go, to 18. All yes: 7 of 10 are Good (3 answers), 6 Requires improvement (4), 4 Inadequate (6). 2.1 has
  // 7 already: 1 answer, or 3. With 2.1 at 0 for 3 answers, 10 points remain, at 2 answers each: two standards of three points
  // and two of two. With 2.1 at 1 for 1 answer, 11 points cost 22. Either is 23, over five standards; the first moves 2.1 lower.
  expect(await told('2022-01-10', 'down')).toMatchObject({
    next_rating: 'Requires improvement',
    points: 12,
    answers: 23,
    standards:
      '2.1 to Inadequate (3), 2.2 to Inadequate (6), 2.3 to Inadequate (6), 2.4 to Requires improvement (4), 3.1 to Requires improvement (4)',
    is_reachable: true,
  });
});

test('where relevant cases are not known it says so', async () => {
  expect(await told('2022-01-17', 'up')).toMatchObject({
    answers: 1,
    standards: '2.1 to Outstanding (1)',
    is_reachable: null,
    explanation: 'relevant cases not known: 2.1',
  });
  expect(await told('2022-01-17', 'down')).toMatchObject({
    answers: 23,
    is_reachable: true,
    explanation: null,
  });
});

test('more yes than relevant cases there can not be', async () => {
  expect(await told('2022-02-14', 'up')).toMatchObject({
    points: 1,
    answers: null,
    standards: null,
    is_reachable: false,
    explanation: 'out of reach of the standards that can move',
  });
});

test('a limiting judgement that no answer lifts holds the rating down', async () => {
  expect(await told('2022-01-24', 'up')).toMatchObject({
    score: 36,
    computed_rating: 'Good',
    next_rating: 'Outstanding',
    points: 0,
    answers: null,
    is_reachable: false,
    explanation: 'out of reach of the standards that can move; 4.1 Inadequate: overall at most Good',
  });
  // from 36 to 18: seven computed standards; 3 points cost 6 answers each
  expect(await told('2022-01-24', 'down')).toMatchObject({ points: 18, answers: 36, is_reachable: true });
});

test('without the counts there is no number, and without ratings none either', async () => {
  expect(await told('2022-01-31', 'up')).toMatchObject({
    score: null,
    computed_rating: null,
    next_rating: null,
    points: null,
    answers: null,
    is_reachable: null,
    explanation: 'no overall rating is computed: no rating is known for 2.2',
  });
  // no whole number of ten cases is 81%
  expect(await told('2022-02-07', 'down')).toMatchObject({
    next_rating: 'Good',
    points: 6,
    answers: null,
    is_reachable: null,
    explanation: 'counts not known: 2.2',
  });
  expect(await told('2022-02-07', 'up')).toMatchObject({
    next_rating: null,
    explanation: 'it is the highest rating',
  });
});

test('a standard that neither counts nor is above a limit is in nobody’s way', async () => {
  const { rules, questions } = goodEdition;
  const withoutB2 = rules
    .replace('["A.1", "B.1", "B.2"]', '["A.1", "B.1"]')
    .replace('{from_score: 2, rating: Fair}', '{from_score: 3, rating: Fair}')
    .replace('{from_score: 5, rating: Strong}', '{from_score: 4, rating: Strong}')
    .replace(
      '{standards: ["A.1"], at_or_below: Weak, overall_at_most: Fair}',
      '{standards: ["A.1", "B.2"], at_or_below: Fair, minimum_standards: 2, overall_at_most: Weak}',
    );
  // B.2 is Fair at 55%, which no number of eight cases or fewer is
  const inspection = underGoodEdition
    .replace('{relevant_cases: 6, yes: 5}', '{percent_yes: 55}\n  "B.1.2": {relevant_cases: 2, yes: 2}')
    .replace('"B.1": Fair', '"B.1": Fair, "B.2": Fair');
  await load(database.db, [await files.folder(editionFiles({ rules: withoutB2, questions }))]);
  await load(database.db, [await files.bundle(inspection)]);
  // 2 + 1 = 3 of 4. B.1 has 5 of 8 (63%): 6 are Strong (75%), 3 Weak (38%)
  const now = {
    score: 3,
    max_score: 4,
    computed_rating: 'Fair',
    points: 1,
    is_reachable: true,
    explanation: null,
  };
  expect(await told('2020-05-04', 'up')).toMatchObject({
    ...now,
    next_rating: 'Strong',
    answers: 1,
    standards: 'B.1 to Strong (1)',
  });
  expect(await told('2020-05-04', 'down')).toMatchObject({
    ...now,
    next_rating: 'Weak',
    answers: 2,
    standards: 'B.1 to Weak (2)',
  });
});

test('the bundled inspections, by hand', async () => {
  const rows = await overallDistance(database.db, { synthetic: false });
  const of = (area: string) =>
    rows
      .filter((row) => row.area === area)
      .map((row) => [row.direction, row.points, row.answers, inWords(row).standards, row.is_reachable]);
  // K&C, 29: 2.1 (3 of 4, 2 of 4) is Outstanding with 4 of 4 and 4 of 4; with 2.1 Good (1) and 2.2 Outstanding (2) it
  // costs as much, over more standards. Down to 18: 2.2.2, 3.3.3 and 3.4.2 fall to the bottom in one answer each (2, 3 and
  // 3 points), 2.3.2 in two (3 points).
  expect(of('Kensington and Chelsea')).toEqual([
    ['up', 2, 3, '2.1 to Outstanding (3)', true],
    [
      'down',
      11,
      5,
      '2.2 to Inadequate (1), 2.3 to Inadequate (2), 3.3 to Inadequate (1), 3.4 to Inadequate (1)',
      true,
    ],
  ]);
  // Wigan, 19: its eight computed standards have 13 points and could have 24, 11 more; 12 are missing
  expect(of('Wigan')).toEqual([
    ['up', 12, null, null, false],
    ['down', 1, 1, '2.1 to Requires improvement (1)', true],
  ]);
  expect(rows.filter(({ area }) => area === 'Barnet')[0]).toMatchObject({
    fixed_standards: 'judgement: 1.1, 1.2, 1.3, 1.4, 3.4, 4.1; panel decision: 2.1, 2.3',
  });
});

test('the key questions of each standard that moves are named, also where it moves by two ratings', async () => {
  const rows = await overallDistance(database.db, { synthetic: false });
  const of = (area: string, direction: 'up' | 'down') =>
    rows
      .find((row) => row.area === area && row.direction === direction)
      ?.standards?.map(({ code, toRating, keyQuestions }) => {
        return `${code} to ${toRating} (${questionsInWords(direction, keyQuestions)})`;
      });
  // 4, 3 and 2 of 4: below 80% until all are 4
  expect(of('Kensington and Chelsea', 'up')).toEqual(['2.1 to Outstanding (2.1.2 +1, 2.1.3 +2)']);
  expect(of('Barnet', 'down')).toEqual([
    '2.2 to Requires improvement (2.2.3 -1)',
    '3.1 to Inadequate (3.1.1 -1 or 3.1.2 -1)',
    '3.2 to Requires improvement (3.2.2 -1)',
  ]);
  expect(of('Wigan', 'up')).toBeUndefined();
});
