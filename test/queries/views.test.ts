import { beforeAll, expect, test } from 'vitest';
import {
  contextFact,
  evidence,
  finding,
  findService,
  inspectionInFull,
  keyQuestionResult,
  load,
  loadGroups,
  openDatabase,
  overallRating,
  promptResult,
  ratings,
  ratingVersion,
  recommendation,
  standardRating,
  whatIf,
  writeBook,
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

test('rows are of one inspection, of real ones where nothing else is said, of invented ones, or of both', async () => {
  const rows = await overallRating(database.db);
  expect(rows).toHaveLength(5);
  expect(await overallRating(database.db, { synthetic: true })).toHaveLength(8);
  expect(await overallRating(database.db, { synthetic: 'both' })).toHaveLength(13);
  expect(await overallRating(database.db, of('Wigan'))).toEqual([rows[4]]);
});

test('evidence is of real inspections too, where nothing else is said', async () => {
  const known = async (...which: unknown[]) =>
    (await evidence(database.db, ...(which as []))).map(({ inspectionId }) => inspectionId);
  expect((await known()).sort()).toEqual([...keys.values()].sort());
  expect(await known(undefined, { synthetic: true })).toHaveLength(8);
  expect(await known(undefined, { synthetic: 'both' })).toHaveLength(13);
});

// From JavaScript nothing checks types. What is misspelt would ask for everything, or nothing.
const any = (value: unknown) => value as never;
test.each<[call: () => Promise<unknown>, says: string]>([
  [
    () => ratings(database.db, any({ serivce: 'Wigan' })),
    'can\'t be asked for by "serivce" (did you mean "service"?): it can be service, inspections, synthetic.',
  ],
  [() => whatIf(database.db, { base: 'inspected' }, any(of('Wigan'))), 'asked for by "inspectionId"'],
  [() => whatIf(database.db, { edition: any(2020) }), 'There is no edition "2020" (did you mean "2021"?)'],
  [() => evidence(database.db, any(5)), 'Inspections are named by a list of their keys'],
  [() => ratings(database.db, { inspections: any(['x']) }), 'Inspections are named by a list of their keys'],
  [() => inspectionInFull(database.db, any('x')), 'Inspections are named by a list of their keys'],
  [() => ratingVersion(database.db, { asOf: any('2026-03-01') }), 'asOf has to be a Date.'],
  [() => load(database.db, ['/tmp'], any({ dryrun: true })), 'no option "dryrun" (did you mean "dryRun"?)'],
  [
    () => openDatabase(database.url, any({ readonly: true })),
    'opened with "readonly" (did you mean "readOnly"?)',
  ],
  [() => load(database.db, any('/tmp')), 'What is loaded has to be a list of paths.'],
  [() => load(database.db, [any(5)]), 'What is loaded has to be the path of a file, or a name and chunks.'],
  [() => loadGroups(database.db, any(undefined)), 'has to be the path of a file'],
  [() => openDatabase(any({ url: database.url })), 'has to be the URL of a database, as text.'],
  [() => findService(database.db, any(5)), 'The name of a service has to be a text.'],
  [() => writeBook(database.db, any(undefined)), 'What is written to has to be the path of a folder.'],
])('%s is refused', (call, says) => expect(call).rejects.toThrow(says));

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
});

test('an inspection in full is one and the same, also in a transaction; a key that no inspection has is an error', async () => {
  await database.db.transaction().execute(async (trx) => {
    const wigan = of('Wigan');
    expect(await inspectionInFull(trx, wigan.inspectionId)).toEqual({
      overall: (await overallRating(trx, wigan))[0],
      standards: await standardRating(trx, wigan),
      keyQuestions: await keyQuestionResult(trx, wigan),
      prompts: await promptResult(trx, wigan),
    });
    await expect(inspectionInFull(trx, 999)).rejects.toThrow('There is no inspection with the key 999.');
  });
});

test('what a report recommends, finds and says of its area, in its order', async () => {
  const { db } = database;
  const numbers = [
    (await recommendation(db, of('Barnet'))).map((row) => row.recommendation_no),
    (await finding(db, of('Barnet'))).map((row) => row.finding_no),
    (await contextFact(db, of('Barnet'))).map((row) => row.fact_no),
  ];
  expect(numbers[0]).toHaveLength(7);
  for (const own of numbers) expect(own).toEqual(own.toSorted((a, b) => a - b));
});
