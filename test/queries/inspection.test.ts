import { expect, test } from 'vitest';
import { inspectionInFull } from '../../src/queries/inspection.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();

const keyOf = async (area: string): Promise<number> => {
  const { inspection_id } = await database.db
    .selectFrom('analytics.inspection')
    .select('inspection_id')
    .where('area', '=', area)
    .executeTakeFirstOrThrow();
  return inspection_id as number;
};

test('an inspection comes with its standards, key questions and prompts, in order of their codes', async () => {
  const barnet = await inspectionInFull(database.db, await keyOf('Barnet'));
  expect(barnet.overall).toMatchObject({ area: 'Barnet', score: 21, max_score: 36, rating: 'Good' });
  expect(barnet.standards.map(({ standard, rating }) => `${standard} ${rating}`)).toEqual([
    '1.1 Good',
    '1.2 Good',
    '1.3 Outstanding',
    '1.4 Requires improvement',
    '2.1 Requires improvement',
    '2.2 Good',
    '2.3 Good',
    '2.4 Requires improvement',
    '3.1 Requires improvement',
    '3.2 Good',
    '3.3 Good',
    '3.4 Good',
    '4.1 Good',
  ]);
  const of = (standard: string) =>
    barnet.keyQuestions.filter((row) => row.standard === standard).map((row) => row.key_question);
  expect(of('2.1')).toEqual(['2.1.1', '2.1.2', '2.1.3']);
  expect(new Set([...barnet.keyQuestions, ...barnet.prompts].map(({ area }) => area))).toEqual(
    new Set(['Barnet']),
  );
});

test('prompts come in the order of their codes, the ninth before the tenth', async () => {
  const wigan = await inspectionInFull(database.db, await keyOf('Wigan'));
  const codes = wigan.prompts.map(({ prompt }) => prompt as string);
  expect(codes.length).toBeGreaterThan(0);
  expect(codes).toEqual([...codes].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })));
});

test('it is the same in a transaction, and a key that no inspection has is an error', async () => {
  const key = await keyOf('Wigan');
  const apart = await inspectionInFull(database.db, key);
  await database.db.transaction().execute(async (trx) => {
    expect(await inspectionInFull(trx, key)).toEqual(apart);
    await expect(inspectionInFull(trx, 999_999_999)).rejects.toThrow(
      'There is no inspection with the key 999999999.',
    );
  });
});
