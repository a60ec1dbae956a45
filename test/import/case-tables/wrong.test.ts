import { beforeAll, describe, expect, test } from 'vitest';
import { load } from '../../../src/import/load.js';
import { formatProblem, type Problem } from '../../../src/problem.js';
import { refused, testFolder } from '../../support/bundles.js';
import { type CaseBundle, inFolder, lineOf, wide, withCell } from '../../support/case-files.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { editionFiles, goodEdition } from '../../support/editions.js';
import { bundle, lineInCases, small } from './small.js';

// What can be wrong with cases.csv and answers.csv: the small bundle with some of it changed, and all that is said of it.

const database = testDatabase();
const files = testFolder();
const { cases, answers, yaml } = small;

type Wrong = [name: string, part: Partial<CaseBundle>, says: (string | RegExp)[]];

/** A test for each; all are loaded in one call, which is refused. */
function refuses(wrongs: Wrong[]): void {
  const folders: string[] = [];
  let problems: Problem[] = [];
  beforeAll(async () => {
    for (const [, part] of wrongs) folders.push(await files.folder(bundle(part)));
    ({ problems } = await refused(database.db, folders));
  });
  test.each(wrongs.map(([name, , says], at) => ({ name, says, at })))('$name', ({ says, at }) => {
    const folder = folders[at] as string;
    const told = problems
      .filter(({ file }) => file.startsWith(`${folder}/`))
      .map((problem) => inFolder(folder, formatProblem(problem)));
    expect(told).toEqual(says.map((line) => (typeof line === 'string' ? line : expect.stringMatching(line))));
  });
}

const words = 'allowed are yes, no, na (or n/a, not applicable)';
const of21 =
  '2.1.1, 2.1.1.a, 2.1.1.b, 2.1.1.c, 2.1.1.d, 2.1.1.e, 2.1.1.f, 2.1.1.g, 2.1.2, 2.1.2.a, 2.1.2.b, 2.1.2.c, 2.1.3, 2.1.3.a, 2.1.3.b, 2.1.3.c';
const isDate = 'a spreadsheet seems to have made a date of it: format the column as text';

describe('a long table of answers', () => {
  const line = lineOf(answers, 'C1', '2.1.2');
  const saying = (word: string) => ({ answers: withCell(answers, line, 'answer', word) });
  /** With rows more, of which the first is on the line after the last one. */
  const more = (...rows: string[][]) => ({ answers: [...answers, ...rows] });
  const at = (field: number, nth = 1) => `answers.csv:${answers.length + nth}:${field}:`;
  const without = (isGone: (one: string, code: string) => boolean) => ({
    answers: answers.filter(([one = '', code = '']) => !isGone(one, code)),
  });
  const headed = (...heading: string[]) => ({ answers: [heading, ...answers.slice(1)] });

  refuses([
    [
      'a word that is near one',
      saying('yess'),
      [`answers.csv:${line}:3: answer "yess" (did you mean "yes"?): ${words}`],
    ],
    ['a number, near which is nothing', saying('1'), [`answers.csv:${line}:3: answer "1": ${words}`]],
    [
      'nothing',
      saying(''),
      [
        `answers.csv:${line}:3: the answer of case "C1" to 2.1.2 is empty: allowed are yes, no, na (na where the question does not apply)`,
      ],
    ],
    [
      'a question that there is not, one that is judged, none, and one of which a spreadsheet made a date',
      more(['C1', '2.1.33', 'yes'], ['C1', '1.1.1', 'yes'], ['C1', '', 'yes'], ['C1', '2-Jan-01', 'no']),
      [
        `${at(2)} question 2.1.33 is not in edition 2018 (did you mean "2.1.3"?): ${of21}`,
        `${at(2, 2)} question 1.1.1 of standard 1.1 is judged, not answered for cases`,
        `${at(2, 3)} question is empty: every row needs the code of a question`,
        new RegExp(`^${at(2, 4)} question 2-Jan-01 is not in edition 2018.*; ${isDate}$`),
      ],
    ],
    [
      'a case that is not listed, and none',
      more(['C9', '2.1.1', 'yes'], ['', '2.1.1', 'yes']),
      [
        `${at(1)} case "C9" is not in cases.csv (did you mean "C1"?)`,
        `${at(1, 2)} case is empty: every row needs the pseudonym of a case`,
      ],
    ],
    [
      'a question of the other domain, an answer twice, and one to what is not asked of the disposal',
      more(['C2', '3.1.1', 'na'], ['C1', '2.1.2', 'yes'], ['O2', '3.4.2.a', 'no']),
      [
        `${at(3)} question 3.1.1 is asked of out of court cases, and case "C2" is in the court sample (cases.csv, line 3)`,
        `${at(3, 2)} case "C1" has an answer to 2.1.2 already, in line ${line}: leave one`,
        `${at(3, 3)} question 3.4.2.a is asked only of youth_conditional_caution, and case "O2" is youth_caution: leave the answer out, or put na`,
      ],
    ],
    [
      'without some answers of a case, and without any of another',
      without(
        (one, code) =>
          one === 'C2' || (one === 'C1' && code.startsWith('2.1')) || `${one} ${code}` === 'O1 3.4.2',
      ),
      [
        'cases.csv:2:1: case "C1" has no answer to 2.1.1, 2.1.1.a, 2.1.1.b, 2.1.1.c, 2.1.1.d, 2.1.1.e, 2.1.1.f, 2.1.1.g, … (16) in answers.csv',
        'cases.csv:3:1: case "C2" has no answer in answers.csv',
        'cases.csv:4:1: case "O1" has no answer to 3.4.2 in answers.csv',
      ],
    ],
    [
      'a totals row in the middle',
      { answers: [...answers.slice(0, 9), ['Total', '', '9'], ...answers.slice(9)] },
      ['answers.csv:10:1: a totals row has to be the last one'],
    ],
    [
      'one heading of its own',
      headed('cases', 'question', 'answer'),
      [
        'answers.csv:1:1: unknown column "cases" (did you mean "case"?): the long form has case, question, answer',
        'answers.csv:1: column "case" is missing: the long form has case, question, answer; found are cases, question, answer',
      ],
    ],
    [
      'other headings: one line, with those that were found',
      headed('Case', 'Question code', 'Response'),
      [
        'answers.csv:1: columns "question" and "answer" are missing: the long form has case, question, answer; found are Case, Question code, Response',
      ],
    ],
  ]);
});

describe('a wide table of answers', () => {
  const table = wide(answers);
  const [heading = [], c1 = [], , o1 = [], o2 = []] = table;
  /** The field of a question's column, from 1. */
  const field = (code: string) => heading.indexOf(code) + 1;
  const headed = (change: (code: string) => string) => ({
    answers: [heading.map(change), ...table.slice(1)],
  });
  const turned = heading.map((_, at) => table.map((row) => row[at] as string)).slice(1);

  refuses([
    [
      'a wrong and an empty answer, one of the other domain, and one to what is not asked',
      {
        answers: [
          ['2', '2.1.2', 'nno'],
          ['2', '3.1.1', 'yes'],
          ['5', '3.4.1', ''],
          ['5', '3.4.2', 'yes'],
        ].reduce(
          (rows, [at, code, word]) => withCell(rows, Number(at), code as string, word as string),
          table,
        ),
      },
      [
        `answers.csv:2:${field('2.1.2')}: answer "nno" (did you mean "no"?): ${words}`,
        `answers.csv:2:${field('3.1.1')}: question 3.1.1 is asked of out of court cases, and case "C1" is in the court sample (cases.csv, line 2)`,
        `answers.csv:5:${field('3.4.1')}: the answer of case "O2" to 3.4.1 is empty: allowed are yes, no, na (na where the question does not apply)`,
        `answers.csv:5:${field('3.4.2')}: question 3.4.2 is asked only of youth_conditional_caution, and case "O2" is youth_caution: leave the answer out, or put na`,
      ],
    ],
    [
      'a wrong code for a column: no case is told to miss it',
      headed((code) => (code === '2.1.3.c' ? '2.1.3.cc' : code)),
      [
        `answers.csv:1:${field('2.1.3.c')}: question 2.1.3.cc is not in edition 2018 (did you mean "2.1.3.c"?): ${of21}`,
        'answers.csv:1: the column of question 2.1.3.c is missing: it is asked of the court cases',
      ],
    ],
    [
      'a letter that has lost its full stop: the prompt is meant, not its key question',
      headed((code) => (code === '2.1.1.a' ? '2.1.1a' : code)),
      [/question 2\.1\.1a is not in edition 2018 \(did you mean "2\.1\.1\.a"\?\)/, /2\.1\.1\.a is missing/],
    ],
    [
      'a case twice, one that is not listed, of which a spreadsheet cut a number, and one without a row',
      { answers: [heading, c1, c1, ['1.23E+11', ...c1.slice(1)], o1, o2] },
      [
        'answers.csv:3:1: case "C1" has a row already, line 2: leave one',
        /^answers\.csv:4:1: case "1\.23E\+11" is not in cases\.csv; a spreadsheet seems to have cut a long number short: format/,
        'cases.csv:3:1: case "C2" has no answer in answers.csv',
      ],
    ],
    [
      'turned round: one line',
      { answers: [['question', 'C1', 'C2', 'O1', 'O2'], ...turned] },
      [
        'answers.csv:1: the table is turned round: it has a row a question and a column a case, and has to have a row a case; found are question, C1, C2, O1, O2',
      ],
    ],
    [
      'no column of cases',
      headed((code) => (code === 'case' ? 'pseudonym' : code)),
      [
        /^answers\.csv:1: column "case" is missing: the columns have to be case, question and answer, or case and a column for each question code; found are pseudonym, 2\.1\.1, .*… \(\d+\)$/,
      ],
    ],
  ]);

  test('whose headings have words after the code is read by the codes, and that is said once', async () => {
    const folder = await files.folder(
      bundle(headed((code) => (code === 'case' ? code : `${code} Is it so?`))),
    );
    const [loaded] = await rolledBack(database.db, (trx) => load(trx, [folder]));
    expect(loaded?.notices.map(({ message }) => message)).toEqual([
      'a code with words after it is read as the code: "2.1.1 Is it so?" is 2.1.1',
    ]);
  });
});

describe('cases', () => {
  const more = (...rows: string[][]) => ({ cases: [...cases, ...rows] });
  const ofOutOfCourt =
    'allowed are youth_conditional_caution, youth_caution, community_resolution, triage, other';
  const withColumn = (...cells: string[]) => ({
    cases: cases.map((row, at) => [...row, cells[at] as string]),
  });
  const asPrinted = ' (if the report prints it so, load it with --as-printed)';

  refuses([
    [
      'in two domains, listed twice, without a pseudonym, and with a very long one',
      more(
        ['C1', 'out of court', 'youth_caution'],
        ['C1', 'court', 'referral_order'],
        ['', 'court', 'other'],
        ['x'.repeat(101), 'court', 'other'],
      ),
      [
        'cases.csv:6:1: case "C1" is in two samples: court (line 2) and out of court',
        'cases.csv:7:1: case "C1" is there already, in line 2: neither letter case nor what can\'t be seen tells cases apart',
        'cases.csv:8:1: case is empty: every row needs the pseudonym of a case',
        'cases.csv:9:1: the pseudonym is longer than 100 characters',
        /^cases\.csv:9:1: case "x+" has no answer in answers\.csv$/,
      ],
    ],
    [
      'of a disposal that there is not; no answer is told to be missing',
      { cases: withCell(cases, lineInCases('O1'), 'disposal', 'youth_conditional_cautions') },
      [
        `cases.csv:4:3: disposal "youth_conditional_cautions" is none of the out of court sample (did you mean "youth_conditional_caution"?): ${ofOutOfCourt}`,
      ],
    ],
    [
      'of a sample that there is not; no answer is told to be missing',
      { cases: withCell(cases, lineInCases('O2'), 'sample', 'out of cort') },
      [
        'cases.csv:5:2: sample "out of cort" is not in edition 2018 (did you mean "out of court"?): allowed are court, out of court',
      ],
    ],
    [
      'without a disposal',
      { cases: withCell(cases, lineInCases('C2'), 'disposal', '') },
      [
        'cases.csv:3:3: disposal (empty) is none of the court sample: allowed are community_sentence, referral_order, youth_rehabilitation_order, custodial_sentence, other',
      ],
    ],
    [
      'with a characteristic that has no such value',
      withColumn('gender', 'femal', 'male', '', 'x'),
      [
        'cases.csv:2:4: gender "femal" is no coded value (did you mean "female"?): allowed are female, male, another gender, not known',
        'cases.csv:5:4: gender "x" is no coded value: allowed are female, male, another gender, not known',
      ],
    ],
    [
      'with a characteristic that is none',
      withColumn('Age Bands', ...Array(4).fill('15 to 17')),
      [
        'cases.csv:1:4: unknown column "Age Bands" (did you mean "age_band"?): allowed are case, sample, disposal, gender, age_band, ethnicity, risk_of_serious_harm, safety_and_wellbeing, looked_after',
      ],
    ],
    [
      'without a column that is needed',
      { cases: cases.map(([one, sample]) => [one, sample] as string[]) },
      [
        /^cases\.csv:1: column "disposal" is missing: needed are case, sample, disposal; found are case, sample/,
      ],
    ],
    [
      'of which there are none',
      {
        yaml: yaml.slice(0, yaml.indexOf('sample:')),
        cases: cases.slice(0, 1),
        answers: answers.slice(0, 1),
      },
      ['cases.csv:1: no case is listed below the heading'],
    ],
    [
      'of which there are too many',
      {
        yaml: yaml.slice(0, yaml.indexOf('sample:')),
        cases: [cases[0] as string[], ...Array.from({ length: 32_001 }, (_, at) => [`K${at}`, 'court', ''])],
        answers: [['nothing']],
      },
      [
        ...Array(32_001).fill(/disposal \(empty\)/),
        'cases.csv:1: 32001 cases: an inspection may have up to 32000',
        /^answers\.csv:1: no column is the code of a question: .*; found are nothing$/,
      ],
    ],
    [
      'with a totals row in the middle',
      { cases: [...cases.slice(0, 3), ['Total', '2', ''], ...cases.slice(3)] },
      ['cases.csv:4:1: a totals row has to be the last one'],
    ],
    [
      'fewer than inspection.yaml says',
      { yaml: yaml.replace('cases: 2, referral', 'cases: 3, referral') },
      [`inspection.yaml:6:21: court_disposals: cases is 3, but cases.csv lists 2 of this sample${asPrinted}`],
    ],
    [
      'of other disposals than inspection.yaml says',
      {
        yaml: yaml.replace('referral_order: 1', 'referral_order: 0').replace('youth_caution: 1', 'triage: 1'),
      },
      [
        `inspection.yaml:6:31: court_disposals: referral_order is 0, but cases.csv lists 1${asPrinted}`,
        `inspection.yaml:7:68: out_of_court_disposals: triage is 1, but cases.csv lists 0${asPrinted}`,
      ],
    ],
  ]);

  test('a case that is listed by the coarser type of its disposal may be of any part of it', async () => {
    const folder = await files.folder(
      bundle({ cases: withCell(cases, 2, 'disposal', 'community sentence') }),
    );
    const loaded = await rolledBack(database.db, (trx) => load(trx, [folder]));
    expect(loaded).toMatchObject([{ outcome: 'loaded' }]);
  });
});

test('a question that was not asked at the time is refused, and its answers need not be there before or after', async () => {
  // B.2.1 is asked until 2021
  const edition = await files.folder(editionFiles(goodEdition));
  const content = (day: string, rows: string) => ({
    'inspection.yaml': `synthetic: true\nservice: Westminster Youth Offending Team\nreport: {fieldwork_from: "${day}"}\nedition: Invented 1\n`,
    'cases.csv': 'case,sample,disposal\nK1,court,other\n',
    'answers.csv': `case,question,answer\nK1,B.1.1,yes\nK1,B.1.1.a,yes\nK1,B.1.1.b,yes\n${rows}`,
  });
  await rolledBack(database.db, async (trx) => {
    const before = await files.folder(content('2020-12-31', 'K1,B.2.1,no\n'));
    const after = await files.folder(content('2021-01-01', ''));
    expect(await load(trx, [edition, before, after])).toMatchObject([{}, { answers: 5 }, { answers: 4 }]);
    const late = await files.folder(content('2021-01-02', 'K1,B.2.1,no\n'));
    expect((await refused(trx, [late])).problems).toMatchObject([
      { line: 5, column: 2, message: 'question B.2.1 was not asked in fieldwork of 2021-01-02' },
    ]);
    const early = await files.folder(content('2020-12-30', ''));
    expect((await refused(trx, [early])).problems).toMatchObject([
      { line: 2, column: 1, message: `case "K1" has no answer to B.2.1 in ${early}/answers.csv` },
    ]);
  });
});
