import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { load } from '../../../src/import/load.js';
import type { Problem } from '../../../src/problem.js';
import { changed, invented, refused, testFolder } from '../../support/bundles.js';
import { asCsv, inFolder, wide } from '../../support/case-files.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { editionFiles, goodEdition } from '../../support/editions.js';
import { bundle, small } from './small.js';

// What can be wrong with cases.csv and answers.csv: the small bundle with one text of it changed, and all that is said of it.

interface Wrong {
  name: string;
  from: string;
  to: string;
  says: string[];
}

const wrongs: Record<string, Wrong[]> = parse(
  readFileSync(path.join(import.meta.dirname, 'wrong.yaml'), 'utf8'),
);
const database = testDatabase();
const files = testFolder();

const table = wide(small.answers);
const good = bundle({});
const texts: Record<string, string> = {
  ...good,
  'wide answers.csv': asCsv(table),
  'turned answers.csv': asCsv((table[0] ?? []).map((_, at) => table.map((row) => row[at] as string))),
};

describe.each(Object.keys(wrongs))('%s', (file) => {
  const cases = wrongs[file] as Wrong[];
  const wrong = cases.map(({ from, to }) => changed(texts[file] as string, from, to));
  const folders: string[] = [];
  let problems: Problem[] = [];

  beforeAll(async () => {
    const name = file.replace(/^.* /, '');
    for (const { text } of wrong) folders.push(await files.folder({ ...good, [name]: text }));
    ({ problems } = await refused(database.db, folders));
  });

  test.each(cases.map((one, at) => ({ ...one, at })))('$name', ({ at, to, says }) => {
    const folder = folders[at] as string;
    const told = problems.filter(({ file }) => file.startsWith(`${folder}/`));
    expect(told.map(({ message }) => inFolder(folder, message))).toEqual(
      says.map((message) => expect.stringContaining(message)),
    );
    if (to.includes('▸')) expect(told[0]?.line).toBe(wrong[at]?.line);
  });
});

test('a name that a spreadsheet has changed in one of the two tables', async () => {
  const cases = small.cases.map((row) => row.map((cell) => (cell === 'C1' ? '03-Jan' : cell)));
  const folder = await files.folder(bundle({ cases, answers: table }));
  const [ofAnswers] = (await refused(database.db, [folder])).problems;
  expect(inFolder(folder, ofAnswers?.message ?? '')).toMatch(
    /^case "C1" is not in cases\.csv .*, which has "03-Jan"; a spreadsheet seems to have made a date/,
  );
});

test('of no case, and of more than an inspection can have', async () => {
  const yaml = small.yaml.slice(0, small.yaml.indexOf('sample:'));
  const many = Array.from({ length: 32_001 }, (_, at) => [`K${at}`, 'court', 'other']);
  const [heading = []] = small.cases;
  const [none, tooMany] = [[heading], [heading, ...many]].map((cases) =>
    files.folder(bundle({ yaml, cases, answers: [['nothing']] })),
  );
  const { problems } = await refused(database.db, [(await none) as string, (await tooMany) as string]);
  const ofCases = problems.filter(({ file }) => file.endsWith('cases.csv'));
  expect(ofCases.map(({ message }) => message)).toEqual([
    'no case is listed below the heading',
    '32001 cases: an inspection may have up to 32000',
  ]);
});

test('a question that was not asked at the time is refused, and its answers need not be there before or after', async () => {
  // B.2.1 is asked until 2021
  const edition = await files.folder(editionFiles(goodEdition));
  const content = (day: string, rows: string) => ({
    'inspection.yaml': invented({ edition: 'Invented 1', report: { fieldwork_from: day } }),
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
