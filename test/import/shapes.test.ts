import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { load } from '../../src/import/load.js';
import { changed, good2018, good2021, refused, testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

const database = testDatabase();
const files = testFolder();
const json = (text: string) => JSON.stringify(parse(text), null, 1);

/** Loads the paths; what was loaded, by name from a folder, undone again. */
const loading = (folder: string, ...paths: string[]) =>
  rolledBack(database.db, async (trx) => {
    const loaded = await load(trx, paths);
    for (const { outcome, notices } of loaded)
      expect({ outcome, notices }).toEqual({ outcome: 'loaded', notices: [] });
    return loaded.map(({ name }) => path.relative(folder, name));
  });

test.each<[name: string, content: Record<string, string>, given: string, names: string[]]>([
  ['a folder with inspection.yaml', { 'inspection.yaml': good2018 }, '', ['']],
  ['a folder with inspection.yml', { 'inspection.yml': good2018 }, '', ['']],
  ['a folder with inspection.json', { 'inspection.json': json(good2018) }, '', ['']],
  ['beside other files', { 'inspection.yaml': good2018, 'notes.txt': 'x', 'other.json': '[' }, '', ['']],
  [
    'a file, whatever it is called',
    { 'barset-2019.json': json(good2018) },
    'barset-2019.json',
    ['barset-2019.json'],
  ],
  [
    'several in a folder, in the order of their names',
    { 'b/inspection.yaml': good2018, 'a/inspection.json': json(good2021), 'README.txt': 'about them' },
    '',
    ['a', 'b'],
  ],
  [
    'files in a folder, without hidden ones',
    { 'x.yaml': good2018, 'w.json': json(good2021), '.y.json': '[' },
    '',
    ['w.json', 'x.yaml'],
  ],
])('a bundle is %s', async (_, content, given, names) => {
  const folder = await files.folder(content);
  expect(await loading(folder, path.join(folder, given))).toEqual(names);
});

test('a link to a bundle counts as one, and several paths load in one call', async () => {
  const bundle = await files.folder({ 'inspection.yaml': good2018 });
  const folder = await files.folder({ 'plain/inspection.yaml': good2021 });
  expect(await loading(folder, bundle, folder)).toHaveLength(2);
  await symlink(bundle, path.join(folder, 'linked'));
  expect(await loading(folder, folder)).toEqual(['linked', 'plain']);
});

// The shape of the published figures: one JSON object, indented by one, with lists that may be empty and a count of recommendations.
const figures = `{
 "about": "Invented.",
 "service": {"name": "Torbay Youth Offending Team", "area": "Torbay", "region": "East Midlands", "kind": "YOT", "note": "Part of nothing."},
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

const result = '"2.1.1": {relevant_cases: 9, yes: 7}';
const variants: [name: string, text: string][] = [
  ['the shape of the published figures', figures],
  [
    'no more than service, a date and edition',
    'service: Wigan YOT\nreport: {fieldwork_month: "2018-03"}\nedition: 2018\n',
  ],
  ['a byte order mark and Windows line ends', `\uFEFF${good2018.replaceAll('\n', '\r\n')}`],
  ...[
    ['counts of no case', result, '"2.1.1": {relevant_cases: 0, yes: 0}'],
    ['counts and a percentage', result, '"2.1.1": {relevant_cases: 9, yes: 7, percent_yes: 78}'],
    ['no relevant case', result, '"2.1.1": {not_applicable: true}'],
    ['a lost count', result, '"2.1.1": {relevant_cases: 3, lost: [yes]}'],
    ['everything lost', result, '"2.1.1": {lost: [relevant_cases, yes, percent_yes], place: 412}'],
    ['an edition and an ISBN that are numbers', 'isbn: "978-0-00-000000-0"', 'isbn: 9780000000000'],
    ['a rating as an object, its code without quotes', '"1.1": Good', '1.1: {rating: Good}'],
    ['a day of publication', 'published: "2019-08"', 'published: "2019-08-02"'],
    ['a month of publication that is the month of fieldwork', 'published: "2019-08"', 'published: "2019-05"'],
    ['a year of publication', 'published: "2019-08"', 'published: 2019'],
    ['no publication', '  published: "2019-08"\n', ''],
    ['no end of fieldwork', '  fieldwork_to: "2019-05-17"\n', ''],
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
    [
      'an anchor and an alias, and a comment',
      '"1.3": Good',
      '"1.3": &same Good # it never was\n  "3.2": *same',
    ],
  ].map(([name = '', from = '', to = '']): [string, string] => [name, changed(good2018, from, to).text]),
];

test('what a bundle may have besides, and need not', async () => {
  for (const [name, text] of variants) {
    const file = await files.bundle(text);
    expect(await loading(path.dirname(file), file), name).toEqual(['inspection.yaml']);
  }
});

test('a top-level key that is not understood is passed over, and said with its line', async () => {
  const { text, line } = changed(good2018, 'overall:', '▸photographs: 3\noverall:');
  const file = await files.bundle(text);
  const [loaded] = await rolledBack(database.db, (trx) => load(trx, [file]));
  expect(loaded?.notices).toEqual([
    { file, line, column: 1, message: 'unknown key "photographs" is passed over' },
  ]);
});

test.each([
  ['prompt', 'prompts'],
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
      const [loaded] = await load(trx, [folder]);
      return trx
        .selectFrom('core.published_result')
        .select(['question_id', 'relevant', 'yes', 'percent', 'no_relevant_case', 'relevant_lost', 'place'])
        .where('inspection_id', '=', loaded?.inspectionId as number)
        .orderBy('question_id')
        .execute();
    });
  };
  const yaml = await rows('inspection.yaml', good2018);
  expect(yaml).toHaveLength(10);
  expect(await rows('inspection.json', json(good2018))).toEqual(yaml);
  expect(await rows('inspection.yaml', stringify(parse(good2018)))).toEqual(yaml);
});
