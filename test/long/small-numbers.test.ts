import { expect, test } from 'vitest';
import { attack } from '../small-numbers/attacker.js';
import { countedProgrammes, linesByRule, linesSeen } from '../small-numbers/programme.js';
import { asReaderOf, testDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';

const database = testDatabase();

test('of a programme of 120 inspections every hidden figure could be another, for all that readers see', async () => {
  await loadProgramme(database, { inspections: 120, seed: 3 });
  const programmes = await countedProgrammes(database.db);
  const expected = linesByRule(programmes, 5);
  const seen = await asReaderOf(database, linesSeen);
  expect(seen).toEqual(expected);
  const shown = (lines: string[]) => lines.filter((line) => !line.endsWith('c c')).length;
  expect(shown(expected.years)).toBeGreaterThan(200);
  expect(shown(expected.all)).toBeGreaterThan(500);
  const { hidden, told } = attack(programmes, 5);
  expect(hidden).toBeGreaterThan(100_000);
  expect(told).toEqual([]);
}, 1_800_000);
