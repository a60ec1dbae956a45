import { expect, test } from 'vitest';
import { attack } from '../small-numbers/attacker.js';
import { countedYears, linesByRule, linesSeen } from '../small-numbers/programme.js';
import { asReaderOf, testDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';

const database = testDatabase();

test('of a programme of 120 inspections every hidden figure could be another, for all that readers see', async () => {
  await loadProgramme(database, { inspections: 120, seed: 3 });
  const years = await countedYears(database.db);
  const expected = linesByRule(years, 5);
  const seen = await asReaderOf(database, linesSeen);
  expect(seen.results).toEqual(expected.results);
  expect(seen.sums).toEqual(expected.sums);
  expect(expected.sums.filter((line) => !line.endsWith('c c')).length).toBeGreaterThan(500);
  const { hidden, told } = attack(years, 5);
  expect(hidden).toBeGreaterThan(100_000);
  expect(told).toEqual([]);
}, 1_800_000);
