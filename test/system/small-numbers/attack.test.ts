import { beforeAll, expect, test } from 'vitest';
import { attack } from '../../small-numbers/attacker.js';
import { countedProgrammes, linesByRule, linesSeen, type Programme } from '../../small-numbers/programme.js';
import { asReaderOf, testDatabase } from '../../support/database.js';
import { times } from '../../support/in-full.js';
import { loadProgramme } from '../../support/programme.js';

const database = testDatabase();
const inspections = times(6, 120);
let programmes: Programme[] = [];
beforeAll(async () => {
  await loadProgramme(database, { inspections, seed: 3 });
  programmes = await countedProgrammes(database.db);
}, 600_000);

test('what readers see is what the rule shows of answers that are counted one by one', async () => {
  const expected = linesByRule(programmes, 5);
  const shown = (lines: string[]) => lines.filter((line) => !line.endsWith('c c')).length;
  expect(expected.results.length).toBeGreaterThan(500 * inspections);
  expect(expected.years.length).toBeGreaterThan(500);
  expect(expected.all.length).toBeGreaterThan(200);
  expect(shown(expected.years)).toBeGreaterThanOrEqual(times(0, 200));
  expect(shown(expected.all)).toBeGreaterThanOrEqual(times(0, 500));
  expect(await asReaderOf(database, linesSeen)).toEqual(expected);
}, 600_000);

test('where answers are hidden nothing is reckoned from them', async () => {
  const reckoned = [
    'yes',
    'percent',
    'low',
    'high',
    'low_95',
    'high_95',
    'relevant',
    'no',
    'marker',
  ] as const;
  const pooled = [...reckoned, 'design_effect', 'effective_relevant'] as const;
  const seen = await asReaderOf(database, async (reader) => [
    await reader.selectFrom('analytics.subgroup_result').select(reckoned).execute(),
    await reader.selectFrom('analytics.subgroup_trend').select(pooled).execute(),
    await reader.selectFrom('analytics.subgroup_all_years').select(pooled).execute(),
  ]);
  for (const rows of seen) {
    const hidden = rows.filter(({ yes }) => yes === null);
    expect(hidden.length).toBeGreaterThan(200);
    for (const { marker, ...others } of hidden)
      expect([marker, ...new Set(Object.values(others))]).toEqual(['[c]', null]);
    expect(rows.filter(({ yes, marker }) => yes !== null && marker === '[c]')).toEqual([]);
  }
});

test('every hidden figure could be another, for all that readers see', () => {
  const { hidden, told } = attack(programmes, 5);
  expect(hidden).toBeGreaterThan(times(5000, 100_000));
  expect(told).toEqual([]);
}, 1_800_000);
