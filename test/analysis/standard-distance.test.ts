import { beforeAll, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { type StandardDistanceRow, standardDistance } from '../../src/queries/of-inspections.js';
import { movingQuestions } from '../../src/queries/overall-distance.js';
import { questionsInWords } from '../../src/words/distance-rows.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { whole2021 } from '../support/whole-inspections.js';

const database = testDatabase();
const files = testFolder();

beforeAll(async () => {
  // of ten cases, under an edition that divides by all of them
  const otherwise = {
    // 60%, and no more relevant cases; 50%
    '2.1.1': [6, 6],
    '2.1.3': [5, 8],
    // 6 of 10, as the printed percentage implies
    '2.2.1': '{percent_yes: 60}',
    // printed without counts, and three whole numbers of cases give none
    '2.3.1': '{percent_yes: 61}',
    '2.4.1': '{not_applicable: true}',
    '2.4.2': '{not_applicable: true}',
    '2.4.3': '{not_applicable: true}',
    // the report lost what would say more
    '3.1.1': '{lost: [percent_yes]}',
    // at the bottom whatever is lost
    '3.2.1': '{lost: [percent_yes]}',
    '3.2.2': [1, 10],
    // no yes: perhaps no relevant case either
    '3.3.1': '{yes: 0, lost: [relevant_cases]}',
    '3.3.2': [1, 10],
  } as const;
  const figures = Object.fromEntries(
    Object.entries(otherwise).map(([code, given]) => [code, given as string | [number, number]]),
  );
  await load(database.db, [await files.bundle(whole2021({ figures }))]);
});

/** What is told of a standard: direction, next rating, answers, key questions, whether it is reachable, explanation. */
async function told(of: (row: StandardDistanceRow) => boolean, standard: string): Promise<unknown[][]> {
  const rows = (await standardDistance(database.db, { synthetic: 'both' })).filter(
    (row) => of(row) && row.standard === standard,
  );
  return rows.map((row) => [
    row.direction,
    row.next_rating,
    row.answers,
    questionsInWords(row.direction as 'up' | 'down', movingQuestions(row)),
    row.is_reachable,
    row.explanation,
  ]);
}

const invented = (row: StandardDistanceRow) => row.is_synthetic;
const real = (area: string) => (row: StandardDistanceRow) => !row.is_synthetic && row.area === area;

test('up, every key question below the next band has to rise; down, one has to fall', async () => {
  // Wigan 2.2: 8 of 9, 5 of 8 (63%), 4 of 7 (57%). Good begins at 65%: 6 of 8 are 75%, 5 of 7 are 71%.
  // Below 50% are 3 of 8 (two answers fewer) and 3 of 7 (one).
  expect(await told(real('Wigan'), '2.2')).toEqual([
    ['up', 'Good', 2, '2.2.2 +1, 2.2.3 +1', true, null],
    ['down', 'Inadequate', 1, '2.2.3 -1', true, null],
  ]);
  // 3.2: 4 of 5, 3 of 5, 2 of 3: 2 of 5 and 1 of 3 are both below 50%
  expect(await told(real('Wigan'), '3.2')).toEqual([
    ['up', 'Good', 1, '3.2.2 +1', true, null],
    ['down', 'Inadequate', 1, '3.2.2 -1 or 3.2.3 -1', true, null],
  ]);
  // 3.3: 5 of 5, 4 of 5, 3 of 3 are Outstanding
  expect(await told(real('Wigan'), '3.3')).toEqual([
    ['up', null, null, null, null, 'it is the highest rating'],
    ['down', 'Good', 1, '3.3.2 -1 or 3.3.3 -1', true, null],
  ]);
});

test('yes can not be more than the relevant cases, of whichever cases the percentage is taken', async () => {
  expect(await told(invented, '2.1')).toEqual([
    ['up', 'Good', null, null, false, 'more yes than relevant cases: 2.1.1'],
    ['down', 'Inadequate', 1, '2.1.3 -1', true, null],
  ]);
});

test('a printed percentage tells how many yes, but not whether there are relevant cases enough', async () => {
  expect(await told(invented, '2.2')).toEqual([
    ['up', 'Good', 1, '2.2.1 +1', null, 'relevant cases not known: 2.2.1'],
    ['down', 'Inadequate', 2, '2.2.1 -2', true, null],
  ]);
  // no whole number of ten cases is 61%
  expect(await told(invented, '2.3')).toEqual([
    ['up', 'Good', null, null, null, 'counts not known: 2.3.1'],
    ['down', 'Inadequate', null, null, null, 'counts not known: 2.3.1'],
  ]);
  // Essex: 2018 divides by relevant cases, which it does not print
  expect(await told(real('Essex'), '2.2')).toEqual([
    ['up', null, null, null, null, 'it is the highest rating'],
    ['down', 'Good', null, null, null, 'counts not known: 2.2.1, 2.2.2, 2.2.3'],
  ]);
});

test('a standard without a computed rating says why, and one at the bottom can only rise', async () => {
  expect((await told(invented, '2.4')).map((row) => row[5])).toEqual([
    'no relevant case',
    'no relevant case',
  ]);
  expect((await told(invented, '3.1')).map((row) => row[5])).toEqual([
    'not known: 3.1.1',
    'not known: 3.1.1',
  ]);
  expect(await told(invented, '3.2')).toEqual([
    ['up', 'Requires improvement', null, null, null, 'counts not known: 3.2.1'],
    ['down', null, null, null, null, 'it is the lowest rating'],
  ]);
  expect((await told(invented, '3.3'))[0]).toEqual([
    'up',
    'Requires improvement',
    null,
    null,
    null,
    'counts not known: 3.3.1',
  ]);
});

test("after a panel's decision the distance is that of the computed rating, and says so", async () => {
  // Barnet 2.1, of 11 cases: 91% is 10, 73% is 8, 45% is 5; 50% begins at 6
  const barnet = (await standardDistance(database.db, { synthetic: false })).filter(
    ({ area, standard, direction }) => area === 'Barnet' && standard === '2.1' && direction === 'up',
  );
  expect(barnet).toMatchObject([
    {
      discretion: true,
      computed_rating: 'Inadequate',
      rating: 'Requires improvement',
      next_rating: 'Requires improvement',
      answers: 1,
      key_questions: ['2.1.3'],
      key_question_answers: [1],
      is_reachable: null,
    },
  ]);
  const decided = (await standardDistance(database.db, { synthetic: 'both' })).filter(
    ({ discretion }) => discretion,
  );
  expect(new Set(decided.map(({ area, standard }) => `${area} ${standard}`))).toEqual(
    new Set([
      'Barnet 2.1',
      'Barnet 2.3',
      'Kensington and Chelsea 3.1',
      'Kensington and Chelsea 3.2',
      'Essex 3.4',
    ]),
  );
});

test('every case-based standard has a row up and one down', async () => {
  const rows = await standardDistance(database.db, { synthetic: 'both' });
  // 2018: eight standards of three inspections; 2021: seven of three
  expect(rows.length).toBe(2 * (3 * 8 + 3 * 7));
  const one = rows.find(invented) as StandardDistanceRow;
  expect(await standardDistance(database.db, { inspectionId: one.inspection_id })).toEqual(
    rows.filter(invented),
  );
});
