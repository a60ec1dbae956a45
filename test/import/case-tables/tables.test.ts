import { beforeAll, describe, expect, test } from 'vitest';
import { load } from '../../../src/import/load.js';
import { valuesOf } from '../../support/asked.js';
import { refused, testFolder } from '../../support/bundles.js';
import { asCsv, wide, withCell } from '../../support/case-files.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { bundle, small, storing } from './small.js';

// What tables of cases and answers come to in the database: the small bundle, written in other ways.

const database = testDatabase();
const files = testFolder();
const stored = storing(database, files);
const { cases, answers } = small;
const [heading = [], ...rows] = answers;
const text = asCsv(answers);
const of342 = ['3.4.2', '3.4.2.a', '3.4.2.b'];
const renamed = (table: string[][], from: string, to: string) =>
  asCsv(table).replaceAll(`${from},`, `${to},`);

let plain: Map<string, string>;
beforeAll(async () => {
  ({ answers: plain } = await stored(bundle({})));
});

test('answers end in the database as they are in the file', async () => {
  // 63 questions are asked of court cases, 53 of out-of-court cases; two cases each
  expect(plain.size).toBe(2 * 63 + 2 * 53);
  const some = 'C1 2.1.2, C2 2.1.2, C1 2.1.3, C2 2.1.3, C2 2.2.2, O2 3.4.1, O1 3.4.2'.split(', ');
  const said = ['yes', 'no', 'yes', 'not applicable', 'no', 'yes', 'yes'];
  expect(some.map((key) => plain.get(key))).toEqual(said);
  // The row of a question that is not asked of a case's disposal was left out.
  expect(answers.some(([one, code]) => one === 'O2' && code === '3.4.2')).toBe(false);
  expect(of342.map((code) => plain.get(`O2 ${code}`))).toEqual(of342.map(() => 'not applicable'));
});

const otherCases = [cases[0] as string[], ...cases.slice(1).reverse()].map((row) => row.toReversed());
const wideTable = wide(answers);
const withWords = wideTable.map((row, at) =>
  at === 0 ? row.map((code) => (code === 'case' ? code : `${code} Is it so?`)) : row,
);
/** Each answer in one of the ways to write it. */
const ways: Record<string, string[]> = {
  yes: ['YES', 'y', 'Y\u00ad'],
  no: ['No', 'N'],
  na: ['n/a', 'Not\u00a0applicable'],
};
const written = text
  .replaceAll('C1,', 'c1\u200b,')
  .replaceAll(
    /,(yes|no|na)$/gm,
    (_, answer: string, at: number) => `,${ways[answer]?.[at % (ways[answer] ?? []).length]}`,
  );

test.each<[name: string, content: Record<string, string | Uint8Array>, says?: RegExp]>([
  ['semicolons', { 'answers.csv': asCsv(answers, { delimiter: ';' }) }],
  ['a byte order mark', { 'answers.csv': `\uFEFF${text}` }],
  ['blank lines and blank rows', { 'answers.csv': `${text.replace('\n', '\n\n,,\n')}\n\n,,\n` }],
  ['a totals row', { 'answers.csv': `${text}Total,,229\n` }],
  ['another order', bundle({ answers: [heading, ...rows.toReversed()].map((row) => row.toReversed()) })],
  ['another order of cases: court cases are numbered first all the same', bundle({ cases: otherCases })],
  ['na for what is not asked', bundle({ answers: [...answers, ...of342.map((code) => ['O2', code, 'na'])] })],
  ['a wide table', bundle({ answers: wideTable })],
  [
    'a wide table with na for the other sample',
    bundle({ answers: wideTable.map((row) => row.map((cell) => cell || 'n/a')) }),
  ],
  ['other words, blanks of any kind, letter case, and what can’t be seen', { 'answers.csv': written }],
  [
    'headings with words after the code, which is said once',
    bundle({ answers: withWords }),
    /^a code with words after it is read as the code: "2\.1\.1 Is it so\?" is 2\.1\.1$/,
  ],
])('%s', async (_, content, says) => {
  const { answers: found, said } = await stored({ ...bundle({}), ...content });
  expect(found).toEqual(plain);
  expect(said).toEqual(says ? [expect.stringMatching(says)] : []);
});

describe('cases', () => {
  const storedCases = async (table: string[][]) => {
    const folder = await files.folder(bundle({ cases: table }));
    return rolledBack(database.db, async (trx) => {
      await load(trx, [folder]);
      return valuesOf(
        trx,
        'select case_no, pseudonym, sample, kind, attributes from core.inspected_case join core.sample using (sample_id) order by case_no',
      );
    });
  };

  test('have coded characteristics, however they are written; a blank one is not known', async () => {
    const columns = 'gender age_band Ethnicity risk_of_serious_harm safety_and_wellbeing'.split(' ');
    const found = await storedCases([
      [...(cases[0] as string[]), ...columns, 'Looked after'],
      ['C1', 'court', 'REFERRAL-ORDER', 'female', '10 to 14', 'Asian', 'low', 'very high', 'yes'],
      ['C2', 'court', 'custodial_sentence', 'M', '15-17', 'white', 'VERY HIGH', 'Medium', 'N'],
      [
        'O1',
        'Out-of-court',
        'Youth conditional caution',
        'Another gender',
        '18+',
        'not known',
        'unknown',
        '',
        '',
      ],
      ['O2', 'out of court', 'youth_caution', '', '', '', '', '', ''],
    ]);
    const [one, two] = [
      ['female', '10 to 14', 'Asian', 'low', 'very high', 'yes'],
      ['male', '15 to 17', 'White', 'very high', 'medium', 'no'],
    ].map((values) =>
      Object.fromEntries([...columns, 'looked_after'].map((name, at) => [name.toLowerCase(), values[at]])),
    );
    const kind = 'youth_conditional_caution';
    expect(found).toEqual([
      [1, 'C1', 'court', 'referral_order', one],
      [2, 'C2', 'court', 'custodial_sentence', two],
      [3, 'O1', 'out of court', kind, { gender: 'another gender', age_band: '18 and over' }],
      [4, 'O2', 'out of court', 'youth_caution', {}],
    ]);
  });

  test.each([
    [
      'a spreadsheet seems to have made, which is said',
      '03-Jan',
      /^case "03-Jan" is taken as it stands; a spreadsheet seems to have made/,
    ],
    ['is called as a row of totals is', 'Sum', undefined],
    ['has an accent, in Windows-1252, which is said', 'Zoë', /^not UTF-8: read as Windows-1252/],
  ])('one whose name %s', async (_, name, says) => {
    const { loaded, said } = await stored({
      ...bundle({}),
      'cases.csv': Buffer.from(renamed(cases, 'C1', name), 'latin1'),
      'answers.csv': renamed(answers, 'C1', name.normalize('NFD')),
    });
    expect(loaded).toMatchObject([{ answers: 232 }]);
    expect(said).toEqual(says ? [expect.stringMatching(says)] : []);
  });
});

test('what is wrong in the rows before a quote in which a file breaks off is said at once', async () => {
  const wrong = withCell(cases, 3, 'sample', 'curt');
  const broken = `${asCsv(wrong)}"C9,court,other\nC10,court,other\n`;
  const { problems } = await refused(database.db, [
    await files.folder({ ...bundle({}), 'cases.csv': broken }),
  ]);
  expect(problems).toMatchObject([
    { line: 3, message: expect.stringMatching(/^sample "curt"/) },
    { line: 6, message: 'a quote opens a cell here and is never closed' },
  ]);
});
