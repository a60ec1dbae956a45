import { sql, type Transaction } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { load } from '../../src/import/load.js';
import { changed, contents, refused, testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { editionFiles, goodEdition, underGoodEdition } from '../support/editions.js';

// An invented edition, an inspection under it, and other versions of the edition.

const database = testDatabase();
const files = testFolder();

type Trx = Transaction<DB>;

const outcomes = async (trx: Trx, ...paths: string[]) =>
  (await load(trx, paths)).map(({ outcome }) => outcome);

/** What a query finds, a row a list. */
const found = async (trx: Trx, query: string): Promise<unknown[][]> =>
  (await sql.raw<object>(query).execute(trx)).rows.map((row) => Object.values(row));

const questions = (trx: Trx) =>
  found(
    trx,
    `select question.question_code, question.level, question.standard_code, parent.question_code as parent, question.in_force, question.text
    from core.question left join core.question as parent on parent.question_id = question.parent_question_id
    where question.edition_code = 'Invented 1' order by question.position`,
  );

/** The keys of its questions, by code. */
const ids = async (trx: Trx): Promise<Record<string, number>> =>
  Object.fromEntries(
    await found(
      trx,
      "select question_code, question_id from core.question where edition_code = 'Invented 1'",
    ),
  );

const scale = (trx: Trx) =>
  found(trx, "select rating from core.rating where edition_code = 'Invented 1' order by rating_rank");

/** The edition's folder with one thing in one of its files changed. */
const otherVersion = (file: 'rules' | 'questions', from: string, to: string) =>
  files.folder(editionFiles({ ...goodEdition, [file]: changed(goodEdition[file], from, to).text }));

describe('an edition from a folder', () => {
  test('loads with its scale, questions and rules, and again changes nothing', async () => {
    const folder = await files.folder(editionFiles());
    await rolledBack(database.db, async (trx) => {
      expect(await load(trx, [folder])).toMatchObject([
        { kind: 'edition', name: 'edition Invented 1', outcome: 'loaded', notices: [] },
      ]);
      expect(await questions(trx)).toEqual([
        ['A.1.1', 'key question', 'A.1', null, '(,)', 'Does somebody lead?'],
        ['B.1.1', 'key question', 'B.1', null, '(,)', 'Was it assessed?'],
        ['B.1.1.a', 'prompt', 'B.1', 'B.1.1', '(,)', 'By whom?'],
        ['B.1.1.b', 'prompt', 'B.1', 'B.1.1', '(,)', 'When?'],
        ['B.1.2', 'key question', 'B.1', null, '(,)', 'Was it written down?'],
        ['B.2.1', 'key question', 'B.2', null, '(,2021-01-01)', 'Was it reviewed?'],
      ]);
      expect(await scale(trx)).toEqual([['Weak'], ['Fair'], ['Strong']]);
      // an amendment is made whole out of the rules before it
      const rules = await found(
        trx,
        `select effective_from, rounding, confidence_level, discretion_points, string_agg(from_percent || ' ' || band.rating, ', ' order by from_percent)
        from core.rule_set join core.band using (rule_set_id) where rule_set.edition_code = 'Invented 1'
        group by rule_set_id order by effective_from`,
      );
      expect(rules).toEqual([
        ['2020-01-01', 'half up', 95, 3, '0 Weak, 40 Fair, 70 Strong'],
        ['2021-01-01', 'down', 95, 3, '0 Weak, 40 Fair, 70 Strong'],
      ]);
      const before = await contents(trx);
      expect(await outcomes(trx, folder)).toEqual(['unchanged']);
      expect(await contents(trx)).toEqual(before);
    });
  });

  test('loads in one call with an inspection under it, whatever comes first', async () => {
    const [bundle, folder] = [await files.bundle(underGoodEdition), await files.folder(editionFiles())];
    await rolledBack(database.db, async (trx) => {
      expect(await outcomes(trx, bundle, folder)).toEqual(['loaded', 'loaded']);
      const results = await found(
        trx,
        "select key_question, percent, rating from analytics.key_question_result where edition = 'Invented 1' order by 1",
      );
      // 5/8 is 62.5%, 5/6 is 83.3%
      expect(results).toEqual([
        ['B.1.1', 63, 'Fair'],
        ['B.2.1', 83, 'Strong'],
      ]);
    });
  });
});

describe('a changed edition', () => {
  /** Loads the good edition and an inspection under it, then another version of it; looks at what came of it. */
  const after = async (
    version: Promise<string>,
    look: (trx: Trx, before: Record<string, number>) => Promise<void>,
  ) => {
    const paths = [await files.folder(editionFiles()), await files.bundle(underGoodEdition)];
    const folder = await version;
    await rolledBack(database.db, async (trx) => {
      await load(trx, paths);
      const before = await ids(trx);
      expect(await outcomes(trx, folder)).toEqual(['replaced']);
      await look(trx, before);
    });
  };

  test('keeps the keys of its questions when their words change, and the results that hang on them', async () => {
    await after(
      otherVersion('questions', 'Was it assessed?', 'Was it well assessed?'),
      async (trx, before) => {
        expect(await ids(trx)).toEqual(before);
        expect((await questions(trx))[1]).toContain('Was it well assessed?');
        const results = await found(
          trx,
          'select yes from core.published_result join core.inspection using (inspection_id) where is_synthetic order by yes',
        );
        expect(results).toEqual([[4], [5], [5]]);
      },
    );
  });

  test('rates by its changed rules at once', async () => {
    const version = otherVersion(
      'rules',
      '{from_percent: 40, rating: Fair}',
      '{from_percent: 64, rating: Fair}',
    );
    await after(version, async (trx) => {
      const rated = await found(
        trx,
        "select percent, rating from analytics.key_question_result where key_question = 'B.1.1'",
      );
      expect(rated).toEqual([[63, 'Weak']]);
    });
  });

  test('has a question in the place of one that no inspection uses, and ends another', async () => {
    const text = goodEdition.questions
      .replace('{code: "B.1.1.b", text: When?, applies_when: in time}', '{code: "B.1.1.c", text: Why?}')
      .replace('text: Was it assessed?', 'text: Was it assessed?\n            until: "2022-01-01"');
    const version = files.folder(editionFiles({ ...goodEdition, questions: text }));
    await after(version, async (trx, { 'B.1.1.b': _, ...kept }) => {
      expect(await ids(trx)).toEqual({ ...kept, 'B.1.1.c': expect.any(Number) });
      expect((await questions(trx))[1]?.[4]).toBe('(,2022-01-01)');
    });
  });

  test('moves a question with its prompts to another standard, and one to the other level', async () => {
    const moved = goodEdition.questions
      .replace(/ +- code: "B\.1\.1"\n[\s\S]*?(?= +- \{code: "B\.1\.2")/, '')
      .concat(
        '          - {code: "B.1.1", text: Was it assessed?, prompts: [{code: "B.1.1.a", text: By whom?}]}\n          - {code: "B.1.1.b", text: When?}\n',
      );
    const version = files.folder(editionFiles({ ...goodEdition, questions: moved }));
    await after(version, async (trx, before) => {
      expect(await ids(trx)).toEqual(before);
      expect((await questions(trx)).map((row) => row.slice(0, 4))).toEqual([
        ['A.1.1', 'key question', 'A.1', null],
        ['B.1.2', 'key question', 'B.1', null],
        ['B.2.1', 'key question', 'B.2', null],
        ['B.1.1', 'key question', 'B.2', null],
        ['B.1.1.a', 'prompt', 'B.2', 'B.1.1'],
        ['B.1.1.b', 'key question', 'B.2', null],
      ]);
    });
  });

  test('moves a standard to another domain of the same sample, and the old domain goes', async () => {
    await after(otherVersion('questions', '  - code: B\n', '  - code: C\n'), async (trx, before) => {
      expect(await ids(trx)).toEqual(before);
      const domains = await found(
        trx,
        "select domain_code from core.domain where edition_code = 'Invented 1' order by 1",
      );
      expect(domains).toEqual([['A'], ['C']]);
    });
  });

  test('judges a standard otherwise that no inspection has been rated on', async () => {
    const basis = 'title: Reviewing\n        basis: ';
    const folder = await otherVersion('questions', `${basis}cases`, `${basis}qualitative`);
    const first = await files.folder(editionFiles());
    await rolledBack(database.db, async (trx) => {
      expect(await outcomes(trx, first)).toEqual(['loaded']);
      expect(await outcomes(trx, folder)).toEqual(['replaced']);
      const row = await found(
        trx,
        "select basis from core.standard where edition_code = 'Invented 1' and standard_code = 'B.2'",
      );
      expect(row).toEqual([['qualitative']]);
    });
  });

  test('reorders its scale', async () => {
    const rules = goodEdition.rules
      .replace('[Weak, Fair, Strong]', '[Poor, Weak, Fair, Strong]')
      .replace('{Weak: 0', '{Poor: 0, Weak: 0');
    await after(files.folder(editionFiles({ ...goodEdition, rules })), async (trx) => {
      expect(await scale(trx)).toEqual([['Poor'], ['Weak'], ['Fair'], ['Strong']]);
    });
  });

  test('gives inspections that are loaded a sample that it did not have', async () => {
    const version = otherVersion('questions', 'samples:\n', 'samples:\n  - {sample: resettlement}\n');
    await after(version, async (trx) => {
      const samples = await found(
        trx,
        "select sample from core.inspection_sample join core.sample using (sample_id) where sample.edition_code = 'Invented 1' order by 1",
      );
      expect(samples).toEqual([['court'], ['resettlement'], ['visits']]);
    });
  });
});

describe('what a loaded inspection uses stays', () => {
  const inUse = 'but an inspection that is loaded uses it';
  const instead = `${inUse}: end it with until:, instead of deleting it`;
  test.each<[from: string, to: string, message: string]>([
    [
      '{code: "B.2.1", text: Was it reviewed?, until: "2021-01-01"}',
      '{code: "B.2.2", text: Was it reviewed?}',
      `question B.2.1 is not there any more, ${instead}`,
    ],
    [
      '              - {code: "B.1.1.a", text: By whom?}\n',
      '',
      `question B.1.1.a is not there any more, ${instead}`,
    ],
    [
      '    sample: court\n',
      '    sample: visits\n',
      `question B.1.1 was of court, and now is of visits, ${inUse}`,
    ],
    [
      'title: Reviewing\n        basis: cases',
      'title: Reviewing\n        basis: qualitative',
      `question B.2.1 was of court, and now is of none, ${inUse}`,
    ],
    [
      'title: Running it\n    standards:\n      - {code: "A.1", title: Leading, basis: qualitative',
      'title: Running it\n    sample: court\n    standards:\n      - {code: "A.1", title: Leading, basis: cases',
      `standard A.1 was of qualitative, and now is of cases, ${inUse}`,
    ],
    ['  - code: A\n', '  - code: C\n', `domain A is not there any more, ${inUse}`],
    ['code: "B.2"', 'code: "B.3"', `standard B.2 is not there any more, ${inUse}`],
    ['code: "A.1", title', 'code: "A.2", title', `standard A.1 is not there any more, ${inUse}`],
    [
      'sample: court, kinds: [community_sentence, {kind: referral_order, part_of: community_sentence}, custodial_sentence, other]',
      'sample: court, kinds: [referral_order]',
      `kind of case other of sample court is not there any more, ${inUse}`,
    ],
    [
      'values: [10 to 14, 15 to 17]',
      'values: [10 to 14]',
      `value 15 to 17 of age_band is not there any more, ${inUse}`,
    ],
  ])('%s changed to %s', async (from, to, message) => {
    // rules that name none of the standards that go
    const rules = goodEdition.rules
      .replace('["A.1", "B.1", "B.2"]', '["B.1"]')
      .replace('standards: ["A.1"]', 'standards: ["B.1"]')
      .replace('from_score: 2', 'from_score: 1')
      .replace('from_score: 5', 'from_score: 2');
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
      const { problems } = await refused(trx, [folder]);
      expect(problems.map((problem) => problem.message)).toContain(message);
    });
  });

  test('a rating', async () => {
    const paths = [await files.folder(editionFiles()), await files.bundle(underGoodEdition)];
    const rules = goodEdition.rules.replaceAll('Strong', 'Great');
    const folder = await files.folder(editionFiles({ ...goodEdition, rules }));
    await rolledBack(database.db, async (trx) => {
      await load(trx, paths);
      const { message, problems } = await refused(trx, [folder]);
      expect(message).toBe("Edition Invented 1 can't be loaded; nothing was.");
      expect(problems).toMatchObject([
        { file: `${folder}/rules.yaml`, message: `rating Strong is not there any more, ${inUse}` },
      ]);
    });
  });
});
