import { beforeAll, describe, expect, test } from 'vitest';
import {
  contextFact,
  finding,
  inspectionInFull,
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
  const rows = await overallRating(database.db);
  keys = new Map(rows.map(({ area, inspection_id }) => [area, inspection_id]));
});

const of = (area: string) => ({ inspectionId: keys.get(area) as number });

test('the overall ratings are those of the reports, in order of services; real ones where nothing else is said', async () => {
  const rows = await overallRating(database.db);
  expect(rows.map(({ area, score, rating }) => `${area} ${score} ${rating}`)).toEqual([
    'Barnet 21 Good',
    'Essex 33 Outstanding',
    'Hammersmith and Fulham 31 Outstanding',
    'Kensington and Chelsea 29 Good',
    'Wigan 19 Good',
  ]);
  expect(await overallRating(database.db, { synthetic: true })).toHaveLength(8);
  expect(await overallRating(database.db, { synthetic: 'both' })).toHaveLength(13);
  expect(await overallRating(database.db, of('Wigan'))).toEqual([rows[4]]);
});

test('standards, key questions and prompts come in order of their codes, of one inspection or of one standard', async () => {
  const { db } = database;
  expect((await standardRating(db, of('Barnet'))).map(({ standard }) => standard).join(' ')).toBe(
    '1.1 1.2 1.3 1.4 2.1 2.2 2.3 2.4 3.1 3.2 3.3 3.4 4.1',
  );
  const questions = await keyQuestionResult(db, { ...of('Wigan'), standard: '2.2' });
  expect(questions.map(({ key_question, yes, relevant }) => `${key_question} ${yes}/${relevant}`)).toEqual([
    ...['2.2.1 8/9', '2.2.2 5/8', '2.2.3 4/7'],
  ]);
  const prompts = await promptResult(db, { ...of('Wigan'), key_question: '2.2.3' });
  expect(prompts.map(({ prompt }) => prompt.replace('2.2.3.', '')).join('')).toBe('abcde');
  const resettlement = await standardRating(db, { standard: '4.1' });
  expect(resettlement.map(({ area, rating }) => `${area} ${rating}`).sort()).toEqual([
    ...['Barnet Good', 'Hammersmith and Fulham Outstanding'],
  ]);
});

test('an inspection in full is one and the same, also in a transaction; a key that no inspection has is an error', async () => {
  const { db } = database;
  const [key] = [of('Wigan').inspectionId];
  const wigan = await inspectionInFull(db, key);
  const numeric = (codes: string[]) => [...codes].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const prompts = wigan.prompts.map(({ prompt }) => prompt);
  expect(prompts).toEqual(numeric(prompts));
  expect(wigan.overall).toEqual((await overallRating(db, of('Wigan')))[0]);
  expect(wigan.standards).toEqual(await standardRating(db, of('Wigan')));
  expect(wigan.keyQuestions).toEqual(await keyQuestionResult(db, of('Wigan')));
  expect(wigan.prompts).toEqual(await promptResult(db, of('Wigan')));
  await db.transaction().execute(async (trx) => {
    expect(await inspectionInFull(trx, key)).toEqual(wigan);
    await expect(inspectionInFull(trx, 999)).rejects.toThrow('There is no inspection with the key 999.');
  });
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
  const rows = await standardTrend(database.db, { standard: '2.2' });
  // Wigan: 8 of 9, 5 of 8, 4 of 7; of Essex no counts are known
  expect(rows.find(({ year }) => year === 2021)).toMatchObject({ inspections: 1, yes: 17, relevant: 24 });
  expect(new Set(rows.map(({ standard }) => standard))).toEqual(new Set(['2.2']));
});

describe('of an invented programme', () => {
  test('the history of one service is in sequence', async () => {
    const all = await serviceHistory(database.db, { synthetic: true });
    const service = all.find(({ sequence }) => sequence === 2)?.service as string;
    const rows = await serviceHistory(database.db, { service, synthetic: true });
    expect(rows).toEqual(all.filter((row) => row.service === service));
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, at) => at + 1));
    expect(rows.map((row) => row.previous_inspection_id)).toEqual(
      rows.map((_, at) => rows[at - 1]?.inspection_id ?? null),
    );
  });

  test('results are split by the characteristic that is asked for; those of real inspections are not', async () => {
    const asked = { attribute: 'gender', key_question: '2.1.3' };
    const rows = await subgroupResult(database.db, { ...asked, synthetic: true });
    expect(rows.length).toBeGreaterThan(5);
    const different = rows.filter((row) => row.attribute !== 'gender' || row.key_question !== '2.1.3');
    expect(different).toEqual([]);
    const withheld = rows.filter(({ marker }) => marker === '[c]');
    expect(withheld.length).toBeGreaterThan(0);
    expect(withheld.every(({ yes, relevant, percent }) => (yes ?? relevant ?? percent) === null)).toBe(true);
    expect(await subgroupResult(database.db)).toEqual([]);
  });
});
