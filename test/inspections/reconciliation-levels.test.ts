import { expect, test } from 'vitest';
import { testDatabase } from '../support/database.js';

const database = testDatabase();

test('published figures sort from the whole inspection down to prompts', async () => {
  const levels = await database.db
    .selectFrom('analytics.reconciliation')
    .select(['level_rank', 'level'])
    .distinct()
    .orderBy('level_rank')
    .orderBy('level')
    .execute();
  expect(levels.map((row) => [row.level_rank, row.level])).toEqual([
    [1, 'overall'],
    [2, 'score'],
    [3, 'standard'],
    [4, 'key question'],
    [5, 'prompt'],
  ]);
});
