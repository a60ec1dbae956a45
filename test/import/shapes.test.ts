import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { load } from '../../src/import/load.js';
import { changed, good2018, refused, testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

// The forms that an inspection file may have.

const database = testDatabase();
const files = testFolder();
const json = (text: string) => JSON.stringify(parse(text), null, 1);

// The shape of the published figures: one JSON object, indented by one, with lists that may be empty and a count of recommendations.
const figures = `{
 "about": "Invented.",
 "service": {"name": "Torbay Youth Offending Team", "area": "Torbay", "region": "East Midlands", "kind": "YOT", "note": "Part of nothing."},
 "report": {"title": "An invented inspection", "published": "2022-10", "isbn": "978-0-00-000000-0", "lead_inspector": "Nobody",
  "fieldwork_from": "2022-07-18", "fieldwork_month": "2022-07"},
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
const published = 'published: "2019-08"';
const recommendations = /recommendations:.*?(?=findings)/s.exec(good2018)?.[0] ?? '';
const least = 'service: Wigan YOT\nreport: {fieldwork_month: "2018-03"}\nedition: 2018\n';
const with_ = (from: string, to: string) => changed(good2018, from, to).text;

test.each<[name: string, text: string]>([
  ['the shape of the published figures', figures],
  ['no more than service, a date and edition', least],
  ['a byte order mark and Windows line ends', `\uFEFF${good2018.replaceAll('\n', '\r\n')}`],
  ['counts of no case', with_(result, '"2.1.1": {relevant_cases: 0, yes: 0}')],
  ['counts and a percentage', with_(result, '"2.1.1": {relevant_cases: 9, yes: 7, percent_yes: 78}')],
  ['a lost count', with_(result, '"2.1.1": {relevant_cases: 3, lost: [yes]}')],
  ['everything lost', with_(result, '"2.1.1": {lost: [relevant_cases, yes, percent_yes], place: 412}')],
  ['an ISBN that is a number', with_('isbn: "978-0-00-000000-0"', 'isbn: 9780000000000')],
  ['a rating as an object, its code without quotes', with_('"1.1": Good', '1.1: {rating: Good}')],
  ['a day of publication', with_(published, 'published: "2019-08-02"')],
  ['a month of publication that is the month of fieldwork', with_(published, 'published: "2019-05"')],
  ['a year of publication', with_(published, 'published: 2019')],
  ['no publication', with_(`  ${published}\n`, '')],
  ['no end of fieldwork', with_('  fieldwork_to: "2019-05-17"\n', '')],
  ['a number of recommendations', with_(recommendations, 'recommendations: 0\n')],
  [
    'a lost overall rating',
    with_('{rating: Good, score: 24, out_of: 36, place: 3}', '{lost: [rating, score]}'),
  ],
])('%s', async (_, text) => {
  const file = await files.bundle(text);
  const loaded = await rolledBack(database.db, (trx) => load(trx, [file]));
  expect(loaded).toMatchObject([{ outcome: 'loaded', notices: [] }]);
});

test('a top-level key that is not understood is passed over, and said; one that is nearly a known one is refused', async () => {
  const unknown = (key: string) => changed(good2018, 'overall:', `▸${key}: {}\noverall:`);
  const { text, line } = unknown('photographs');
  const file = await files.bundle(text);
  const [loaded] = await rolledBack(database.db, (trx) => load(trx, [file]));
  expect(loaded?.notices).toEqual([
    { file, line, column: 1, message: 'unknown key "photographs" is passed over' },
  ]);
  const near = { prompt: 'prompts', standards_ratings: 'standard_ratings', Context: 'context' };
  const names = await Promise.all(Object.keys(near).map((key) => files.bundle(unknown(key).text)));
  const { problems } = await refused(database.db, names);
  expect(problems).toEqual(
    Object.entries(near).map(([key, meant], at) => ({
      ...{ file: names[at], line, column: 1, message: `unknown key "${key}" (did you mean "${meant}"?)` },
    })),
  );
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
