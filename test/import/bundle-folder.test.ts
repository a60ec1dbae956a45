import path from 'node:path';
import { expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { good2018, refused, testFolder } from '../support/bundles.js';
import { bundleFiles, smallBundle } from '../support/case-files.js';
import { rolledBack, testDatabase } from '../support/database.js';

// What a folder holds is read, or is said not to be: passed over in silence it takes answers away.

const database = testDatabase();
const files = testFolder();
const whole = bundleFiles(smallBundle()) as Record<'inspection.yaml' | 'cases.csv' | 'answers.csv', string>;
const { 'cases.csv': cases, 'answers.csv': answers, ...alone } = whole;

test.each([
  [
    'workbooks',
    { 'cases.xlsx': 'PK', 'answers.xlsx': 'PK' },
    /answers\.xlsx \(a workbook: save .*cases\.xlsx/,
  ],
  [
    'tables with a second ending',
    { 'cases.csv.txt': cases, 'answers.csv.txt': answers },
    /cases\.csv\.txt \(give/,
  ],
  ['a numbered copy', { ...whole, 'cases (1).csv': cases }, /cases \(1\)\.csv \(give it the name/],
  ['tables with tabs', { 'cases.tsv': cases, 'answers.tsv': answers }, /answers\.tsv \(give/],
  ['a workbook beside the tables', { ...whole, 'audit.xlsx': 'PK' }, /audit\.xlsx \(a workbook/],
  ['an archive', { 'tables.zip': 'PK' }, /tables\.zip \(an archive: unpack it/],
  ['a folder of answers', { 'answers/all.txt': answers }, /: answers \(give/],
  [
    'one name twice but for letter case',
    { ...whole, 'Cases.csv': cases },
    /Cases\.csv and cases\.csv are both there: leave one/,
  ],
  [
    'another inspection file',
    { ...whole, 'inspection (2).yaml': good2018 },
    /inspection \(2\)\.yaml \(give it the name inspection/,
  ],
])('%s in the folder of a bundle: refused by name', async (_what, more, message) => {
  const folder = await files.folder({ ...alone, ...more });
  expect((await refused(database.db, [folder])).message).toMatch(message);
});

test("names in any letter case are the bundle's, and what is about it may lie beside it", async () => {
  const folder = await files.folder({
    'Inspection.yaml': whole['inspection.yaml'],
    'CASES.csv': cases,
    'Answers.CSV': answers,
    'report.pdf': '%PDF',
    'columns.csv': 'table,column\n',
    '~$answers.xlsx': '',
  });
  await rolledBack(database.db, async (trx) => {
    const [loaded] = await load(trx, [folder]);
    expect(loaded?.answers).toBeGreaterThan(0);
  });
});

test('what is no bundle among bundles is refused, a line each, or passed over where that is asked for', async () => {
  const folder = await files.folder({
    'sound/inspection.yaml': good2018,
    'late/inspection.yaml.txt': good2018,
    'deep/deep/inspection.yaml': good2018,
    'more.zip': 'PK',
    'readme.md': 'about them',
  });
  const { message, problems } = await refused(database.db, [folder]);
  expect(message).toContain('3 things in it are no bundles; nothing was loaded');
  const said = problems.map((one) => `${path.basename(one.file)}: ${one.message}`);
  expect(said).toEqual([
    expect.stringMatching(/^deep: is no bundle, but holds one in deep: name \S+deep.deep itself$/),
    expect.stringMatching(
      /^late: is no bundle: it has no inspection\.yaml .*; inspection\.yaml\.txt is not its name$/,
    ),
    'more.zip: is no bundle: unpack the archive',
  ]);
  await rolledBack(database.db, async (trx) => {
    const [loaded, ...others] = await load(trx, [folder], { passOver: true });
    expect(others).toEqual([]);
    expect(loaded).toMatchObject({ outcome: 'loaded', name: path.join(folder, 'sound') });
    expect(loaded?.notices).toEqual(expect.arrayContaining(problems));
  });
});

test('answers that are loaded go only where that is asked for', async () => {
  const [full, without] = [await files.folder(whole), await files.folder(alone)];
  await rolledBack(database.db, async (trx) => {
    await load(trx, [full]);
    const { message, problems } = await refused(trx, [without]);
    expect(`${message} ${problems[0]?.message}`).toContain('say --drop-answers if they are to go');
    const [replaced] = await load(trx, [without], { dropAnswers: true });
    expect(replaced).toMatchObject({ outcome: 'replaced', answers: 0 });
  });
});

test('parts of a bundle in a folder within it are not passed over', async () => {
  const folder = await files.folder({ ...alone, 'data/cases.csv': cases, 'notes/minutes.csv': 'a,b' });
  const { message } = await refused(database.db, [folder]);
  expect(message).toContain(
    'not read as a part of the bundle: data/cases.csv (move it beside the inspection file, or elsewhere).',
  );
});

test('ids that a spreadsheet seems to have made are taken, and said, once', async () => {
  const made = (text: string) => text.replaceAll('C1,', '03-Jan,').replaceAll('C2,', '1.2E+05,');
  await rolledBack(database.db, async (trx) => {
    const [loaded] = await load(trx, [
      await files.folder({ ...whole, 'cases.csv': made(cases), 'answers.csv': made(answers) }),
    ]);
    expect(loaded?.notices.map(({ message }) => message)).toEqual([
      'case "03-Jan" is taken as it stands; a spreadsheet seems to have made a date of it: format the column as text',
    ]);
  });
});

test('of a table of cases without its headings nothing else is said', async () => {
  const { problems } = await refused(database.db, [
    await files.folder({ ...whole, 'cases.csv': cases.replace('case,', 'id,') }),
  ]);
  expect(problems.map(({ message }) => message.replace(/[:;].*/, ''))).toEqual([
    'unknown column "id"',
    'column "case" is missing',
  ]);
});

test('ids that differ in letter case alone are one case, twice', async () => {
  const twice = cases.replace('C2,', 'c1,');
  expect(twice).not.toBe(cases);
  const { problems } = await refused(database.db, [await files.folder({ ...whole, 'cases.csv': twice })]);
  expect(problems.map(({ message }) => message)).toContain(
    'case "c1" is there already, in line 2, as "C1": neither letter case nor what can\'t be seen tells cases apart',
  );
});

test("blanks of any kind, and what can't be seen, make no other id and no other word", async () => {
  const odd = answers
    .replaceAll('C1,', 'c1\u200b,')
    .replaceAll(/,na$/gm, ',Not\u00a0applicable')
    .replaceAll(/,yes$/gm, ',yes\u00ad');
  expect(odd).not.toBe(answers);
  await rolledBack(database.db, async (trx) => {
    const [loaded] = await load(trx, [await files.folder({ ...whole, 'answers.csv': odd })]);
    expect(loaded?.answers).toBeGreaterThan(0);
  });
});

test('a case may be called Sum', async () => {
  const called = (text: string) => text.replaceAll('C1,', 'Sum,');
  const folder = await files.folder({ ...whole, 'cases.csv': called(cases), 'answers.csv': called(answers) });
  await rolledBack(database.db, async (trx) => {
    const [sum] = await load(trx, [folder]);
    const [plain] = await load(trx, [await files.folder(whole)]);
    expect(sum?.answers).toBe(plain?.answers);
  });
});
