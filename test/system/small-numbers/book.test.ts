import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeBook } from '../../../src/book/write.js';
import { load } from '../../../src/import/load.js';
import { parquetRows, type Row } from '../../export/read-back.js';
import { testFolder } from '../../support/bundles.js';
import { asCsv, askedQuestions } from '../../support/case-files.js';
import { testDatabase } from '../../support/database.js';

// A book may be given to anybody. One child of seven has a characteristic and a pseudonym that nobody else has: neither may be told of.
const rare = 'zyxwv';
const pseudonym = 'quendo';
const edition = '2018';

const database = testDatabase();
const files = testFolder();
let home: string;
let book: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-small-'));
  book = path.join(home, 'book');
  await database.db
    .insertInto('core.attribute_value')
    .values({ edition_code: edition, attribute: 'ethnicity', value: rare, position: 99 })
    .execute();
  const cases = Array.from({ length: 7 }, (_, at) => (at === 0 ? pseudonym : `child-${at}`));
  const questions = askedQuestions(edition).filter(({ sample }) => sample === 'court');
  await load(database.db, [
    await files.folder({
      'inspection.yaml': `synthetic: true
service: Westminster Youth Offending Team
report: {fieldwork_from: "2019-05-13"}
edition: "${edition}"
sample: {court_disposals: {cases: 7, referral_order: 7}}
`,
      'cases.csv': asCsv([
        ['case', 'sample', 'disposal', 'ethnicity'],
        ...cases.map((one) => [one, 'court', 'referral_order', one === pseudonym ? rare : 'white']),
      ]),
      'answers.csv': asCsv([
        ['case', 'question', 'answer'],
        ...cases.flatMap((one) => questions.map(({ code }) => [one, code, one === pseudonym ? 'no' : 'yes'])),
      ]),
    }),
  ]);
  await writeBook(database.db, book, { synthetic: true });
});
afterAll(() => rm(home, { recursive: true, force: true }));

test('no page and no table of a chart tells of a child by what it alone is', async () => {
  const names = (await readdir(book, { recursive: true })).filter((name) =>
    /\.(html|csv|json|js)$/.test(name),
  );
  expect(names).toContain(path.join('inspections', 'westminster-2019-05-13.html'));
  const telling = new RegExp(`${rare}|${pseudonym}`);
  for (const name of names) expect(await readFile(path.join(book, name), 'utf8'), name).not.toMatch(telling);
});

test('the files to download say [c] where a reader of subgroup_result does, and nothing beside it', async () => {
  const names = (await readdir(path.join(book, 'data'))).filter((name) => name.endsWith('.parquet'));
  const telling: string[] = [];
  let hidden = 0;
  for (const name of names) {
    const { rows } = await parquetRows(path.join(book, 'data'), name);
    const ofRare = rows.filter((row) => Object.values(row).includes(rare));
    if (rows.some((row) => Object.values(row).includes(pseudonym))) telling.push(name);
    if (name.startsWith('subgroup_')) {
      expect(ofRare.length, name).toBeGreaterThan(0);
      for (const row of rows.filter(({ marker }) => marker === '[c]')) {
        expect(countsOf(row), name).toEqual([]);
        hidden++;
      }
      for (const row of ofRare) expect(row.marker, name).toBe('[c]');
    } else if (ofRare.length > 0) telling.push(name);
  }
  expect(hidden).toBeGreaterThan(0);
  expect(telling).toEqual([]);
});

/** The columns of a protected row that hold a number of cases nevertheless. */
const countsOf = (row: Row): string[] =>
  ['cases', 'yes', 'no', 'not_applicable', 'relevant', 'percent', 'low', 'high', 'low_95', 'high_95'].filter(
    (column) => row[column] !== undefined && row[column] !== null,
  );
