import { describe, expect, test } from 'vitest';
import { load } from '../../../src/import/load.js';
import { formatProblem, UserError } from '../../../src/problem.js';
import { contents, testFolder } from '../../support/bundles.js';
import { inFolder, lineOf, wide, withCell } from '../../support/case-files.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { editionFiles, goodEdition } from '../../support/editions.js';
import { bundle, refusing, small } from './small.js';

const database = testDatabase();
const files = testFolder();
const said = refusing(database, files);
const { answers } = small;

/** The small bundle with one answer of the long table changed. */
const answer = (one: string, code: string, to: string) => {
  const line = lineOf(answers, one, code);
  return { line, content: bundle({ answers: withCell(answers, line, 'answer', to) }) };
};
const without = (...gone: [one: string, code: string][]) =>
  answers.filter(([one, code]) => !gone.some(([inCase, question]) => inCase === one && question === code));
/** Court cases come first, so that a line of the small answers is one of a court case's. */
const last = answers.length;

const of21 =
  '2.1.1, 2.1.1.a, 2.1.1.b, 2.1.1.c, 2.1.1.d, 2.1.1.e, 2.1.1.f, 2.1.1.g, 2.1.2, 2.1.2.a, 2.1.2.b, 2.1.2.c, 2.1.3, 2.1.3.a, 2.1.3.b, 2.1.3.c';

describe('a long table', () => {
  test.each<[name: string, to: string, message: string]>([
    [
      'a word that is near one',
      'yess',
      'answer "yess" (did you mean "yes"?): allowed are yes, no, na (or n/a, not applicable)',
    ],
    [
      'a word that is near none',
      'perhaps',
      'answer "perhaps": allowed are yes, no, na (or n/a, not applicable)',
    ],
    ['a number, near which is nothing', '1', 'answer "1": allowed are yes, no, na (or n/a, not applicable)'],
    [
      'nothing',
      '',
      'the answer of case "C1" to 2.1.2 is empty: allowed are yes, no, na (na where the question does not apply)',
    ],
  ])('with %s for an answer', async (_, to, message) => {
    const { line, content } = answer('C1', '2.1.2', to);
    expect(await said(content)).toEqual([`answers.csv:${line}:3: ${message}`]);
  });

  test.each<[name: string, code: string, message: string]>([
    [
      'a question that there is not',
      '2.1.33',
      `question 2.1.33 is not in edition 2018 (did you mean "2.1.3"?): ${of21}`,
    ],
    [
      'a question of a standard that is judged',
      '1.1.1',
      'question 1.1.1 of standard 1.1 is judged, not answered for cases',
    ],
    ['no question', '', 'question is empty: every row needs the code of a question'],
  ])('with %s', async (_, code, message) => {
    const row = ['C1', code, 'yes'];
    expect(await said(bundle({ answers: [...answers, row] }))).toEqual([
      `answers.csv:${last + 1}:2: ${message}`,
    ]);
  });

  test('with codes of which a spreadsheet made dates', async () => {
    const codes = ['02/01/2001', '2001-01-02', '2.1.2001', '2-Jan-01'];
    const problems = await said(
      bundle({ answers: [...answers, ...codes.map((code) => ['C1', code, 'no'])] }),
    );
    expect(problems).toHaveLength(4);
    for (const [at, code] of codes.entries()) {
      expect(problems[at]).toContain(
        `answers.csv:${last + 1 + at}:2: question ${code} is not in edition 2018`,
      );
      expect(problems[at]).toMatch(
        /; a spreadsheet seems to have made a date of it: format the column as text$/,
      );
    }
  });

  test.each<[name: string, one: string, message: string]>([
    ['a case that is not listed', 'C9', 'case "C9" is not in cases.csv (did you mean "C1"?)'],
    ['a case that is like none', 'Alexandra', 'case "Alexandra" is not in cases.csv'],
    ['no case', '', 'case is empty: every row needs the pseudonym of a case'],
  ])('with %s', async (_, one, message) => {
    const rows = [...answers.slice(0, 5), [one, '2.1.1', 'yes'], ...answers.slice(5)];
    expect(await said(bundle({ answers: rows }))).toEqual([`answers.csv:6:1: ${message}`]);
  });

  test('with a question of the other domain', async () => {
    expect(await said(bundle({ answers: [...answers, ['C2', '3.1.1', 'na']] }))).toEqual([
      `answers.csv:${last + 1}:3: question 3.1.1 is asked of out of court cases, and case "C2" is in the court sample (cases.csv, line 3)`,
    ]);
  });

  test('with an answer twice, be it the same', async () => {
    const line = lineOf(answers, 'C1', '2.1.2');
    expect(await said(bundle({ answers: [...answers, ['C1', '2.1.2', 'yes']] }))).toEqual([
      `answers.csv:${last + 1}:3: case "C1" has an answer to 2.1.2 already, in line ${line}: leave one`,
    ]);
  });

  test('with an answer to what is not asked of the disposal', async () => {
    expect(await said(bundle({ answers: [...answers, ['O2', '3.4.2.a', 'no']] }))).toEqual([
      `answers.csv:${last + 1}:3: question 3.4.2.a is asked only of youth_conditional_caution, and case "O2" is youth_caution: leave the answer out, or put na`,
    ]);
  });

  test('without some of the answers of a case', async () => {
    const rows = without(['C1', '2.1.2'], ['C1', '2.4.3.d'], ['O1', '3.4.2']);
    expect(await said(bundle({ answers: rows }))).toEqual([
      'cases.csv:2:1: case "C1" has no answer to 2.1.2, 2.4.3.d in answers.csv',
      'cases.csv:4:1: case "O1" has no answer to 3.4.2 in answers.csv',
    ]);
  });

  test('without any answer of a case, asked or not asked', async () => {
    const rows = answers.filter(([one]) => one !== 'C2' && one !== 'O2');
    expect(await said(bundle({ answers: rows }))).toEqual([
      'cases.csv:3:1: case "C2" has no answer in answers.csv',
      'cases.csv:5:1: case "O2" has no answer in answers.csv',
    ]);
  });

  test('without many', async () => {
    const rows = answers.filter(([one, code]) => one !== 'C1' || !code?.startsWith('2.1'));
    expect(await said(bundle({ answers: rows }))).toEqual([
      'cases.csv:2:1: case "C1" has no answer to 2.1.1, 2.1.1.a, 2.1.1.b, 2.1.1.c, 2.1.1.d, 2.1.1.e, 2.1.1.f, 2.1.1.g, … (16) in answers.csv',
    ]);
  });

  test('with a totals row in the middle', async () => {
    const rows = [...answers.slice(0, 9), ['Total', '', '9'], ...answers.slice(9)];
    expect(await said(bundle({ answers: rows }))).toEqual([
      'answers.csv:10:1: a totals row has to be the last one',
    ]);
  });

  test('with a heading of its own', async () => {
    const [, ...rows] = answers;
    expect(await said(bundle({ answers: [['cases', 'question', 'answer'], ...rows] }))).toEqual([
      'answers.csv:1:1: unknown column "cases" (did you mean "case"?): the long form has case, question, answer',
      'answers.csv:1: column "case" is missing: the long form has case, question, answer; found are cases, question, answer',
    ]);
  });

  test('whose headings are others: one line, with those that were found', async () => {
    const [, ...rows] = answers;
    expect(await said(bundle({ answers: [['Case', 'Question code', 'Response'], ...rows] }))).toEqual([
      'answers.csv:1: columns "question" and "answer" are missing: the long form has case, question, answer; found are Case, Question code, Response',
    ]);
  });

  test('with a column more', async () => {
    const rows = answers.map((row, at) => [...row, at === 0 ? 'remark' : 'x']);
    expect(await said(bundle({ answers: rows }))).toEqual([
      'answers.csv:1:4: unknown column "remark": the long form has case, question, answer',
    ]);
  });
});

describe('a wide table', () => {
  const table = wide(answers);
  /** The field of a question's column, from 1. */
  const field = (code: string) => (table[0]?.indexOf(code) ?? -1) + 1;

  test('with a wrong and an empty answer', async () => {
    const rows = withCell(withCell(table, 2, '2.1.2', 'nno'), 5, '3.4.1', '');
    expect(await said(bundle({ answers: rows }))).toEqual([
      `answers.csv:2:${field('2.1.2')}: answer "nno" (did you mean "no"?): allowed are yes, no, na (or n/a, not applicable)`,
      `answers.csv:5:${field('3.4.1')}: the answer of case "O2" to 3.4.1 is empty: allowed are yes, no, na (na where the question does not apply)`,
    ]);
  });

  test('with an answer in a column of the other domain, and one to what is not asked', async () => {
    const rows = withCell(withCell(table, 2, '3.1.1', 'yes'), 5, '3.4.2', 'yes');
    expect(await said(bundle({ answers: rows }))).toEqual([
      `answers.csv:2:${field('3.1.1')}: question 3.1.1 is asked of out of court cases, and case "C1" is in the court sample (cases.csv, line 2)`,
      `answers.csv:5:${field('3.4.2')}: question 3.4.2 is asked only of youth_conditional_caution, and case "O2" is youth_caution: leave the answer out, or put na`,
    ]);
  });

  test('with a wrong code for a column: no case is told to miss it', async () => {
    const heading = table[0]?.map((code) => (code === '2.1.3.c' ? '2.1.3.cc' : code)) as string[];
    expect(await said(bundle({ answers: [heading, ...table.slice(1)] }))).toEqual([
      `answers.csv:1:${field('2.1.3.c')}: question 2.1.3.cc is not in edition 2018 (did you mean "2.1.3.c"?): ${of21}`,
      'answers.csv:1: the column of question 2.1.3.c is missing: it is asked of the court cases',
    ]);
  });

  test('with a case twice, one that is not listed, and one without a row', async () => {
    const [heading, c1, , o1, o2] = table as [string[], string[], string[], string[], string[]];
    const rows = [heading, c1, c1, ['D1', ...c1.slice(1)], o1, o2];
    expect(await said(bundle({ answers: rows }))).toEqual([
      'answers.csv:3:1: case "C1" has a row already, line 2: leave one',
      'answers.csv:4:1: case "D1" is not in cases.csv (did you mean "C1"?)',
      'cases.csv:3:1: case "C2" has no answer in answers.csv',
    ]);
  });

  test('that is turned round: one line', async () => {
    const turned = (table[0] as string[]).map((_, at) => table.map((row) => row[at] as string));
    const [, ...rows] = turned;
    expect(await said(bundle({ answers: [['question', 'C1', 'C2', 'O1', 'O2'], ...rows] }))).toEqual([
      'answers.csv:1: the table is turned round: it has a row a question and a column a case, and has to have a row a case; found are question, C1, C2, O1, O2',
    ]);
  });

  test('whose headings have the words after the code is read by the codes, and that is said once', async () => {
    const heading = (table[0] as string[]).map((code) =>
      code === 'case' ? code : `${code} Does assessment say so?`,
    );
    const folder = await files.folder(bundle({ answers: [heading, ...table.slice(1)] }));
    const [loaded] = await rolledBack(database.db, (trx) => load(trx, [folder]));
    expect(loaded?.notices.map(({ message }) => message)).toEqual([
      'a code with words after it is read as the code: "2.1.1 Does assessment say so?" is 2.1.1',
    ]);
  });

  test('whose letters have lost their full stop: the prompt is meant, not its key question', async () => {
    const heading = (table[0] as string[]).map((code) => (code === '2.1.1.a' ? '2.1.1a' : code));
    const [first] = await said(bundle({ answers: [heading, ...table.slice(1)] }));
    expect(first).toMatch(/question 2\.1\.1a is not in edition 2018 \(did you mean "2\.1\.1\.a"\?\)/);
  });

  test('of which a spreadsheet has made dates and short numbers', async () => {
    const rows = table.map((row, at) =>
      at === 1 ? ['03-Jan', ...row.slice(1)] : at === 2 ? ['1.23E+11', ...row.slice(1)] : row,
    );
    const lines = await said(bundle({ answers: rows }));
    expect(lines[0]).toMatch(
      /case "03-Jan" is not in cases\.csv; a spreadsheet seems to have made a date of it: format/,
    );
    expect(lines[1]).toMatch(
      /case "1\.23E\+11" is not in cases\.csv; a spreadsheet seems to have cut a long number short: format/,
    );
  });

  test('without a column of cases', async () => {
    const [[, ...codes], ...rows] = table as [string[], ...string[][]];
    const heading = ['pseudonym', ...codes];
    expect(await said(bundle({ answers: [heading, ...rows] }))).toEqual([
      expect.stringMatching(
        /^answers\.csv:1: column "case" is missing: the columns have to be case, question and answer, or case and a column for each question code; found are pseudonym, 2\.1\.1, .*… \(\d+\)$/,
      ),
    ]);
  });
});

test('a question that was not asked at the time is refused, and its answers need not be there before or after', async () => {
  // B.2.1 is asked until 2021
  const edition = await files.folder(editionFiles(goodEdition));
  const content = (day: string, rows: string) => ({
    'inspection.yaml': `synthetic: true
service: Westminster Youth Offending Team
report: {fieldwork_from: "${day}"}
edition: Invented 1
`,
    'cases.csv': 'case,sample,disposal\nK1,court,other\n',
    'answers.csv': `case,question,answer\nK1,B.1.1,yes\nK1,B.1.1.a,yes\nK1,B.1.1.b,yes\n${rows}`,
  });
  await rolledBack(database.db, async (trx) => {
    const before = await files.folder(content('2020-12-31', 'K1,B.2.1,no\n'));
    const after = await files.folder(content('2021-01-01', ''));
    expect(await load(trx, [edition, before, after])).toMatchObject([{}, { answers: 5 }, { answers: 4 }]);
    const state = await contents(trx);
    const wrong = await files.folder(content('2021-01-02', 'K1,B.2.1,no\n'));
    const error = await load(trx, [wrong]).catch((reason: unknown) => reason);
    if (!(error instanceof UserError)) throw error;
    expect(error.problems.map((problem) => inFolder(wrong, formatProblem(problem)))).toEqual([
      'answers.csv:5:2: question B.2.1 was not asked in fieldwork of 2021-01-02',
    ]);
    const early = await files.folder(content('2020-12-30', ''));
    await expect(load(trx, [early])).rejects.toMatchObject({
      problems: [{ line: 2, column: 1, message: `case "K1" has no answer to B.2.1 in ${early}/answers.csv` }],
    });
    expect(await contents(trx)).toEqual(state);
  });
});
