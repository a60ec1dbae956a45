import { afterEach, describe, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { testFolder } from '../support/bundles.js';
import { asCsv, askedQuestions } from '../support/case-files.js';
import { asReaderOf, testDatabase } from '../support/database.js';

// Five cases are too few: the number that core.disclosure_control has.
const database = testDatabase();
const files = testFolder();

afterEach(() => database.db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute());

/** Loads court cases, each group with a value and a letter for each case's answer to 2.1.1: y, n, x for not applicable. */
async function loadGroups(attribute: string, groups: Record<string, string>): Promise<void> {
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
sample: {court_disposals: {cases: ${cases.length}, referral_order: ${cases.length}}}
`,
    'cases.csv': asCsv([
      ['case', 'sample', 'disposal', attribute],
      ...cases.map(({ pseudonym, value }) => [pseudonym, 'court', 'referral_order', value]),
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
    await loadGroups('gender', { male: 'yyyyyyynnx', female: 'yyynnx' });
    expect(await seen('gender')).toEqual([
      ['female', 6, 3, 2, 1, 5, 60, null],
      ['male', 10, 7, 2, 1, 9, 78, null],
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
    await loadGroups('gender', { male: 'nnyyyyyyyx', female: 'nnyyyx' });
    // 3 of 5 and 7 of 9: Wilson's quadratic solved by another program
    expect(await intervals()).toEqual([
      ['33.0421', '82.0127', '23.0724', '88.2379'],
      ['56.6058', '90.3762', '45.2589', '93.6775'],
    ]);
    await database.db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute();
    await loadGroups('gender', { male: 'nnyyyyyyyx', female: 'nyx' });
    expect(await intervals()).toEqual([
      [null, null, null, null],
      [null, null, null, null],
    ]);
  });

  test('are hidden for a group of too few, and for the other that the total would give it away with', async () => {
    await loadGroups('gender', { male: 'yyyyyyynnx', female: 'ynx' });
    expect(await seen('gender')).toEqual([
      ['female', null, ...hidden],
      ['male', null, ...hidden],
    ]);
  });

  test('are hidden for the next smallest group, and shown for a third', async () => {
    await loadGroups('gender', { male: 'yyyyyyynnx', female: 'yyyynnx', 'another gender': 'yn' });
    expect(await seen('gender')).toEqual([
      ['another gender', null, ...hidden],
      ['female', null, ...hidden],
      ['male', 10, 7, 2, 1, 9, 78, null],
    ]);
  });

  test('are hidden for the third as well, when without it nothing in the others were left to doubt', async () => {
    // the only case to which the question does not apply is in the largest group: shown, it would tell 0 for the others
    await loadGroups('gender', { male: 'yyyyyynnnx', female: 'yyyynnn', 'another gender': 'yn' });
    expect(await seen('gender')).toEqual([
      ['another gender', null, ...hidden],
      ['female', null, ...hidden],
      ['male', 10, ...hidden],
    ]);
  });

  test('are hidden with the largest group where all smaller ones have one case, or their sum would tell the sizes', async () => {
    await loadGroups('ethnicity', {
      Asian: 'y',
      Black: 'n',
      Mixed: 'x',
      Other: 'y',
      'not known': 'y',
      White: 'yyyyyynnnx',
    });
    expect((await seen('ethnicity')).map(([value, cases]) => [value, cases])).toEqual(
      ['Asian', 'Black', 'Mixed', 'Other', 'White', 'not known'].map((value) => [value, null]),
    );
  });

  test('are hidden on too few relevant cases; the sizes of such groups are not', async () => {
    await loadGroups('gender', { male: 'yyyyyyynnn', female: 'ynxxxx' });
    expect(await seen('gender')).toEqual([
      ['female', 6, ...hidden],
      ['male', 10, ...hidden],
    ]);
  });

  test('of which none is relevant are no small number', async () => {
    await loadGroups('gender', { male: 'yyyyyyynnn', female: 'xxxxxx' });
    expect(await seen('gender')).toEqual([
      ['female', 6, 0, 0, 6, 0, null, '[z]'],
      ['male', 10, 7, 3, 0, 10, 70, null],
    ]);
  });

  test('are no more than the published total where all cases share the value', async () => {
    await loadGroups('gender', { female: 'ynxxxx' });
    expect(await seen('gender')).toEqual([['female', 6, 1, 1, 4, 2, 50, null]]);
  });

  test('of a sample of too few cases have no row', async () => {
    await loadGroups('gender', { female: 'ynxx' });
    expect(await seen('gender')).toEqual([]);
  });

  test('have no row when each case has a value of its own, and the list of values would tell the sizes', async () => {
    await loadGroups('ethnicity', { Asian: 'y', Black: 'y', Mixed: 'n', Other: 'n', White: 'x' });
    expect(await seen('ethnicity')).toEqual([]);
    expect(await seen('gender')).toEqual([['not known', 5, 2, 2, 1, 4, 50, null]]);
  });
});

test('the number below which figures are protected is a row', async () => {
  await loadGroups('gender', { male: 'yyyyyyynnx', female: 'yyynnx' });
  const set = (fewest_cases: number) =>
    database.db.updateTable('core.disclosure_control').set({ fewest_cases }).execute();
  try {
    await set(7);
    expect((await seen('gender')).map(([value, cases]) => [value, cases])).toEqual([
      ['female', null],
      ['male', null],
    ]);
  } finally {
    await set(5);
  }
});
