import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { load } from '../../src/import/load.js';
import { changed, good2018, good2021, refused, testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

const database = testDatabase();
const files = testFolder();

/** What loading the paths did, undone again. */
const loading = (...paths: string[]) =>
  rolledBack(database.db, async (trx) => {
    const loaded = await load(trx, paths);
    return loaded.map(({ name, outcome, notices }) => ({
      name,
      outcome,
      notices: notices.map(({ message }) => message),
    }));
  });

const asLoaded = (name: string) => ({ name, outcome: 'loaded', notices: [] });

test('a bundle is a folder with inspection.yaml', async () => {
  const folder = await files.folder({ 'inspection.yaml': good2018 });
  expect(await loading(folder)).toEqual([asLoaded(folder)]);
});

test('a bundle is a folder with inspection.yml', async () => {
  const folder = await files.folder({ 'inspection.yml': good2018 });
  expect(await loading(folder)).toEqual([asLoaded(folder)]);
});

test('a bundle is a folder with inspection.json', async () => {
  const folder = await files.folder({ 'inspection.json': JSON.stringify(parse(good2018), null, 1) });
  expect(await loading(folder)).toEqual([asLoaded(folder)]);
});

test('other files in the folder of a bundle do not matter', async () => {
  const folder = await files.folder({ 'inspection.yaml': good2018, 'notes.txt': 'x', 'other.json': '[' });
  expect(await loading(folder)).toEqual([asLoaded(folder)]);
});

test('an inspection file itself may be named, whatever it is called', async () => {
  const folder = await files.folder({ 'barset-2019.json': JSON.stringify(parse(good2018)) });
  const file = path.join(folder, 'barset-2019.json');
  expect(await loading(file)).toEqual([asLoaded(file)]);
});

test('a folder of bundles loads every one of them, folders first, each in the order of its name', async () => {
  const folder = await files.folder({
    'b/inspection.yaml': good2018,
    'a/inspection.json': JSON.stringify(parse(good2021)),
    'README.txt': 'about them',
  });
  expect(await loading(folder)).toEqual([asLoaded(path.join(folder, 'a')), asLoaded(path.join(folder, 'b'))]);
});

test('a folder of inspection files loads every one of them and passes hidden files over', async () => {
  const folder = await files.folder({
    'x.yaml': good2018,
    'w.json': JSON.stringify(parse(good2021)),
    '.y.json': '[',
  });
  expect(await loading(folder)).toEqual([
    asLoaded(path.join(folder, 'w.json')),
    asLoaded(path.join(folder, 'x.yaml')),
  ]);
});

test('a link to a bundle counts as one', async () => {
  const bundle = await files.folder({ 'inspection.yaml': good2018 });
  const folder = await files.folder({ 'plain/inspection.yaml': good2021 });
  await symlink(bundle, path.join(folder, 'linked'));
  expect(await loading(folder)).toHaveLength(2);
});

test('several paths load in one call', async () => {
  const [one, other] = [await files.bundle(good2018), await files.bundle(good2021)];
  expect(await loading(one, other)).toEqual([asLoaded(one), asLoaded(other)]);
});

// The shape of the published figures: one JSON object, indented by one, with lists that may be empty and a count of recommendations.
const figures = `{
 "about": "Invented.",
 "service": {
  "name": "Torbay Youth Offending Team",
  "area": "Torbay",
  "region": "East Midlands",
  "kind": "YOT",
  "note": "Part of nothing."
 },
 "report": {
  "title": "An invented inspection",
  "published": "2022-10",
  "isbn": "978-0-00-000000-0",
  "lead_inspector": "Nobody",
  "fieldwork_from": "2022-07-18",
  "fieldwork_month": "2022-07"
 },
 "edition": "2021",
 "sample": {
  "court_disposals": {"cases": 13, "referral_order": 11, "youth_rehabilitation_order": 2},
  "out_of_court_disposals": {"cases": 5, "youth_conditional_caution": 4, "other": 1, "case_manager_interviews": 4},
  "resettlement": {"cases": 3}
 },
 "overall": {"rating": "Outstanding", "score": 31, "out_of": 36},
 "standard_ratings": {"1.1": "Good", "3.4": "Good", "4.1": "Outstanding"},
 "professional_discretion": [],
 "key_questions": {"2.1.1": {"percent_yes": 100}, "2.1.2": {"relevant_cases": 13, "yes": 12}},
 "prompts": {},
 "context": [
  {"measure": "youth population", "value": 15076, "percent": 8.2, "year": 2021, "source": "Office"},
  {"measure": "caseload", "percent": 50}
 ],
 "recommendations": 5
}
`;

test('the shape of the published figures loads', async () => {
  const file = await files.bundle(figures);
  expect(await loading(file)).toEqual([asLoaded(file)]);
});

test.each([
  ['counts', '{relevant_cases: 9, yes: 7}'],
  ['counts of no case', '{relevant_cases: 0, yes: 0}'],
  ['a percentage', '{percent_yes: 0}'],
  ['counts and a percentage', '{relevant_cases: 9, yes: 7, percent_yes: 78}'],
  ['no relevant case', '{not_applicable: true}'],
  ['a lost count', '{yes: 3, lost: [relevant_cases]}'],
  ['another lost count', '{relevant_cases: 3, lost: [yes]}'],
  ['everything lost', '{lost: [relevant_cases, yes, percent_yes]}'],
  ['a place', '{percent_yes: 100, place: 412}'],
])('a result may be %s', async (_, result) => {
  const { text } = changed(good2018, '"2.1.1": {relevant_cases: 9, yes: 7}', `"2.1.1": ${result}`);
  expect(await loading(await files.bundle(text))).toHaveLength(1);
});

test.each([
  ['an edition that is a number', 'edition: "2018"', 'edition: 2018'],
  ['a rating as an object', '"1.1": Good', '"1.1": {rating: Good}'],
  ['a code without quotes', '"1.1": Good', '1.1: Good'],
  ['a day of publication', 'published: "2019-08"', 'published: "2019-08-02"'],
  ['a month of publication that is the month of fieldwork', 'published: "2019-08"', 'published: "2019-05"'],
  ['a year of publication', 'published: "2019-08"', 'published: 2019'],
  ['no publication', '  published: "2019-08"\n', ''],
  ['no end of fieldwork', '  fieldwork_to: "2019-05-17"\n', ''],
  ['an ISBN that is a number', 'isbn: "978-0-00-000000-0"', 'isbn: 9780000000000'],
  [
    'a number of recommendations',
    /recommendations:.*?(?=findings)/s.exec(good2018)?.[0] ?? '',
    'recommendations: 0\n',
  ],
  [
    'an overall rating that is lost',
    'overall: {rating: Good, score: 24, out_of: 36, place: 3}',
    'overall: {lost: [rating, score]}',
  ],
  ['a comment', 'synthetic: true', 'synthetic: true # it never was'],
  ['an anchor and an alias', '"1.3": Good', '"1.3": &same Good\n  "3.2": *same'],
])('a bundle may have %s', async (_, from, to) => {
  const { text } = changed(good2018, from, to);
  expect(await loading(await files.bundle(text))).toHaveLength(1);
});

test('a bundle needs no more than service, report with a date, and edition', async () => {
  const text = 'service: Wigan YOT\nreport: {fieldwork_month: "2018-03"}\nedition: 2018\n';
  expect(await loading(await files.bundle(text))).toHaveLength(1);
});

test('a byte order mark and Windows line ends are no matter', async () => {
  const file = await files.bundle(`\uFEFF${good2018.replaceAll('\n', '\r\n')}`);
  expect(await loading(file)).toEqual([asLoaded(file)]);
});

test('a top-level key that is not understood is passed over, and said', async () => {
  const file = await files.bundle(`${good2018}photographs: [1, 2]\n`);
  expect(await loading(file)).toEqual([
    { name: file, outcome: 'loaded', notices: ['unknown key "photographs" is passed over'] },
  ]);
});

test('the note of a key that is passed over tells its line', async () => {
  const { text, line } = changed(good2018, 'overall:', '▸photographs: 3\noverall:');
  const file = await files.bundle(text);
  const [loaded] = await rolledBack(database.db, (trx) => load(trx, [file]));
  expect(loaded?.notices).toMatchObject([{ file, line }]);
});

test.each([
  ['prompt', 'prompts'],
  ['key_question', 'key_questions'],
  ['standards_ratings', 'standard_ratings'],
  ['Context', 'context'],
])('a top-level key that is nearly a known one is refused: %s', async (key, meant) => {
  const { text, line } = changed(good2018, 'overall:', `▸${key}: {}\noverall:`);
  const file = await files.bundle(text);
  const { problems } = await refused(database.db, [file]);
  expect(problems).toMatchObject([
    { file, line, message: `unknown key "${key}" (did you mean "${meant}"?)` },
  ]);
});

test('the same inspection as YAML and as JSON says the same to the database', async () => {
  const rows = async (name: string, text: string) => {
    const folder = await files.folder({ [name]: text });
    return rolledBack(database.db, async (trx) => {
      await load(trx, [folder]);
      const results = await trx
        .selectFrom('core.published_result')
        .innerJoin('core.inspection', 'core.inspection.inspection_id', 'core.published_result.inspection_id')
        .select(['question_id', 'relevant', 'yes', 'percent', 'no_relevant_case', 'relevant_lost', 'place'])
        .where('is_synthetic', '=', true)
        .orderBy('question_id')
        .execute();
      return results.map((row) => Object.values(row).map(String).join(' '));
    });
  };
  const yaml = await rows('inspection.yaml', good2018);
  expect(yaml).toHaveLength(10);
  expect(await rows('inspection.json', JSON.stringify(parse(good2018)))).toEqual(yaml);
  expect(await rows('inspection.yaml', stringify(parse(good2018)))).toEqual(yaml);
});
