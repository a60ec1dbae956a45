import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { dbPath } from '../../src/disk/paths.js';
import { displayRule, keyQuestionResult, standardTrend } from '../../src/queries/analysis.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();

const set = (rule: { rounding: string; confidence_level: number }) =>
  database.db.updateTable('core.display_rule').set(rule).execute();
afterEach(() => set({ rounding: 'half up', confidence_level: 80 }));

/** Wigan's answers to standard 2.2, alone in its year and edition: 17 of 24. */
const pooled = async () => {
  const rows = await standardTrend(database.db, { standard: '2.2', synthetic: false });
  const { percent, low, high, low_95, high_95 } = rows.find(({ year }) => year === 2021) ?? {};
  return [percent, ...[low, high, low_95, high_95].map((end) => Math.round(100 * (end ?? 0)) / 100)];
};

test('figures that belong to no edition are rounded and have intervals as one rule says, those of an edition do not', async () => {
  const own = async () =>
    (await keyQuestionResult(database.db, { standard: '2.2', synthetic: false })).map(
      ({ percent, low, high }) => [percent, low, high],
    );
  const first = { rounding: 'half up', confidence_level: 80, wider_confidence_level: 95, fewest_cases: 5 };
  expect(await displayRule(database.db)).toMatchObject(first);
  expect(await pooled()).toEqual([71, 57.92, 81.08, 50.83, 85.09]);
  const before = await own();
  await set({ rounding: 'down', confidence_level: 90 });
  expect(await displayRule(database.db)).toMatchObject({ ...first, rounding: 'down', confidence_level: 90 });
  // 17 of 24 is 70.8%
  expect(await pooled()).toEqual([70, 54.1, 83.34, 50.83, 85.09]);
  expect(await own()).toEqual(before);
});

test('no public view has a rule of its own', () => {
  const files = readdirSync(dbPath('views', '9-public'));
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const text = readFileSync(dbPath('views', '9-public', file), 'utf8');
    const code = text.replaceAll(/^--.*$/gm, '').split('\ncomment on ')[0];
    expect(code, file).not.toMatch(/'half (?:up|even)'|confidence_level = \d|1\.28|1\.95|1\.96/);
  }
});
