import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeBook } from '../../../src/book/write.js';
import { load } from '../../../src/import/load.js';
import { parquetRows } from '../../export/read-back.js';
import { testFolder } from '../../support/bundles.js';
import { asCsv, askedQuestions } from '../../support/case-files.js';
import { testDatabase } from '../../support/database.js';
import { everyFile } from '../../support/every-file.js';

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
  const all = Object.entries(await everyFile(book)).filter(([name]) => !name.endsWith('.parquet'));
  expect(all.map(([name]) => name)).toContain(path.join('inspections', 'westminster-2019-05-13.html'));
  for (const [name, text] of all) expect(text, name).not.toMatch(new RegExp(`${rare}|${pseudonym}`));
});

test('the files to download say [c] where a reader of subgroup_result does, and nothing beside it', async () => {
  const counts = [
    'cases',
    'yes',
    'no',
    'not_applicable',
    'relevant',
    'percent',
    'low',
    'high',
    'low_95',
    'high_95',
  ];
  let hidden = 0;
  for (const name of (await readdir(path.join(book, 'data'))).filter((one) => one.endsWith('.parquet'))) {
    const { rows } = await parquetRows(path.join(book, 'data'), name);
    expect(
      rows.some((row) => Object.values(row).includes(pseudonym)),
      name,
    ).toBe(false);
    const ofRare = rows.filter((row) => Object.values(row).includes(rare));
    expect(ofRare.length > 0, name).toBe(name.startsWith('subgroup_'));
    for (const row of ofRare) expect(row.marker, name).toBe('[c]');
    if (!name.startsWith('subgroup_')) continue;
    for (const row of rows.filter(({ marker }) => marker === '[c]')) {
      expect(
        counts.filter((column) => (row[column] ?? null) !== null),
        name,
      ).toEqual([]);
      hidden++;
    }
  }
  expect(hidden).toBeGreaterThan(0);
});
