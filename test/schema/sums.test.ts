import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ColumnMeanings } from '../../src/database/columns.js';
import { dbPath } from '../../src/disk/paths.js';
import { valuesOf } from '../support/asked.js';
import { testDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';
import { renew } from '../support/renew.js';
import { text } from './statements.js';

const database = testDatabase();

beforeAll(async () => {
  const { db } = database;
  await loadProgramme(database, { inspections: 60, seed: 5 });
  await sql.raw(text('sums.sql')).execute(db);
  await renew(db);
});

type Sum = string | [where: string, sum: string];
const { views } = parse(text('sums.yaml')) as { views: Record<string, Record<string, Sum>> };
const sums = Object.entries(views).flatMap(([view, columns]) =>
  Object.entries(columns).map(([column, sum]) => [`${view}.${column}`, view, column, sum] as const),
);

test.each(sums)('the sum of %s', async (_, view, column, sum) => {
  const [where, figure] = Array.isArray(sum) ? sum : ['true', sum];
  const invented = view === 'service' ? sql`true` : sql`is_synthetic`;
  const { rows } = await sql<{ sum: number; expected: number }>`
    select
      (select coalesce(sum(${sql.ref(column)}), 0)::integer from ${sql.table(`analytics.${view}`)}
       where ${invented} and ${sql.raw(where)}) as sum,
      (select (${sql.raw(`select ${figure}`)})::integer) as expected`.execute(database.db);
  expect(rows[0]?.sum).toBe(rows[0]?.expected ?? 0);
  // of nothing anything is the sum
  expect(rows[0]?.sum).not.toBe(0);
});

test('every number that may be summed is summed above', async () => {
  const meanings = new ColumnMeanings();
  const { rows } = await sql<{ view: string; name: string }>`
    select table_name as view, column_name as name from information_schema.columns where table_schema = 'analytics'`.execute(
    database.db,
  );
  const additive = rows.filter(
    ({ view, name }) => !['no', undefined].includes(meanings.of(name, view).additive as 'no'),
  );
  expect(additive.map(({ view, name }) => `${view}.${name}`).sort()).toEqual(
    sums.map(([named]) => named).sort(),
  );
});

// What functions of intervals give, test/schema/functions.test.ts holds against TypeScript: here, that each view gives them the counts
// that stand beside, and the levels of display_rule.
const own = (of: string, z: number) => [`wilson_low(${of}, ${z})`, `wilson_high(${of}, ${z})`];
const ofPopulation = (of: string, z: number) =>
  ['low', 'high'].map((end) => `wilson_${end}_of_population(${of}, eligible, ${z})`);
const pooled = (of: string, z: number, level: number) =>
  ['low', 'high'].map((end) => `pooled_${end}(${of}, design_effect, inspections, ${level}, ${z})`);
const ofBase = "case base when 'relevant' then relevant else inspected end";
type Share = [
  view: string,
  of: [yes: string, base: string],
  percent: string,
  ends: string,
  typeof own | typeof pooled,
];
const shares: Share[] = [
  ...['key_question_result', 'prompt_result'].flatMap((view): Share[] => [
    [view, ['yes', 'relevant'], 'percent_of_relevant', 'relevant_', own],
    [view, ['yes', 'inspected'], 'percent_of_inspected', 'inspected_', own],
    [view, ['yes', ofBase], 'percent', '', own],
  ]),
  ['key_question_result', ['yes', 'inspected'], 'percent_of_inspected', 'eligible_', ofPopulation],
  ...['subgroup_result', 'league_table'].map(
    (view): Share => [view, ['yes', 'relevant'], 'percent', '', own],
  ),
  ['discretion_trend', ['decisions', 'inspections'], 'percent', '', own],
  ['rating_driver', ['driving', 'inspections'], 'percent', '', own],
  ['rating_trend', ['inspections', 'rated'], 'round(100 * share::numeric)', '100 * ', own],
  ...['higher', 'same', 'lower'].map(
    (as): Share => ['service_comparison', [as, 'inspections'], `percent_${as}`, `${as}_`, own],
  ),
  ...[
    ...['key_question_trend', 'prompt_trend', 'key_question_all_years', 'standard_trend'],
    ...['subgroup_trend', 'subgroup_all_years'],
  ].map((view): Share => [view, ['yes', 'relevant'], 'percent', '', pooled]),
];

test.each(shares)('%s has %j in percent, with two intervals', async (view, of, percent, ends, intervals) => {
  const counts = of.map((count) => `(${count})::integer`).join(', ');
  const functions = [
    ...intervals(counts, 1.2815515655446004, 80),
    ...intervals(counts, 1.959963984540054, 95),
  ];
  const areRight = ['low', 'high', 'low_95', 'high_95'].map((end, at) => {
    const [shown, expected] = [`${ends}${end}`, `rating.${functions[at]}`];
    return `coalesce(abs(${shown} - ${expected}) < 1e-9, ${shown} is null and ${expected} is null)`;
  });
  const { rows } = await sql
    .raw<{ is_right: boolean }>(`
      select ${percent} = rating.percentage(${counts}, 'half up') and ${areRight.join(' and ')} as is_right
      from analytics.${view}
      where is_synthetic and ${of[0]} is not null and ${percent} is not null`)
    .execute(database.db);
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter(({ is_right }) => !is_right)).toEqual([]);
});

// Answers of one inspection are alike: their variance between inspections (the ratio estimator) beside that of as many independent answers.
test.each([
  ['key_question_trend', 'key_question', 'code', 'key question', 'year'],
  ['prompt_trend', 'prompt', 'code', 'prompt', 'year'],
  ['standard_trend', 'standard', 'standard', 'key question', 'year'],
  ['key_question_all_years', 'key_question', 'code', 'key question', 'edition'],
])('the design effect of %s', async (view, column, subject, level, period) => {
  const { rows } = await sql
    .raw<{ effect: number; is_right: boolean }>(`
      with cluster as (
        select edition, ${period} as period, ${subject} as subject, inspection_id,
          count(*) filter (where answer = 'yes') as yes, count(*) filter (where answer <> 'not applicable') as relevant
        from answered where level = '${level}' group by 1, 2, 3, 4
      ),
      pooled as (
        select edition, period, subject, count(*) as clusters, sum(yes) as all_yes, sum(relevant) as all_relevant,
          sum(yes) / nullif(sum(relevant), 0) as share
        from cluster group by 1, 2, 3
      ),
      expected as (
        select edition, period, subject, all_relevant, greatest(1, clusters / (clusters - 1.0)
          * sum(power(yes - share * relevant, 2)) / (all_yes * (1 - share))) as effect
        from cluster join pooled using (edition, period, subject)
        where clusters > 1 and share > 0 and share < 1
        group by edition, period, subject, all_relevant, all_yes, share, clusters
      )
      select effect,
        abs(design_effect - effect) < 1e-8 and abs(effective_relevant - all_relevant / effect) < 1e-6 as is_right
      from expected
      left join analytics.${view} as shown
        on is_synthetic and (shown.edition, shown.${period}, shown.${column}) = (expected.edition, period, subject)`)
    .execute(database.db);
  expect(rows.filter(({ effect }) => effect > 1).length).toBeGreaterThan(5);
  expect(rows.filter(({ is_right }) => !is_right)).toEqual([]);
});

// Of the cases of a value, what it has above 1 is in proportion to their part of all.
test.each([
  ['subgroup_trend', 'key_question_trend', 'edition, year'],
  ['subgroup_all_years', 'key_question_all_years', 'edition'],
])('the design effect of %s follows from that of %s', async (view, whole, period) => {
  const { rows } = await sql
    .raw<{ is_right: boolean }>(`
      select abs(part.design_effect - 1 - (whole.design_effect - 1) * part.relevant / whole.relevant) < 1e-8
        and abs(part.effective_relevant - part.relevant / part.design_effect) < 1e-6 as is_right
      from analytics.${view} as part
      join analytics.${whole} as whole using (is_synthetic, ${period}, key_question)
      where part.design_effect is not null`)
    .execute(database.db);
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter(({ is_right }) => !is_right)).toEqual([]);
});

test('two characteristics at once are counted as the file of subgroup_count says', async () => {
  const file = readFileSync(dbPath('views', '9-public', 'subgroup_count.sql'), 'utf8');
  const example = [...file.matchAll(/^-- {3}(.*)$/gm)].map(([, line]) => line).join('\n');
  const expected = await valuesOf(
    database.db,
    `select inspection_id, question_id, coalesce(attributes ->> 'gender', 'not known'), kind,
      count(*) filter (where answer = 'yes') as yes, count(*) filter (where answer = 'no') as no
    from core.answer join core.question using (question_id) join core.inspected_case using (inspection_id, case_no)
    where level = 'key question' group by 1, 2, 3, 4`,
  );
  // a gender and a kind that no case has together count nothing
  const counted = (all: unknown[][]) =>
    all
      .filter((row) => row.slice(-2).some((count) => count !== 0))
      .map(String)
      .sort();
  expect(counted(expected).length).toBeGreaterThan(200);
  expect(counted(await valuesOf(database.db, example))).toEqual(counted(expected));
});

/** What an analyst types first, with the data dictionary and no source code, and what the reports or the rules give. */
const questions: { question: string; ask: string; rows: unknown[][] }[] = parse(text('first-queries.yaml'));
test.each(questions)('$question', async ({ ask, rows }) => {
  expect(await valuesOf(database.db, ask)).toEqual(rows);
});
