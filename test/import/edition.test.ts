import path from 'node:path';
import { sql, type Transaction } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { dbPath, packageFolder } from '../../src/disk/paths.js';
import { openEdition, toEdition } from '../../src/import/edition/edition-file.js';
import { load } from '../../src/import/load.js';
import { formatProblem } from '../../src/problem.js';
import { changed, contents, refused, testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { editionFiles, goodEdition, underGoodEdition } from '../support/editions.js';

// An invented edition, an inspection under it, and other versions of the edition; then bundles that name none.

const database = testDatabase();
const files = testFolder();

type Trx = Transaction<DB>;

const outcomes = async (trx: Trx, ...paths: string[]) =>
  (await load(trx, paths)).map(({ outcome }) => outcome);

/** What a query finds, each row in one text. */
const found = async (trx: Trx, query: string): Promise<string[]> =>
  (await sql.raw<object>(query).execute(trx)).rows.map((row) =>
    Object.values(row)
      .map((value) => value ?? '-')
      .join(' | '),
  );

const ofKeys =
  "select question_code, question_id from core.question where edition_code = 'Invented 1' order by 1";

/** All of an edition but for keys of the database, what is not known, and the order of words. */
const said = (document: unknown): unknown =>
  JSON.parse(
    JSON.stringify(document, (key, value: unknown) => {
      if (value === null || ['id', 'sampleId', 'z'].includes(key)) return undefined;
      return Array.isArray(value) && typeof value[0] === 'string' ? value.toSorted() : value;
    }),
  );

/** Expects that an edition is in the database, read again, what the files of its folder say. */
async function isAsItsFilesSay(trx: Trx, folder: string): Promise<void> {
  const { edition } = toEdition(await openEdition(folder));
  const [read] = await trx
    .selectFrom('rating.edition_document')
    .select('document')
    .where('edition_code', '=', edition.code)
    .execute();
  expect(said(read?.document)).toEqual(said(edition));
}

test('an edition loads, an amendment made whole, and again changes nothing', async () => {
  const folder = await files.folder(editionFiles());
  await rolledBack(database.db, async (trx) => {
    expect(await load(trx, [folder])).toMatchObject([
      { kind: 'edition', name: 'edition Invented 1', outcome: 'loaded', notices: [] },
    ]);
    const rules = await found(
      trx,
      `select effective_from, rounding, confidence_level, discretion_points, string_agg(from_percent || ' ' || band.rating, ', ' order by from_percent)
      from core.rule_set join core.band using (rule_set_id) where rule_set.edition_code = 'Invented 1'
      group by rule_set_id order by effective_from`,
    );
    expect(rules).toEqual([
      '2020-01-01 | half up | 95 | 3 | 0 Weak, 40 Fair, 70 Strong',
      '2021-01-01 | down | 95 | 3 | 0 Weak, 40 Fair, 70 Strong',
    ]);
    const before = await contents(trx);
    expect(await outcomes(trx, folder)).toEqual(['unchanged']);
    expect(await contents(trx)).toEqual(before);
  });
});

test('an edition is read again as its files say it', async () => {
  const { rules, questions } = goodEdition;
  const more = 'about: Age then, values: [10 to 14, {value: 15 to 17, also: [older]}]';
  const folders = [
    await files.folder(
      editionFiles({ rules, questions: questions.replace('values: [10 to 14, 15 to 17]', more) }),
    ),
    path.join(packageFolder, 'examples', 'adult-probation', 'edition'),
    ...['2018', '2021', '2025'].map((code) => dbPath('editions', code)),
  ];
  await rolledBack(database.db, async (trx) => {
    await load(trx, folders.slice(0, 2));
    for (const folder of folders) await isAsItsFilesSay(trx, folder);
  });
});

test('an edition loads in one call with an inspection under it, whatever comes first', async () => {
  const [bundle, folder] = [await files.bundle(underGoodEdition), await files.folder(editionFiles())];
  await rolledBack(database.db, async (trx) => {
    expect(await outcomes(trx, bundle, folder)).toEqual(['loaded', 'loaded']);
    // 5/8 is 62.5%, 5/6 is 83.3%
    const results =
      "select key_question, percent, rating from analytics.key_question_result where edition = 'Invented 1' order by 1";
    expect(await found(trx, results)).toEqual(['B.1.1 | 63 | Fair', 'B.2.1 | 83 | Strong']);
  });
});

describe('a changed edition', () => {
  const { rules, questions } = goodEdition;
  const moved = questions
    .replace(/ +- code: "B\.1\.1"\n[\s\S]*?(?= +- \{code: "B\.1\.2")/, '')
    .concat(
      '          - {code: "B.1.1", text: Was it assessed?, prompts: [{code: "B.1.1.a", text: By whom?}]}\n          - {code: "B.1.1.b", text: When?}\n',
    );
  test.each<[what: string, version: Partial<typeof goodEdition>]>([
    ['has other words', { questions: questions.replace('it assessed?', 'it well assessed?') }],
    [
      'moves a question with its prompts to another standard, and one to the other level',
      { questions: moved },
    ],
    [
      'reorders its scale',
      {
        rules: rules
          .replace('[Weak, Fair, Strong]', '[Poor, Weak, Fair, Strong]')
          .replace('{Weak: 0', '{Poor: 0, Weak: 0'),
      },
    ],
    [
      'rates by its changed rules at once',
      { rules: rules.replace('{from_percent: 40, rating: Fair}', '{from_percent: 64, rating: Fair}') },
    ],
    [
      'gives inspections that are loaded a sample that it did not have',
      { questions: questions.replace('samples:\n', 'samples:\n  - {sample: resettlement}\n') },
    ],
  ])('%s: it is as its files say, and its questions keep their keys', async (what, version) => {
    const paths = [await files.folder(editionFiles()), await files.bundle(underGoodEdition)];
    const folder = await files.folder(editionFiles({ ...goodEdition, ...version }));
    await rolledBack(database.db, async (trx) => {
      await load(trx, paths);
      const keys = await found(trx, ofKeys);
      expect(await outcomes(trx, folder)).toEqual(['replaced']);
      await isAsItsFilesSay(trx, folder);
      expect(await found(trx, ofKeys)).toEqual(keys);
      // 62.5% is 63, which was Fair
      const rated = "select rating from analytics.key_question_result where key_question = 'B.1.1'";
      expect(await found(trx, rated)).toEqual([what.startsWith('rates') ? 'Weak' : 'Fair']);
      const samples =
        "select from core.inspection_sample join core.sample using (sample_id) where sample.edition_code = 'Invented 1'";
      expect(await found(trx, samples)).toHaveLength(what.includes('a sample') ? 3 : 2);
    });
  });

  test('where no inspection uses it: has another question, judges a standard otherwise, and ends a question', async () => {
    const other = questions
      .replace('{code: "B.1.1.b", text: When?, applies_when: in time}', '{code: "B.1.1.c", text: Why?}')
      .replace('text: Was it assessed?', 'text: Was it assessed?\n            until: "2022-01-01"')
      .replace('title: Reviewing\n        basis: cases', 'title: Reviewing\n        basis: qualitative');
    const [first, second] = [editionFiles(), editionFiles({ rules, questions: other })];
    await rolledBack(database.db, async (trx) => {
      expect(await outcomes(trx, await files.folder(first))).toEqual(['loaded']);
      const keys = await found(trx, ofKeys);
      expect(await outcomes(trx, await files.folder(second))).toEqual(['replaced']);
      await isAsItsFilesSay(trx, await files.folder(second));
      const now = await found(trx, ofKeys);
      expect(now.filter((key) => !keys.includes(key)).map((key) => key.split(' ')[0])).toEqual([
        'B.1.1.c',
        'B.2.1',
      ]);
    });
  });
});

describe('what a loaded inspection uses stays', () => {
  const inUse = 'but an inspection that is loaded uses it';
  const gone = `is not there any more, ${inUse}`;
  const instead = `${gone}: end it with until:, instead of deleting it`;
  test.each<[from: string, to: string, message: string]>([
    [
      '{code: "B.2.1", text: Was it reviewed?, until: "2021-01-01"}',
      '{code: "B.2.2", text: Was it reviewed?}',
      `question B.2.1 ${instead}`,
    ],
    [
      '    sample: court\n',
      '    sample: visits\n',
      `question B.1.1 was of court, and now is of visits, ${inUse}`,
    ],
    [
      'title: Running it\n    standards:\n      - {code: "A.1", title: Leading, basis: qualitative',
      'title: Running it\n    sample: court\n    standards:\n      - {code: "A.1", title: Leading, basis: cases',
      `standard A.1 was of qualitative, and now is of cases, ${inUse}`,
    ],
    ['  - code: A\n', '  - code: C\n', `domain A ${gone}`],
    ['code: "A.1", title', 'code: "A.2", title', `standard A.1 ${gone}`],
    [
      'sample: court, kinds: [community_sentence, {kind: referral_order, part_of: community_sentence}, custodial_sentence, other]',
      'sample: court, kinds: [referral_order]',
      `kind of case other of sample court ${gone}`,
    ],
    ['values: [10 to 14, 15 to 17]', 'values: [10 to 14]', `value 15 to 17 of age_band ${gone}`],
    ['domains:', 'domains:', `rating Strong ${gone}`],
  ])('%s changed to %s', async (from, to, message) => {
    // rules that name none of what goes
    const rules = goodEdition.rules
      .replace('["A.1", "B.1", "B.2"]', '["B.1"]')
      .replace('standards: ["A.1"]', 'standards: ["B.1"]')
      .replace('from_score: 2', 'from_score: 1')
      .replace('from_score: 5', 'from_score: 2')
      .replaceAll('Strong', 'Great');
    const other = changed(goodEdition.questions, from, to).text;
    const folder = await files.folder(editionFiles({ rules, questions: other }));
    const bundle = await files.folder({
      'inspection.yaml': underGoodEdition
        .replace('sample: {court_disposals: {cases: 8}}', 'sample: {court_disposals: {cases: 1}}')
        .replace(/key_questions:[\s\S]*?(?=findings:)/, ''),
      'cases.csv': 'case,sample,disposal,age_band\nK1,court,other,15 to 17\n',
      'answers.csv': 'case,B.1.1,B.1.1.a,B.1.1.b,B.1.2,B.2.1\nK1,yes,no,na,,no\n',
    });
    const first = await files.folder(editionFiles());
    await rolledBack(database.db, async (trx) => {
      await load(trx, [first, bundle]);
      const error = await refused(trx, [folder]);
      expect(error.message).toBe("Edition Invented 1 can't be loaded; nothing was.");
      expect(error.problems.map((problem) => problem.message)).toContain(message);
    });
  });
});

describe('a bundle that names no edition', () => {
  /** An invented bundle, with a report's dates and what else it says. */
  const bundle = (report: string, said: string) =>
    files.folder({ 'inspection.yaml': `synthetic: true\nservice: Barnet\nreport: {${report}}\n${said}\n` });

  test.each([
    [
      'fieldwork_month: "2021-09", published: "2022-01"',
      'standard_ratings: {"4.1": {rating: Good}}',
      '2021, by the standards it names (4.1)',
    ],
    [
      'fieldwork_month: "2021-09"',
      'prompts: {"3.4.1.a": {relevant_cases: 5, yes: 3}}',
      '2018, by the standards and questions it names (3.4.1.a)',
    ],
    [
      'fieldwork_month: "2021-09", published: "2021-12-31"',
      'standard_ratings: {"2.1": {rating: Good}}',
      '2021, by its fieldwork of 2021-09',
    ],
    [
      'published: "2019-05"',
      'standard_ratings: {"2.1": {rating: Good}}',
      '2018, by its publication of 2019-05',
    ],
  ])('of %s and %s is of %s', async (report, said, told) => {
    const [loaded] = await load(database.db, [await bundle(report, said)], { dryRun: true });
    expect(loaded?.notices.map(formatProblem)).toContainEqual(expect.stringContaining(`edition ${told}`));
  });

  test('is refused where two editions were in use at the time: no date decides', async () => {
    const folder = await bundle('published: "2021-12-31"', 'standard_ratings: {"2.1": {rating: Good}}');
    const error = await refused(database.db, [folder]);
    expect(error.problems.map(formatProblem)).toEqual([
      expect.stringMatching(/may be of edition 2018 or 2021: name it under edition/),
    ]);
  });
});
