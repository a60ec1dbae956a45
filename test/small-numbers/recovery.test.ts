import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { groupBy } from '../../src/queries/group-by.js';
import { wilson } from '../../src/ratings/percentage.js';
import { readMaterial } from '../../src/simulate/material.js';
import { simulateProgramme } from '../../src/simulate/programme.js';
import { writeProgramme } from '../../src/simulate/write-programme.js';
import { asReaderOf, testDatabase } from '../support/database.js';

// Somebody who sees all that readers see tries to recover what is protected: the figures of a sample are published, so the
// protected groups of a characteristic have known totals. Whatever the totals leave only one value for is recovered.

const database = testDatabase();
const answers = ['yes', 'no', 'not_applicable'] as const;
type Answer = (typeof answers)[number];
const ends = ['low', 'high', 'low_95', 'high_95'] as const;
type End = (typeof ends)[number];

/** A group as an attacker sees it: null is protected. */
interface Group extends Record<Answer | End, number | null> {
  value: string;
  cases: number | null;
}

/** A sample's figures of one question, and its groups by one characteristic. */
interface Split {
  name: string;
  total: Record<Answer, number>;
  groups: Group[];
}

let home = '';
let splits: Split[] = [];
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-recovery-'));
  const programme = path.join(home, 'programme');
  const made = { inspections: 20, seed: 3, firstYear: 2018 };
  await writeProgramme(programme, simulateProgramme(await readMaterial(database.db), made));
  await load(database.db, [programme]);
  // as the server does by itself within a minute: without, its plans for whole tables are those for a few rows
  await sql`analyze`.execute(database.db);
  splits = await asReaderOf(database, async (reader) => {
    const totals = await reader
      .selectFrom('analytics.key_question_result')
      .select(['inspection_id', 'key_question', ...answers])
      .where('evidence', '=', 'case answers')
      .execute();
    const rows = await reader
      .selectFrom('analytics.subgroup_result')
      .select(['inspection_id', 'key_question', 'attribute', 'value', 'cases', ...answers, ...ends])
      .execute();
    const groups = groupBy(rows, keyOf);
    const byQuestion = new Map(
      totals.map((row) => [`${row.inspection_id} ${row.key_question}`, row as Record<Answer, number>]),
    );
    return [...groups].map(([name, some]) => ({
      name,
      total: byQuestion.get(`${some[0]?.inspection_id} ${some[0]?.key_question}`) as Record<Answer, number>,
      groups: some as Group[],
    }));
  });
});
afterAll(() => rm(home, { recursive: true, force: true }));

const keyOf = (row: {
  inspection_id: number | null;
  key_question: string | null;
  attribute: string | null;
}) => `${row.inspection_id} ${row.key_question} ${row.attribute}`;

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

/** Protected figures of a split that only one number is possible for, though the published total alone does not tell it. */
function recovered({ name, total, groups }: Split): string[] {
  const protectedOnes = groups.filter((group) => group.yes === null);
  if (protectedOnes.length === 0) return [];
  const left = (answer: Answer) => total[answer] - sum(groups.map((group) => group[answer] ?? 0));
  const cases = sum(answers.map(left));
  const sized = sum(protectedOnes.map((group) => group.cases ?? 0));
  const unsized = protectedOnes.filter((group) => group.cases === null).length;
  // Each group that is listed has a case at least.
  const most = cases - sized - (unsized - 1);
  const told: string[] = [];
  for (const group of protectedOnes) {
    const [fewestCases, mostCases] = group.cases === null ? [1, most] : [group.cases, group.cases];
    if (group.cases === null && fewestCases === mostCases) told.push(`${name} ${group.value}: ${most} cases`);
    for (const answer of answers) {
      if (answers.filter((one) => total[one] > 0).length === 1 || total[answer] === 0) continue;
      const others = cases - left(answer);
      // of so many cases, as many as can be had the other answers
      const least = Math.max(0, fewestCases - others);
      const greatest = Math.min(left(answer), mostCases);
      if (least === greatest) told.push(`${name} ${group.value}: ${greatest} ${answer}`);
    }
  }
  return told;
}

/** The quantiles of the levels that intervals are said to have, as tables of the normal distribution print them. */
const quantiles: Record<End, number> = {
  low: 1.281_551_566,
  high: 1.281_551_566,
  low_95: 1.959_963_985,
  high_95: 1.959_963_985,
};

/** Protected answers that an end of an interval gives away: it comes from few pairs of yes and relevant cases, mostly from one. */
function recoveredFromIntervals({ name, total, groups }: Split): string[] {
  return groups
    .filter((group) => group.yes === null)
    .flatMap((group) =>
      ends.flatMap((end) => {
        const shown = group[end];
        if (shown === null) return [];
        const fits: string[] = [];
        for (let relevant = 1; relevant <= total.yes + total.no; relevant++)
          for (let yes = 0; yes <= relevant; yes++) {
            const interval = wilson(yes, relevant, quantiles[end]);
            const would = end.startsWith('low') ? interval?.low : interval?.high;
            if (would !== undefined && Math.abs(would - shown) < 1e-6) fits.push(`${yes} of ${relevant}`);
          }
        // no yes, or nothing else, has one end in common; everything else has it alone
        return fits.length === 1 ? [`${name} ${group.value}: ${fits[0]} by ${end}`] : [];
      }),
    );
}

const hiddenAnswers = { yes: null, no: null, not_applicable: null };

/** What anyone would see if only the groups that are too small were hidden. */
const withoutFurtherProtection = (unprotected: Split): Split => ({
  ...unprotected,
  groups: unprotected.groups.map((group) =>
    (group.cases as number) < 5
      ? {
          value: group.value,
          cases: null,
          ...hiddenAnswers,
          low: null,
          high: null,
          low_95: null,
          high_95: null,
        }
      : group,
  ),
});

test('nothing that is protected can be recovered from what readers see', () => {
  const protectedFigures = splits.flatMap(({ groups }) => groups.filter(({ yes }) => yes === null));
  expect(protectedFigures.length).toBeGreaterThan(1000);
  expect(splits.flatMap(({ groups }) => groups).length).toBeGreaterThan(1.2 * protectedFigures.length);
  expect(splits.flatMap(recovered)).toEqual([]);
  expect(splits.flatMap(recoveredFromIntervals)).toEqual([]);
});

test('of what is shown, the same attempt has every count from any end of its intervals', async () => {
  // as if the intervals had been left where the answers are hidden
  const left = splits.slice(0, 400).map((split) => ({
    ...split,
    groups: split.groups.filter(({ low }) => low !== null).map((group) => ({ ...group, ...hiddenAnswers })),
  }));
  const told = left.flatMap(recoveredFromIntervals);
  expect(told.length).toBeGreaterThan(500);
  const shown = splits.flatMap(({ name, groups }) =>
    groups.map(
      ({ value, yes, no }) => [`${name} ${value}`, `${yes} of ${(yes as number) + (no as number)}`] as const,
    ),
  );
  const counts = new Map<string, string>(shown);
  for (const line of told) {
    const [, group = '', count] = line.match(/^(.*): (\d+ of \d+) by /) ?? [];
    expect(count, line).toBe(counts.get(group));
  }
  for (const end of ends) expect(told.some((line) => line.endsWith(` by ${end}`))).toBe(true);
});

test('with the small groups alone hidden, the same attempt recovers them', async () => {
  const rows = await database.db
    .selectFrom('analytics.subgroup_count')
    .select(['inspection_id', 'key_question', 'attribute', 'value', 'cases', ...answers])
    .execute();
  const unprotected = new Map<string, Split>();
  for (const row of rows) {
    const name = keyOf(row);
    const split = unprotected.get(name) ?? { name, total: { yes: 0, no: 0, not_applicable: 0 }, groups: [] };
    for (const answer of answers) split.total[answer] += row[answer] as number;
    split.groups.push({ ...(row as Omit<Group, End>), low: null, high: null, low_95: null, high_95: null });
    unprotected.set(name, split);
  }
  const told = [...unprotected.values()].map(withoutFurtherProtection).flatMap(recovered);
  expect(told.length).toBeGreaterThan(100);
});

test('a figure that is shown is the figure, and protection hides all answers of a group or none', async () => {
  const rows = await database.db
    .selectFrom('analytics.subgroup_count as counted')
    .innerJoin('analytics.subgroup_result as result', (join) =>
      join
        .onRef('result.inspection_id', '=', 'counted.inspection_id')
        .onRef('result.key_question', '=', 'counted.key_question')
        .onRef('result.attribute', '=', 'counted.attribute')
        .onRef('result.value', '=', 'counted.value'),
    )
    .select(['counted.cases', 'counted.yes', 'counted.no', 'counted.not_applicable'])
    .select([
      'result.cases as c',
      'result.yes as y',
      'result.no as n',
      'result.not_applicable as x',
      'result.percent',
      'marker',
    ])
    .select(['result.low', 'result.high', 'result.low_95', 'result.high_95'])
    .execute();
  expect(rows.length).toBeGreaterThan(1000);
  for (const { cases, yes, no, not_applicable, c, y, n, x, percent, marker, ...interval } of rows) {
    const shown = Object.values(interval).filter((end) => end !== null).length;
    expect(shown).toBe(percent === null ? 0 : ends.length);
    if (marker === '[c]') expect([y, n, x, percent]).toEqual([null, null, null, null]);
    else expect([c, y, n, x]).toEqual([cases, yes, no, not_applicable]);
    if (c === null) expect(marker).toBe('[c]');
    else expect(c).toBe(cases);
  }
});
