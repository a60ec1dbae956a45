import { beforeAll, describe, expect, test } from 'vitest';
import {
  contextFact,
  finding,
  keyQuestionResult,
  overallRating,
  promptResult,
  recommendation,
  serviceHistory,
  standardRating,
  standardTrend,
  subgroupResult,
} from '../../src/index.js';
import { testDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';

const database = testDatabase();
let keys: Map<string, number>;

beforeAll(async () => {
  await loadProgramme(database, { inspections: 8 });
  const rows = await overallRating(database.db, { synthetic: false });
  keys = new Map(rows.map(({ area, inspection_id }) => [area, inspection_id]));
});

const of = (area: string) => ({ inspectionId: keys.get(area) as number });

test('the overall ratings are those of the reports, in order of services', async () => {
  const rows = await overallRating(database.db, { synthetic: false });
  expect(rows.map(({ area, score, rating }) => `${area} ${score} ${rating}`)).toEqual([
    'Barnet 21 Good',
    'Essex 33 Outstanding',
    'Hammersmith and Fulham 31 Outstanding',
    'Kensington and Chelsea 29 Good',
    'Wigan 19 Good',
  ]);
});

test('standards, key questions and prompts of one inspection come in order of their codes', async () => {
  const { db } = database;
  expect((await standardRating(db, of('Barnet'))).map(({ standard }) => standard).join(' ')).toBe(
    '1.1 1.2 1.3 1.4 2.1 2.2 2.3 2.4 3.1 3.2 3.3 3.4 4.1',
  );
  const questions = await keyQuestionResult(db, { ...of('Wigan'), standard: '2.2' });
  expect(questions.map(({ key_question, yes, relevant }) => `${key_question} ${yes}/${relevant}`)).toEqual([
    '2.2.1 8/9',
    '2.2.2 5/8',
    '2.2.3 4/7',
  ]);
  const prompts = await promptResult(db, { ...of('Wigan'), keyQuestion: '2.2.3' });
  expect(prompts.map(({ prompt }) => prompt)).toEqual([
    '2.2.3.a',
    '2.2.3.b',
    '2.2.3.c',
    '2.2.3.d',
    '2.2.3.e',
  ]);
});

test('one standard of all inspections', async () => {
  const rows = await standardRating(database.db, { standard: '4.1', synthetic: false });
  expect(rows.map(({ area, rating }) => `${area} ${rating}`).sort()).toEqual([
    'Barnet Good',
    'Hammersmith and Fulham Outstanding',
  ]);
});

test('what a report recommends, finds and says of its area, in its order', async () => {
  const { db } = database;
  const made = await recommendation(db, of('Barnet'));
  expect(made.map(({ recommendation_no }) => recommendation_no)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(made.at(-1)?.addressed_to).toBe('Barnet Council');
  const found = await finding(db, of('Barnet'));
  expect(found.map(({ finding_no }) => finding_no)).toEqual(found.map((_, at) => at + 1));
  expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['strength', 'area for improvement']));
  const facts = await contextFact(db, of('Barnet'));
  expect(facts.length).toBeGreaterThan(10);
  expect(new Set(facts.map(({ area }) => area))).toEqual(new Set(['Barnet']));
});

test("a standard's trend pools the key questions of a year", async () => {
  const rows = await standardTrend(database.db, { standard: '2.2', synthetic: false });
  // Wigan: 8 of 9, 5 of 8, 4 of 7; of Essex no counts are known
  expect(rows.find(({ year }) => year === 2021)).toMatchObject({ inspections: 1, yes: 17, relevant: 24 });
  expect(new Set(rows.map(({ standard }) => standard))).toEqual(new Set(['2.2']));
});

describe('of an invented programme', () => {
  test('the history of one service is in sequence', async () => {
    const all = await serviceHistory(database.db, { synthetic: true });
    const service = all.find(({ sequence }) => sequence === 2)?.service as string;
    const rows = await serviceHistory(database.db, { service, synthetic: true });
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, at) => at + 1));
    expect(rows[0]?.previous_inspection_id).toBeNull();
    expect(rows[1]?.previous_inspection_id).toBe(rows[0]?.inspection_id);
    expect(new Set(rows.map((row) => row.service))).toEqual(new Set([service]));
  });

  test('results are split by the characteristic that is asked for', async () => {
    const rows = await subgroupResult(database.db, {
      attribute: 'gender',
      keyQuestion: '2.1.3',
      synthetic: true,
    });
    expect(rows.length).toBeGreaterThan(5);
    expect(new Set(rows.map(({ attribute, key_question }) => `${attribute} ${key_question}`))).toEqual(
      new Set(['gender 2.1.3']),
    );
    const withheld = rows.filter(({ marker }) => marker === '[c]');
    expect(withheld.length).toBeGreaterThan(0);
    expect(withheld.every(({ yes, relevant, percent }) => (yes ?? relevant ?? percent) === null)).toBe(true);
  });

  test('real inspections have no split', async () => {
    expect(await subgroupResult(database.db, { synthetic: false })).toEqual([]);
  });
});
