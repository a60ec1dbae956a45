import { describe, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { formatProblem, UserError } from '../../src/problem.js';
import { contents, refused, testFolder } from '../support/bundles.js';
import {
  asCsv,
  bundleFiles,
  type CaseBundle,
  inFolder,
  lineOf,
  smallBundle,
  wide,
  withCell,
} from '../support/case-files.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { editionFiles, goodEdition } from '../support/editions.js';

const database = testDatabase();
const files = testFolder();
const small = smallBundle();
const { cases, answers } = small;

/** What is said of a bundle that is refused, a problem a line, with files by their names. */
async function said(content: Record<string, string | Uint8Array>): Promise<string[]> {
  const folder = await files.folder(content);
  const { message, problems } = await refused(database.db, [folder]);
  const count = `${problems.length} problem${problems.length === 1 ? '' : 's'}`;
  expect(message).toBe(`${folder}: ${count}; nothing was loaded.`);
  return problems.map((problem) => inFolder(folder, formatProblem(problem)));
}

const bundle = (part: Partial<CaseBundle>) => bundleFiles({ ...small, ...part });
/** The small bundle with one answer of the long table changed. */
const answer = (one: string, code: string, to: string) => {
  const line = lineOf(answers, one, code);
  return { line, content: bundle({ answers: withCell(answers, line, 'answer', to) }) };
};
const without = (...gone: [one: string, code: string][]) =>
  answers.filter(([one, code]) => !gone.some(([inCase, question]) => inCase === one && question === code));
const lineInCases = (one: string) => cases.findIndex(([name]) => name === one) + 1;
/** Court cases come first, so that a line of the small answers is one of a court case's. */
const last = answers.length;

const of21 =
  '2.1.1, 2.1.1.a, 2.1.1.b, 2.1.1.c, 2.1.1.d, 2.1.1.e, 2.1.1.f, 2.1.1.g, 2.1.2, 2.1.2.a, 2.1.2.b, 2.1.2.c, 2.1.3, 2.1.3.a, 2.1.3.b, 2.1.3.c';

describe('a long table', () => {
  test.each<[name: string, to: string, message: string]>([
    ['a word that is near one', 'yess', 'answer "yess" (did you mean "yes"?): allowed are yes, no, na'],
    ['a word that is near none', 'perhaps', 'answer "perhaps": allowed are yes, no, na'],
    ['a number, near which is nothing', '1', 'answer "1": allowed are yes, no, na'],
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
      'question 1.1.1 belongs to standard 1.1, which is judged, not answered for cases',
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
      'answers.csv:1: column "case" is missing: the long form has case, question, answer',
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
      `answers.csv:2:${field('2.1.2')}: answer "nno" (did you mean "no"?): allowed are yes, no, na`,
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

  test('without a column of cases', async () => {
    const [[, ...codes], ...rows] = table as [string[], ...string[][]];
    const heading = ['pseudonym', ...codes];
    expect(await said(bundle({ answers: [heading, ...rows] }))).toEqual([
      'answers.csv:1: column "case" is missing: the columns have to be case, question and answer, or case and a column for each question code',
    ]);
  });
});

describe('cases', () => {
  const changedCase = (one: string, heading: string, to: string) =>
    bundle({ cases: withCell(cases, lineInCases(one), heading, to) });

  test('that are in two domains', async () => {
    const rows = [...cases, ['C1', 'out of court', 'youth_caution']];
    expect(await said(bundle({ cases: rows }))).toEqual([
      'cases.csv:6:1: case "C1" is in two samples: court (line 2) and out of court',
    ]);
  });

  test('that are listed twice', async () => {
    expect(await said(bundle({ cases: [...cases, ['C1', 'court', 'referral_order']] }))).toEqual([
      'cases.csv:6:1: case "C1" is there already, in line 2',
    ]);
  });

  test('of a sample or disposal that there is not; no answer of theirs is told to be missing', async () => {
    const problems = await said(changedCase('O1', 'disposal', 'youth_conditional_cautions'));
    expect(problems).toEqual([
      'cases.csv:4:3: disposal "youth_conditional_cautions" is none of the out of court sample (did you mean "youth_conditional_caution"?): allowed are community_resolution, other, triage, youth_caution, youth_conditional_caution',
    ]);
    expect(await said(changedCase('O2', 'sample', 'out of cort'))).toEqual([
      'cases.csv:5:2: sample "out of cort" is not in edition 2018 (did you mean "out of court"?): allowed are court, out of court',
    ]);
  });

  test('of a misspelt disposal, without answers to what only some disposals are asked', async () => {
    expect(await said(changedCase('O2', 'disposal', 'caution'))).toEqual([
      'cases.csv:5:3: disposal "caution" is none of the out of court sample: allowed are community_resolution, other, triage, youth_caution, youth_conditional_caution',
    ]);
  });

  test('with a disposal of the other sample, or none', async () => {
    const rows = withCell(withCell(cases, 2, 'disposal', 'youth_caution'), 3, 'disposal', '');
    expect(await said(bundle({ cases: rows }))).toEqual([
      'cases.csv:2:3: disposal "youth_caution" is none of the court sample: allowed are community_sentence, custodial_sentence, other, referral_order, youth_rehabilitation_order',
      'cases.csv:3:3: disposal (empty) is none of the court sample: allowed are community_sentence, custodial_sentence, other, referral_order, youth_rehabilitation_order',
    ]);
  });

  test('without a pseudonym, or a very long one', async () => {
    const long = 'x'.repeat(101);
    const problems = await said(
      bundle({ cases: [...cases, ['', 'court', 'other'], [long, 'court', 'other']] }),
    );
    expect(problems).toContain('cases.csv:6:1: case is empty: every row needs the pseudonym of a case');
    expect(problems).toContain('cases.csv:7:1: the pseudonym is longer than 100 characters');
  });

  test('with a characteristic that has no such value', async () => {
    const rows = cases.map((row, at) => [...row, ['gender', 'femal', 'male', '', 'x'][at] as string]);
    expect(await said(bundle({ cases: rows }))).toEqual([
      'cases.csv:2:4: gender "femal" is no coded value (did you mean "female"?): allowed are female, male, another gender, not known',
      'cases.csv:5:4: gender "x" is no coded value: allowed are female, male, another gender, not known',
    ]);
  });

  test('with a characteristic that is none', async () => {
    const rows = cases.map((row, at) => [
      ...row,
      at === 0 ? 'shoe_size' : '38',
      at === 0 ? 'Age Bands' : '15 to 17',
    ]);
    const allowed =
      'case, sample, disposal, gender, age_band, ethnicity, risk_of_serious_harm, safety_and_wellbeing, looked_after';
    expect(await said(bundle({ cases: rows }))).toEqual([
      `cases.csv:1:4: unknown column "shoe_size": allowed are ${allowed}`,
      `cases.csv:1:5: unknown column "Age Bands" (did you mean "age_band"?): allowed are ${allowed}`,
    ]);
  });

  test('without a column that is needed', async () => {
    const rows = cases.map(([one, sample]) => [one, sample] as string[]);
    expect(await said(bundle({ cases: rows }))).toEqual([
      'cases.csv:1: column "disposal" is missing: needed are case, sample, disposal',
    ]);
  });

  test('of which there are none', async () => {
    const { yaml } = small;
    const bare = yaml.slice(0, yaml.indexOf('sample:'));
    const content = { yaml: bare, cases: cases.slice(0, 1), answers: answers.slice(0, 1) };
    expect(await said(bundle(content))).toEqual(['cases.csv:1: no case is listed below the heading']);
  });

  test('of which there are too many', async () => {
    const many = Array.from({ length: 32_001 }, (_, at) => [`K${at}`, 'court', 'other']);
    const problems = await said(bundle({ cases: [cases[0] as string[], ...many] }));
    expect(problems).toContain('cases.csv:1: 32001 cases: an inspection may have up to 32000');
  });

  test('with a totals row in the middle', async () => {
    const rows = [...cases.slice(0, 3), ['Total', '2', ''], ...cases.slice(3)];
    expect(await said(bundle({ cases: rows }))).toEqual([
      'cases.csv:4:1: a totals row has to be the last one',
    ]);
  });
});

describe('cases that are not what inspection.yaml says', () => {
  const yaml = (from: string, to: string) => {
    expect(small.yaml.split(from)).toHaveLength(2);
    return bundle({ yaml: small.yaml.replace(from, to) });
  };
  const court = 'inspection.yaml:6:21: court_disposals: ';

  test('their number', async () => {
    expect(await said(yaml('cases: 2, referral', 'cases: 3, referral'))).toEqual([
      `${court}cases is 3, but cases.csv lists 2 of this sample`,
    ]);
  });

  test('their disposals: more of one, and fewer', async () => {
    expect(await said(yaml('referral_order: 1', 'referral_order: 0'))).toEqual([
      'inspection.yaml:6:31: court_disposals: referral_order is 0, but cases.csv lists 1',
    ]);
    expect(await said(yaml('youth_caution: 1', 'triage: 1'))).toEqual([
      'inspection.yaml:7:68: out_of_court_disposals: triage is 1, but cases.csv lists 0',
    ]);
  });

  test('a case that is listed by the coarser type of its disposal may be of any part of it', async () => {
    const rows = withCell(cases, 2, 'disposal', 'community sentence');
    const folder = await files.folder(bundle({ cases: rows }));
    await rolledBack(database.db, async (trx) => {
      expect(await load(trx, [folder])).toMatchObject([{ outcome: 'loaded' }]);
    });
    const other = withCell(cases, 2, 'disposal', 'other');
    expect(await said(bundle({ cases: other }))).toEqual([
      'inspection.yaml:6:31: court_disposals: referral_order is 1, but cases.csv lists 0',
    ]);
  });
});

describe('files', () => {
  test.each([
    ['cases.csv', 'answers.csv'],
    ['answers.csv', 'cases.csv'],
  ])('%s without %s', async (there, missing) => {
    const { [missing]: _, ...content } = bundleFiles(small);
    const folder = await files.folder(content);
    const { message, problems } = await refused(database.db, [folder]);
    expect(message).toBe(`${folder}: there is ${there} without ${missing}: both are needed, or neither.`);
    expect(problems).toEqual([]);
  });

  test('that break off in a quote: what is wrong in the others is said with it', async () => {
    const problems = await said({
      ...bundle({ yaml: small.yaml.replace('"2018"\n', '"2018"\noverall: {score: 37, out_of: 36}\n') }),
      'cases.csv': `${asCsv(cases)}"C3,court,other\n`,
    });
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^inspection\.yaml:5:/);
    expect(problems[1]).toBe('cases.csv:6: a quote opens a cell here and is never closed');
  });

  test('that break off in a quote: the rows before it are looked at as well', async () => {
    expect(
      await said({
        ...bundle({ cases: withCell(cases, 3, 'sample', 'curt') }),
        'cases.csv': `${asCsv(withCell(cases, 3, 'sample', 'curt'))}"C9,court,other\nC10,court,other\n`,
      }),
    ).toEqual([
      expect.stringMatching(/^cases\.csv:3:2: sample "curt"/),
      'cases.csv:6: a quote opens a cell here and is never closed',
    ]);
    const rows = withCell(withCell(answers, 2, 'answer', 'perhaps'), 4, 'question', '9.9.9');
    const quote = rows.with(5, ['C1', '2.1.1', '"yes" or no']);
    expect(await said({ ...bundle({}), 'answers.csv': asCsv(quote) })).toEqual([
      'answers.csv:2:3: answer "perhaps": allowed are yes, no, na',
      expect.stringMatching(/^answers\.csv:4:2: question 9\.9\.9 is not/),
      expect.stringMatching(/^answers\.csv:6: a quote opens a cell here, and what follows/),
    ]);
  });

  test('of which each has something wrong: all is said at once', async () => {
    const content = bundleFiles({
      yaml: small.yaml.replace('"2018"\n', '"2018"\noverall: {score: 37, out_of: 36}\n'),
      cases: withCell(cases, 5, 'disposal', 'youth_cautoin'),
      answers: withCell(answers, 3, 'answer', 'maybe'),
    });
    const where = (await said(content)).map((line) => line.split(':')[0]);
    expect(where).toEqual(['inspection.yaml', 'cases.csv', 'answers.csv']);
  });

  test('with many problems: all are told, in the order of the lines', async () => {
    const rows = answers.map((row, at) => (at > 0 && at <= 120 ? row.with(2, 'maybe') : row));
    const problems = await said(bundle({ answers: rows }));
    expect(problems).toEqual(
      Array.from(
        { length: 120 },
        (_, at) => `answers.csv:${at + 2}:3: answer "maybe": allowed are yes, no, na`,
      ),
    );
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
