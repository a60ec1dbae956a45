import { expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { changed, good2018, refused, testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

// The forms that an inspection file may have.

const database = testDatabase();
const files = testFolder();

const result = '"2.1.1": {relevant_cases: 9, yes: 7}';
const published = 'published: "2019-08"';
const recommendations = /recommendations:.*?(?=findings)/s.exec(good2018)?.[0] ?? '';
const least = 'service: Wigan YOT\nreport: {fieldwork_month: "2018-03"}\nedition: 2018\n';
const with_ = (from: string, to: string) => changed(good2018, from, to).text;

test.each<[name: string, text: string]>([
  ['no more than service, a date and edition', least],
  ['a byte order mark and Windows line ends', `\uFEFF${good2018.replaceAll('\n', '\r\n')}`],
  ['a lost count', with_(result, '"2.1.1": {relevant_cases: 3, lost: [yes]}')],
  ['everything lost', with_(result, '"2.1.1": {lost: [relevant_cases, yes, percent_yes], place: 412}')],
  ['an ISBN that is a number', with_('isbn: "978-0-00-000000-0"', 'isbn: 9780000000000')],
  ['a rating as an object, its code without quotes', with_('"1.1": Good', '1.1: {rating: Good}')],
  ['a month of publication that is the month of fieldwork', with_(published, 'published: "2019-05"')],
  ['no publication', with_(`  ${published}\n`, '')],
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
