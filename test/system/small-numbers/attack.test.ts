import { beforeAll, expect, test } from 'vitest';
import { attack } from '../../small-numbers/attacker.js';
import { countedProgrammes, linesByRule, linesSeen, type Programme } from '../../small-numbers/programme.js';
import { asReaderOf, testDatabase } from '../../support/database.js';
import { loadProgramme } from '../../support/programme.js';

const database = testDatabase();
let programmes: Programme[] = [];
beforeAll(async () => {
  await loadProgramme(database, { inspections: 6, seed: 3 });
  programmes = await countedProgrammes(database.db);
});

test('what readers see is what the rule shows of answers that are counted one by one', async () => {
  const expected = linesByRule(programmes, 5);
  const seen = await asReaderOf(database, linesSeen);
  expect(expected.results.length).toBeGreaterThan(3000);
  expect(expected.years.length).toBeGreaterThan(500);
  expect(expected.all.length).toBeGreaterThan(200);
  expect(seen).toEqual(expected);
});

test('where answers are hidden nothing is reckoned from them', async () => {
  const reckoned = ['percent', 'low', 'high', 'low_95', 'high_95', 'relevant', 'no'] as const;
  const pooled = [...reckoned, 'design_effect', 'effective_relevant'] as const;
  const seen = await asReaderOf(database, async (reader) => [
    await reader
      .selectFrom('analytics.subgroup_result')
      .select(['yes', 'marker', ...reckoned])
      .execute(),
    await reader
      .selectFrom('analytics.subgroup_trend')
      .select(['yes', 'marker', ...pooled])
      .execute(),
    await reader
      .selectFrom('analytics.subgroup_all_years')
      .select(['yes', 'marker', ...pooled])
      .execute(),
  ]);
  for (const rows of seen) {
    const hidden = rows.filter(({ yes }) => yes === null);
    expect(hidden.length).toBeGreaterThan(200);
    for (const { yes: _, marker, ...others } of hidden)
      expect([marker, ...new Set(Object.values(others))]).toEqual(['[c]', null]);
    expect(rows.filter(({ yes, marker }) => yes !== null && marker === '[c]')).toEqual([]);
  }
});

test('every hidden figure could be another, for all that readers see', () => {
  const { hidden, told } = attack(programmes, 5);
  expect(hidden).toBeGreaterThan(5000);
  expect(told).toEqual([]);
});
