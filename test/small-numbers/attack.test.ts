import { beforeAll, expect, test } from 'vitest';
import { valuesOf } from '../support/asked.js';
import { asReaderOf, testDatabase } from '../support/database.js';
import { times } from '../support/in-full.js';
import { loadProgramme } from '../support/programme.js';
import { attack } from './attacker.js';
import { countedProgrammes, linesByRule, linesSeen, type Programme } from './programme.js';

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

test.each([
  ['subgroup_result', 'not_applicable'],
  ['subgroup_trend', 'design_effect, effective_relevant'],
  ['subgroup_all_years', 'design_effect, effective_relevant'],
])('where answers are hidden nothing is reckoned from them: %s', async (view, more) => {
  const [[hidden, told, marked] = []] = await asReaderOf(database, (reader) =>
    valuesOf(
      reader,
      `select count(*) filter (where yes is null) as hidden,
        count(*) filter (where yes is null and (marker is distinct from '[c]'
          or num_nonnulls(no, relevant, percent, low, high, low_95, high_95, ${more}) > 0)) as told,
        count(*) filter (where yes is not null and marker = '[c]') as marked
      from analytics.${view}`,
    ),
  );
  expect(hidden).toBeGreaterThan(200);
  expect([told, marked]).toEqual([0, 0]);
});

test('every hidden figure could be another, for all that readers see', () => {
  const { hidden, told } = attack(programmes, 5);
  expect(hidden).toBeGreaterThan(times(5000, 100_000));
  expect(told).toEqual([]);
}, 1_800_000);
