import { describe, expect, test } from 'vitest';
import { type Loaded, load } from '../../src/import/load.js';
import { testFolder } from '../support/bundles.js';
import {
  asCsv,
  bundleFiles,
  type CaseBundle,
  lineOf,
  smallBundle,
  storedAnswers,
  wide,
  withCell,
} from '../support/case-files.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { editionFiles } from '../support/editions.js';

const database = testDatabase();
const files = testFolder();
const small = smallBundle();

/** What a bundle of these files comes to in the database, and what was said of it. */
async function stored(
  content: Record<string, string | Uint8Array>,
): Promise<{ answers: Map<string, string>; loaded: Loaded[] }> {
  const folder = await files.folder(content);
  return rolledBack(database.db, async (trx) => {
    const loaded = await load(trx, [folder]);
    return { answers: await storedAnswers(trx), loaded };
  });
}

const withAnswers = (answers: string[][], one: CaseBundle = small) => bundleFiles({ ...one, answers });

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
    const { answers: found } = await stored(withAnswers(answers));
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
      const found = (await stored(withAnswers(answers))).answers;
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

const lineInCases = (one: string) => small.cases.findIndex(([name]) => name === one) + 1;

describe('wide answers', () => {
  test('give what the long ones give', async () => {
    const table = wide(small.answers);
    expect(table[0]).toHaveLength(1 + 63 + 53);
    expect((await stored(withAnswers(table))).answers).toEqual((await stored(bundleFiles(small))).answers);
  });

  test('may say na where a case is in the other sample', async () => {
    const table = wide(small.answers).map((row) => row.map((cell) => cell || 'n/a'));
    expect((await stored(withAnswers(table))).answers).toEqual((await stored(bundleFiles(small))).answers);
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

describe('tables of several programs', () => {
  const text = asCsv(small.answers);
  const quoted = small.answers.map((row) => row.map((cell) => `"${cell}"`));
  test.each<[name: string, answers: string | Uint8Array]>([
    ['semicolons', asCsv(small.answers, { delimiter: ';' })],
    ['tabs', asCsv(small.answers, { delimiter: '\t' })],
    ['CRLF', asCsv(small.answers, { lineEnd: '\r\n' })],
    ['a byte order mark', `\uFEFF${text}`],
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['quoted cells', asCsv(quoted)],
    ['no line end at the end', text.trimEnd()],
    ['empty columns behind', asCsv(small.answers.map((row) => [...row, '', '']))],
    ['blank lines and blank rows', `${text.replace('\n', '\n\n,,\n')}\n\n,,\n`],
    ['a totals row', `${text}Total,,229\n`],
    ['a totals row without a word', `${text},,229\n`],
  ])('%s', async (_, answers) => {
    const { answers: found, loaded } = await stored({ ...bundleFiles(small), 'answers.csv': answers });
    expect(found).toEqual((await stored(bundleFiles(small))).answers);
    expect(loaded[0]?.notices).toEqual([]);
  });

  test('a totals row below the cases is passed over, too', async () => {
    const { answers } = await stored({
      ...bundleFiles(small),
      'cases.csv': `${asCsv(small.cases)}Total,4,\n`,
    });
    expect(answers.size).toBe(232);
  });

  test('Windows-1252, which is said', async () => {
    const rename = (table: string[][]) =>
      asCsv(table.map(([first, ...rest]) => [first === 'C2' ? 'Zoë' : (first as string), ...rest]));
    // ë is one byte in Windows-1252: 0xEB
    const content = {
      'inspection.yaml': small.yaml,
      'cases.csv': Buffer.from(rename(small.cases), 'latin1'),
      'answers.csv': rename(small.answers),
    };
    const { answers, loaded } = await stored(content);
    expect([answers.get('Zoë 2.1.1'), answers.get('Zoë 2.1.2')]).toEqual(['yes', 'no']);
    expect(loaded[0]?.notices).toEqual([
      {
        file: expect.stringMatching(/cases\.csv$/),
        message: 'not UTF-8: read as Windows-1252. Save it as CSV UTF-8 if accents come out wrong',
      },
    ]);
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
        .select(['pseudonym', ...columns])
        .orderBy('pseudonym')
        .execute();
      return Object.fromEntries(found.map(({ pseudonym, ...rest }) => [pseudonym, Object.values(rest)]));
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
      O1: ['another gender', '18 and over', ...Array(4).fill('not known')],
      O2: Array(6).fill('not known'),
    });
  });

  test('may be some of those that there are; the others are not known', async () => {
    const found = await characteristics(['Looked after'], { C1: ['no'], C2: ['yes'], O1: ['y'] });
    const unknown = Array(5).fill('not known');
    expect(found).toEqual({
      C1: [...unknown, 'no'],
      C2: [...unknown, 'yes'],
      O1: [...unknown, 'yes'],
      O2: [...unknown, 'not known'],
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
        .select(['case_no', 'pseudonym', 'sample', 'disposal'])
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
    withAnswers(withCell(small.answers, lineOf(small.answers, 'C2', '2.1.3'), 'answer', 'no')),
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

describe('where a bundle lies', () => {
  test('its inspection file stands for the bundle: the tables beside it are read', async () => {
    const folder = await files.folder(bundleFiles(small));
    const loaded = await rolledBack(database.db, (trx) => load(trx, [`${folder}/inspection.yaml`]));
    expect(loaded).toMatchObject([{ answers: 232 }]);
  });

  test('its tables are found whatever the letter case of their names', async () => {
    const { 'cases.csv': cases, 'answers.csv': answers, ...rest } = bundleFiles(small);
    const { loaded } = await stored({
      ...rest,
      'Cases.csv': cases as string,
      'ANSWERS.CSV': answers as string,
    });
    expect(loaded).toMatchObject([{ answers: 232 }]);
  });

  test('several may lie in one folder, and JSON is YAML', async () => {
    const other = smallBundle({ day: '2019-06-10', yes222: 2 });
    const inside = (name: string, content: Record<string, string>) =>
      Object.entries(content).map(([file, text]) => [`${name}/${file}`, text]);
    const json = JSON.stringify({
      synthetic: true,
      service: 'Westminster Youth Offending Team',
      report: { fieldwork_from: '2019-06-10' },
      edition: '2018',
    });
    const { 'inspection.yaml': _, ...tables } = bundleFiles(other);
    const folder = await files.folder(
      Object.fromEntries([
        ...inside('a', bundleFiles(small)),
        ...inside('b', { 'inspection.json': json, ...tables }),
      ]),
    );
    await rolledBack(database.db, async (trx) => {
      expect(await load(trx, [folder])).toMatchObject([{ answers: 232 }, { answers: 232 }]);
      expect((await storedAnswers(trx)).get('C2 2.2.2')).toBe('no');
      const second = await storedAnswers(trx, { day: '2019-06-10' });
      expect(second.get('C2 2.2.2')).toBe('yes');
      // what no inspection file says of the samples is what the cases are
      const samples = await trx
        .selectFrom('core.inspection_sample')
        .innerJoin('core.inspection', 'core.inspection.inspection_id', 'core.inspection_sample.inspection_id')
        .select(['sample', 'cases'])
        .where('fieldwork_start', '=', '2019-06-10')
        .orderBy('sample')
        .execute();
      expect(samples).toEqual([
        { sample: 'court', cases: 2 },
        { sample: 'out of court', cases: 2 },
      ]);
    });
  });

  test('tables that are named take the place of those in the folder', async () => {
    const folder = await files.folder(bundleFiles(small));
    const other = await files.folder({ 'mine.csv': asCsv(smallBundle({ yes222: 2 }).answers) });
    const answers = await rolledBack(database.db, async (trx) => {
      await load(trx, [folder], { answers: `${other}/mine.csv` });
      return storedAnswers(trx);
    });
    expect(answers.get('C2 2.2.2')).toBe('yes');
  });
});
