import { describe, expect, test } from 'vitest';
import { load } from '../../../src/import/load.js';
import { testFolder } from '../../support/bundles.js';
import { asCsv, bundleFiles, lineOf, storedAnswers, wide, withCell } from '../../support/case-files.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { editionFiles } from '../../support/editions.js';
import { bundle, lineInCases, small, storing } from './small.js';

const database = testDatabase();
const files = testFolder();
const stored = storing(database, files);

describe('long answers', () => {
  test('end in the database as they are in the file', async () => {
    const { answers, loaded } = await stored(bundleFiles(small));
    // 63 questions are asked of court cases, 53 of out-of-court cases; two cases each
    expect(answers.size).toBe(2 * 63 + 2 * 53);
    expect(loaded).toMatchObject([{ outcome: 'loaded', answers: 232, notices: [] }]);
    const some = ['C1 2.1.2', 'C2 2.1.2', 'C1 2.1.3', 'C2 2.1.3', 'C2 2.2.2', 'O2 3.4.1', 'O1 3.4.2'];
    expect(some.map((key) => [key, answers.get(key)])).toEqual([
      ['C1 2.1.2', 'yes'],
      ['C2 2.1.2', 'no'],
      ['C1 2.1.3', 'yes'],
      ['C2 2.1.3', 'not applicable'],
      ['C2 2.2.2', 'no'],
      ['O2 3.4.1', 'yes'],
      ['O1 3.4.2', 'yes'],
    ]);
  });

  test.each([
    ['yes', ['yes', 'Yes', 'YES', 'yES', 'y', 'Y']],
    ['no', ['no', 'No', 'NO', 'nO', 'n', 'N']],
    ['not applicable', ['na', 'NA', 'n/a', 'N/A', 'Na', 'not applicable', 'Not Applicable']],
  ])('may be written in several ways: %s', async (answer, words) => {
    let answers = small.answers;
    for (const [at, word] of words.entries()) answers = withCell(answers, 2 + at, 'answer', word);
    // lines 2 and on are the answers of C1 and C2 to 2.1.1, 2.1.1.a, 2.1.1.b, …
    const keys = words.map((_, at) => `${small.answers[at + 1]?.[0]} ${small.answers[at + 1]?.[1]}`);
    const { answers: found } = await stored(bundle({ answers }));
    expect(keys.map((key) => found.get(key))).toEqual(words.map(() => answer));
  });

  test('may come in any order, with the columns in any order and heading in capitals', async () => {
    const [, ...rows] = small.answers;
    const turned = [
      ['ANSWER', 'Case', 'Question'],
      ...rows.reverse().map(([one, code, answer]) => [answer, one, code]),
    ] as string[][];
    const [, ...cases] = small.cases;
    const content = { ...bundleFiles(small), 'answers.csv': asCsv(turned) };
    const { answers } = await stored(content);
    expect(answers).toEqual((await stored(bundleFiles(small))).answers);
    // and so may cases: court cases are numbered first all the same
    const mixed = asCsv([
      ['Disposal', 'sample', 'CASE'],
      ...cases.reverse().map(([one, sample, disposal]) => [disposal, sample, one] as string[]),
    ]);
    expect((await stored({ ...bundleFiles(small), 'cases.csv': mixed })).answers).toEqual(answers);
  });
});

describe('a question that is asked of one disposal only', () => {
  const codes = ['3.4.2', '3.4.2.a', '3.4.2.b'];

  test('does not apply to a case of another, whether the row is left out or says na', async () => {
    expect(small.answers.some(([one, code]) => one === 'O2' && code === '3.4.2')).toBe(false);
    const said = [...small.answers, ...codes.map((code) => ['O2', code, 'na'])];
    for (const answers of [small.answers, said]) {
      const found = (await stored(bundle({ answers }))).answers;
      expect(codes.map((code) => found.get(`O2 ${code}`))).toEqual(codes.map(() => 'not applicable'));
      expect(codes.map((code) => found.get(`O1 ${code}`))).toEqual([
        'yes',
        'not applicable',
        'not applicable',
      ]);
    }
  });

  test('may have no column when there is no such case', async () => {
    const cases = withCell(small.cases, lineInCases('O1'), 'disposal', 'triage');
    const answers = wide(small.answers.filter(([, code]) => !codes.includes(code as string)));
    const yaml = small.yaml.replace('youth_conditional_caution: 1', 'triage: 1');
    const found = (await stored(bundleFiles({ yaml, cases, answers }))).answers;
    expect(codes.map((code) => found.get(`O1 ${code}`))).toEqual(codes.map(() => 'not applicable'));
  });
});

describe('wide answers', () => {
  test('give what the long ones give', async () => {
    const table = wide(small.answers);
    expect(table[0]).toHaveLength(1 + 63 + 53);
    expect((await stored(bundle({ answers: table }))).answers).toEqual(
      (await stored(bundleFiles(small))).answers,
    );
  });

  test('may say na where a case is in the other sample', async () => {
    const table = wide(small.answers).map((row) => row.map((cell) => cell || 'n/a'));
    expect((await stored(bundle({ answers: table }))).answers).toEqual(
      (await stored(bundleFiles(small))).answers,
    );
  });

  test('may have question codes with capital letters, as an edition has them, and an empty column', async () => {
    const edition = await files.folder(editionFiles());
    const bundle = await files.folder({
      'inspection.yaml': `synthetic: true
service: Westminster Youth Offending Team
report: {fieldwork_from: "2020-05-04"}
edition: Invented 1
`,
      'cases.csv': 'case,sample,disposal\nK1,court,referral_order\nK2,court,custodial_sentence\n',
      'answers.csv': 'case,B.1.1,,B.1.1.a,B.1.1.b,B.1.2,B.2.1\nK1,yes,,no,na,yes,no\nK2,no,,yes,yes,,yes\n',
    });
    await rolledBack(database.db, async (trx) => {
      await load(trx, [edition, bundle]);
      expect(Object.fromEntries(await storedAnswers(trx, { day: '2020-05-04' }))).toEqual({
        'K1 B.1.1': 'yes',
        'K1 B.1.1.a': 'no',
        'K1 B.1.1.b': 'not applicable',
        'K1 B.1.2': 'yes',
        'K1 B.2.1': 'no',
        'K2 B.1.1': 'no',
        'K2 B.1.1.a': 'yes',
        'K2 B.1.1.b': 'yes',
        // of referral orders only
        'K2 B.1.2': 'not applicable',
        'K2 B.2.1': 'yes',
      });
    });
  });
});

describe('characteristics of cases', () => {
  const columns = [
    'gender',
    'age_band',
    'ethnicity',
    'risk_of_serious_harm',
    'safety_and_wellbeing',
    'looked_after',
  ] as const;

  async function characteristics(heading: readonly string[], rows: Record<string, string[]>) {
    const cases = small.cases.map((row, at) => [
      ...row,
      ...(at === 0 ? heading : (rows[row[0] as string] ?? heading.map(() => ''))),
    ]);
    const folder = await files.folder(bundleFiles({ ...small, cases }));
    return rolledBack(database.db, async (trx) => {
      await load(trx, [folder]);
      const found = await trx
        .selectFrom('core.inspected_case')
        .select(['pseudonym', 'attributes'])
        .orderBy('pseudonym')
        .execute();
      // a case whose value is not known has none
      return Object.fromEntries(
        found.map(({ pseudonym, attributes }) => {
          const coded = attributes as Record<string, string>;
          return [pseudonym, columns.map((column) => coded[column] ?? null)];
        }),
      );
    });
  }

  test('are coded, however they are written; a blank one is not known', async () => {
    const found = await characteristics(columns, {
      C1: ['female', '10 to 14', 'Asian', 'low', 'very high', 'yes'],
      C2: ['M', '15-17', 'white', 'VERY HIGH', 'Medium', 'N'],
      O1: ['Another gender', '18+', 'not known', 'unknown', 'not recorded', ''],
      O2: ['', '', '', '', '', ''],
    });
    expect(found).toEqual({
      C1: ['female', '10 to 14', 'Asian', 'low', 'very high', 'yes'],
      C2: ['male', '15 to 17', 'White', 'very high', 'medium', 'no'],
      O1: ['another gender', '18 and over', ...Array(4).fill(null)],
      O2: Array(6).fill(null),
    });
  });

  test('may be some of those that there are; the others are not known', async () => {
    const found = await characteristics(['Looked after'], { C1: ['no'], C2: ['yes'], O1: ['y'] });
    const unknown = Array(5).fill(null);
    expect(found).toEqual({
      C1: [...unknown, 'no'],
      C2: [...unknown, 'yes'],
      O1: [...unknown, 'yes'],
      O2: [...unknown, null],
    });
  });

  test('samples and disposals may be written with capitals, blanks and hyphens', async () => {
    let { cases } = small;
    cases = withCell(cases, lineInCases('O1'), 'sample', 'Out-of-court');
    cases = withCell(cases, lineInCases('O1'), 'disposal', 'Youth conditional caution');
    cases = withCell(cases, lineInCases('C1'), 'disposal', 'REFERRAL-ORDER');
    const folder = await files.folder(bundleFiles({ ...small, cases }));
    const found = await rolledBack(database.db, async (trx) => {
      await load(trx, [folder]);
      return trx
        .selectFrom('core.inspected_case')
        .innerJoin('core.sample', 'core.sample.sample_id', 'core.inspected_case.sample_id')
        .select(['case_no', 'pseudonym', 'sample', 'kind'])
        .orderBy('case_no')
        .execute();
    });
    expect(found.map((row) => Object.values(row))).toEqual([
      [1, 'C1', 'court', 'referral_order'],
      [2, 'C2', 'court', 'custodial_sentence'],
      [3, 'O1', 'out of court', 'youth_conditional_caution'],
      [4, 'O2', 'out of court', 'youth_caution'],
    ]);
  });
});

test('ratings follow from the answers', async () => {
  const folder = await files.folder(
    bundle({ answers: withCell(small.answers, lineOf(small.answers, 'C2', '2.1.3'), 'answer', 'no') }),
  );
  const rows = await rolledBack(database.db, async (trx) => {
    await load(trx, [folder]);
    return trx
      .selectFrom('analytics.standard_rating')
      .select(['standard', 'lowest_percent', 'driving_key_question', 'rating', 'score', 'evidence'])
      .where('is_synthetic', '=', true)
      .where('standard', 'in', ['2.1', '2.2', '2.3', '3.4'])
      .orderBy('standard')
      .execute();
  });
  // 2.1: 2.1.1 is yes in 2 of 2 (100%), 2.1.2 in 1 of 2 (50%), 2.1.3 in 1 of 2 (50%): 50 is Requires improvement, 1 point.
  // 2.2: 2.2.1 in 2 of 2, 2.2.2 in 0 of 2 (0%), 2.2.3 of none: Inadequate. 2.3: no case was relevant.
  // 3.4: 3.4.1 in 2 of 2, 3.4.2 in 1 of 1, for the youth caution does not count.
  expect(rows.map((row) => Object.values(row))).toEqual([
    ['2.1', 50, '2.1.2', 'Requires improvement', 1, 'case answers'],
    ['2.2', 0, '2.2.2', 'Inadequate', 0, 'case answers'],
    ['2.3', null, null, null, null, 'case answers'],
    ['3.4', 100, '3.4.1', 'Outstanding', 3, 'case answers'],
  ]);
});
