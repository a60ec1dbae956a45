import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { testFolder } from '../support/bundles.js';
import { asCsv, askedQuestions } from '../support/case-files.js';
import { asReaderOf, testDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';

// Five cases are too few: the number that core.disclosure_control has.
const database = testDatabase();
const files = testFolder();

afterEach(() => database.db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute());

/** Loads court cases, each group with a value and a letter for each case's answer to 2.1.1: y, n, x for not applicable. */
async function loadGroups(
  attribute: string,
  groups: Record<string, string>,
  kinds: [string, number, string?, number?] = ['referral_order', 99],
): Promise<void> {
  const cases = Object.entries(groups).flatMap(([value, letters]) =>
    [...letters].map((letter, at) => ({ pseudonym: `${value}-${at + 1}`, value, letter })),
  );
  const questions = askedQuestions('2018').filter(({ sample }) => sample === 'court');
  const answers = { y: 'yes', n: 'no', x: 'na' } as Record<string, string>;
  const folder = await files.folder({
    'inspection.yaml': `synthetic: true
service: Westminster Youth Offending Team
report: {fieldwork_from: "2019-05-13"}
edition: "2018"
sample: {court_disposals: {cases: ${cases.length}, ${kinds[0]}: ${Math.min(kinds[1], cases.length)}${kinds[2] ? `, ${kinds[2]}: ${kinds[3]}` : ''}}}
`,
    'cases.csv': asCsv([
      ['case', 'sample', 'disposal', attribute],
      ...cases.map(({ pseudonym, value }, at) => [
        pseudonym,
        'court',
        (at < kinds[1] ? kinds[0] : kinds[2]) as string,
        value,
      ]),
    ]),
    'answers.csv': asCsv([
      ['case', 'question', 'answer'],
      ...cases.flatMap(({ pseudonym, letter }) =>
        questions.map(({ code }) => [pseudonym, code, code === '2.1.1' ? (answers[letter] as string) : 'na']),
      ),
    ]),
  });
  await load(database.db, [folder]);
}

/** What readers see of a characteristic and 2.1.1: value, cases, yes, no, not applicable, relevant, percent, marker. */
const seen = (attribute: string) =>
  asReaderOf(database, (reader) =>
    reader
      .selectFrom('analytics.subgroup_result')
      .select(['value', 'cases', 'yes', 'no', 'not_applicable', 'relevant', 'percent', 'marker'])
      .where('key_question', '=', '2.1.1')
      .where('attribute', '=', attribute)
      .orderBy('value')
      .execute()
      .then((rows) => rows.map((row) => Object.values(row))),
  );

const hidden = [null, null, null, null, null, '[c]'];

describe('answers of groups', () => {
  test('are shown when every group is large enough', async () => {
    await loadGroups('gender', { male: 'yyyyyyynnn', female: 'yyynnx' });
    expect(await seen('gender')).toEqual([
      ['female', 6, 3, 2, 1, 5, 60, null],
      ['male', 10, 7, 3, 0, 10, 70, null],
    ]);
  });

  test('have intervals where they are shown, and none where they are hidden', async () => {
    const intervals = () =>
      asReaderOf(database, (reader) =>
        reader
          .selectFrom('analytics.subgroup_result')
          .select(['low', 'high', 'low_95', 'high_95'])
          .where('key_question', '=', '2.1.1')
          .where('attribute', '=', 'gender')
          .orderBy('value')
          .execute()
          .then((rows) =>
            rows.map((row) => Object.values(row).map((end) => (end === null ? null : end.toFixed(4)))),
          ),
      );
    await loadGroups('gender', { male: 'nnyyyyyyy', female: 'nnyyyx' });
    // 3 of 5 and 7 of 9: Wilson's quadratic solved by another program
    expect(await intervals()).toEqual([
      ['33.0421', '82.0127', '23.0724', '88.2379'],
      ['56.6058', '90.3762', '45.2589', '93.6775'],
    ]);
    await database.db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute();
    await loadGroups('gender', { male: 'nnyyyyyyyx', female: 'nyx' });
    const none = [null, null, null, null];
    expect(await intervals()).toEqual([none, none, none, none]);
  });

  test('are hidden for a group of too few, and for the other that the total would give it away with', async () => {
    await loadGroups('gender', { male: 'yyyyyyynnx', female: 'ynx' });
    expect(await seen('gender')).toEqual([
      ['another gender', null, ...hidden],
      ['female', null, ...hidden],
      ['male', null, ...hidden],
      ['not known', null, ...hidden],
    ]);
  });

  test('are hidden for all groups of a characteristic, whichever is the small one', async () => {
    await loadGroups('gender', { male: 'yyyyyyynnx', female: 'yyyynnx', 'another gender': 'yn' });
    expect(await seen('gender')).toEqual([
      ['another gender', null, ...hidden],
      ['female', null, ...hidden],
      ['male', null, ...hidden],
      ['not known', null, ...hidden],
    ]);
  });

  test('are hidden where a group could have too few relevant cases; the sizes of such groups are not', async () => {
    await loadGroups('gender', { male: 'yyyyyyynnn', female: 'ynxxxx' });
    const all = [
      ['female', 6, ...hidden],
      ['male', 10, ...hidden],
    ];
    expect(await seen('gender')).toEqual(all);
    await database.db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute();
    // the total of not applicable is the same
    await loadGroups('gender', { male: 'yyyynnxxxx', female: 'ynyyyy' });
    expect(await seen('gender')).toEqual(all);
  });

  test('are shown where the total tells them all', async () => {
    await loadGroups('gender', { male: 'xxxxxxxxxx', female: 'xxxxxx' });
    expect(await seen('gender')).toEqual([
      ['female', 6, 0, 0, 6, 0, null, '[z]'],
      ['male', 10, 0, 0, 10, 0, null, '[z]'],
    ]);
  });

  test('are no more than the published total where all cases share the value', async () => {
    await loadGroups('gender', { female: 'ynxxxxxxxx' });
    expect(await seen('gender')).toEqual([['female', 10, 1, 1, 8, 2, 50, null]]);
  });

  test('of a sample of too few cases for two groups are hidden, and all values that there could be are listed', async () => {
    await loadGroups('gender', { female: 'ynxxxxxxx' });
    expect(await seen('gender')).toEqual(
      ['another gender', 'female', 'male', 'not known'].map((value) => [value, null, ...hidden]),
    );
  });

  test('by kind of case are hidden where a kind has few, but not its size, which the report prints', async () => {
    await loadGroups('gender', { male: 'yyyyyyynnnnn' }, ['referral_order', 10, 'custodial_sentence', 2]);
    expect(await seen('disposal')).toEqual([
      ['custodial_sentence', 2, ...hidden],
      ['referral_order', 10, ...hidden],
    ]);
  });
});

test('a question that is asked of one kind of case only is not split by kind: its total is the group', async () => {
  await loadProgramme(database, { inspections: 2, seed: 3 });
  const { rows } = await sql`
    select attribute, count(*) > 0 as is_split from analytics.subgroup_result
    where key_question = '3.4.2' and edition = '2018' group by attribute order by 1`.execute(database.db);
  expect(rows.map((row) => (row as { attribute: string }).attribute)).toEqual([
    'age_band',
    'ethnicity',
    'gender',
    'looked_after',
    'risk_of_serious_harm',
    'safety_and_wellbeing',
  ]);
});

test('what the server did for a reader does not tell how many groups there are', async () => {
  const counts = async (groups: Record<string, string>) => {
    await loadGroups('ethnicity', groups);
    // an index has what was deleted before, too, until it is taken out
    await sql`vacuum kept.case_group`.execute(database.db);
    const plan = await asReaderOf(database, (reader) =>
      sql<{ 'QUERY PLAN': string }>`
        explain (analyze, costs off, timing off, summary off, buffers off)
        select * from analytics.subgroup_result where attribute = 'ethnicity'`.execute(reader),
    );
    await database.db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute();
    return plan.rows
      .map((row) => row['QUERY PLAN'])
      .filter((line) => /case_group|WindowAgg|Subquery Scan|Removed by Filter/.test(line))
      .map((line) => line.trim());
  };
  const one = await counts({ White: 'yyyyyyyyynx', Asian: 'y' });
  expect(one.filter((line) => line.includes('case_group')).length).toBeGreaterThan(0);
  expect(await counts({ White: 'yyyyynx', Asian: 'yyy', Black: 'y', Mixed: 'y' })).toEqual(one);
});

test('the number below which figures are protected is a row', async () => {
  await loadGroups('gender', { male: 'yyyyyyynnx', female: 'yyynnx' });
  const set = (fewest_cases: number) =>
    database.db.updateTable('core.disclosure_control').set({ fewest_cases }).execute();
  try {
    await set(7);
    expect((await seen('gender')).map(([value, cases]) => [value, cases])).toEqual(
      ['another gender', 'female', 'male', 'not known'].map((value) => [value, null]),
    );
  } finally {
    await set(5);
  }
});
