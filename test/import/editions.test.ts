import type { Transaction } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { load } from '../../src/import/load.js';
import { UserError } from '../../src/problem.js';
import { changed, contents, expectPlainWords, refused, testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { editionFiles, goodEdition, underGoodEdition } from '../support/editions.js';

const database = testDatabase();
const files = testFolder();

type Trx = Transaction<DB>;
const loaded = async (trx: Trx, ...paths: string[]) => (await load(trx, paths)).map(({ outcome }) => outcome);

/** The edition's folder with one thing in one of its files changed. */
const with1 = (file: 'rules' | 'questions', from: string, to: string) =>
  files.folder(editionFiles({ ...goodEdition, [file]: changed(goodEdition[file], from, to).text }));

/** The invented edition's questions: code with key, and where each hangs. */
async function questions(trx: Trx) {
  const rows = await trx
    .selectFrom('core.question as question')
    .leftJoin('core.question as parent', 'parent.question_id', 'question.parent_question_id')
    .select(['question.question_id', 'question.question_code', 'question.level', 'question.standard_code'])
    .select(['parent.question_code as parent', 'question.in_force', 'question.text'])
    .where('question.edition_code', '=', 'Invented 1')
    .orderBy('question.position')
    .execute();
  return rows;
}

const ids = async (trx: Trx) =>
  Object.fromEntries((await questions(trx)).map((row) => [row.question_code, row.question_id]));

describe('an edition from a folder', () => {
  test('loads, with its scale, questions and rules', async () => {
    const folder = await files.folder(editionFiles());
    await rolledBack(database.db, async (trx) => {
      expect(await load(trx, [folder])).toMatchObject([
        { kind: 'edition', name: 'edition Invented 1', outcome: 'loaded', notices: [] },
      ]);
      expect((await questions(trx)).map((row) => Object.values(row).slice(1))).toEqual([
        ['A.1.1', 'key question', 'A.1', null, '(,)', 'Does somebody lead?'],
        ['B.1.1', 'key question', 'B.1', null, '(,)', 'Was it assessed?'],
        ['B.1.1.a', 'prompt', 'B.1', 'B.1.1', '(,)', 'By whom?'],
        ['B.1.1.b', 'prompt', 'B.1', 'B.1.1', '(,)', 'When?'],
        ['B.1.2', 'key question', 'B.1', null, '(,)', 'Was it written down?'],
        ['B.2.1', 'key question', 'B.2', null, '(,2021-01-01)', 'Was it reviewed?'],
      ]);
      const scale = await trx
        .selectFrom('core.rating')
        .select(['rating', 'rating_rank'])
        .where('edition_code', '=', 'Invented 1')
        .orderBy('rating_rank')
        .execute();
      expect(scale.map((row) => Object.values(row))).toEqual([
        ['Weak', 0],
        ['Fair', 1],
        ['Strong', 2],
      ]);
    });
  });

  test('an amendment is made whole out of the rules before it', async () => {
    const folder = await files.folder(editionFiles());
    await rolledBack(database.db, async (trx) => {
      await load(trx, [folder]);
      const rules = await trx
        .selectFrom('core.rule_set')
        .select(['effective_from', 'rounding', 'confidence_level', 'discretion_points', 'rule_set_id'])
        .where('edition_code', '=', 'Invented 1')
        .orderBy('effective_from')
        .execute();
      expect(rules.map((row) => Object.values(row).slice(0, 4))).toEqual([
        ['2020-01-01', 'half up', 95, 3],
        ['2021-01-01', 'down', 95, 3],
      ]);
      const bands = await trx
        .selectFrom('core.band')
        .select(['from_percent', 'rating'])
        .where('rule_set_id', '=', rules[1]?.rule_set_id as number)
        .orderBy('from_percent')
        .execute();
      expect(bands.map((row) => Object.values(row))).toEqual([
        [0, 'Weak'],
        [40, 'Fair'],
        [70, 'Strong'],
      ]);
    });
  });

  test('loads in one call with an inspection under it, whatever comes first', async () => {
    const [bundle, folder] = [await files.bundle(underGoodEdition), await files.folder(editionFiles())];
    await rolledBack(database.db, async (trx) => {
      expect(await loaded(trx, bundle, folder)).toEqual(['loaded', 'loaded']);
      const rows = await trx
        .selectFrom('analytics.key_question_result')
        .select(['key_question', 'percent', 'rating'])
        .where('edition', '=', 'Invented 1')
        .orderBy('key_question')
        .execute();
      // 5/8 is 62.5%, 5/6 is 83.3%
      expect(rows.map((row) => Object.values(row))).toEqual([
        ['B.1.1', 63, 'Fair'],
        ['B.2.1', 83, 'Strong'],
      ]);
    });
  });

  test('loaded again changes nothing', async () => {
    const folder = await files.folder(editionFiles());
    await rolledBack(database.db, async (trx) => {
      await load(trx, [folder]);
      const before = await contents(trx);
      expect(await loaded(trx, folder)).toEqual(['unchanged']);
      expect(await contents(trx)).toEqual(before);
    });
  });
});

describe('a changed edition', () => {
  /** Loads the good edition and an inspection under it, then another version of it; looks at what came of it. */
  const after = async (folder: string, look: (trx: Trx, before: Record<string, number>) => Promise<void>) => {
    const first = await files.folder(editionFiles());
    const bundle = await files.bundle(underGoodEdition);
    await rolledBack(database.db, async (trx) => {
      await load(trx, [first, bundle]);
      const before = await ids(trx);
      expect(await loaded(trx, folder)).toEqual(['replaced']);
      await look(trx, before);
    });
  };

  test('keeps the keys of its questions when their words change, and the results that hang on them', async () => {
    await after(
      await with1('questions', 'Was it assessed?', 'Was it well assessed?'),
      async (trx, before) => {
        expect(await ids(trx)).toEqual(before);
        expect((await questions(trx))[1]).toMatchObject({ text: 'Was it well assessed?' });
        const results = await trx
          .selectFrom('core.published_result')
          .innerJoin(
            'core.inspection',
            'core.inspection.inspection_id',
            'core.published_result.inspection_id',
          )
          .select('yes')
          .where('is_synthetic', '=', true)
          .orderBy('question_id')
          .execute();
        expect(results.map(({ yes }) => yes).sort()).toEqual([4, 5, 5]);
      },
    );
  });

  test('rates by its changed rules at once', async () => {
    await after(
      await with1('rules', '{from_percent: 40, rating: Fair}', '{from_percent: 64, rating: Fair}'),
      async (trx) => {
        const row = await trx
          .selectFrom('analytics.key_question_result')
          .select(['percent', 'rating'])
          .where('key_question', '=', 'B.1.1')
          .execute();
        expect(row).toEqual([{ percent: 63, rating: 'Weak' }]);
      },
    );
  });

  test('has a question more, and those there keep their keys', async () => {
    const folder = await with1(
      'questions',
      '{code: "B.1.1.b"',
      '{code: "B.1.1.c", text: Why?}\n              - {code: "B.1.1.b"',
    );
    await after(folder, async (trx, before) => {
      expect(await ids(trx)).toEqual({ ...before, 'B.1.1.c': expect.any(Number) });
    });
  });

  test('loses a question that no inspection uses', async () => {
    const folder = await with1(
      'questions',
      '              - {code: "B.1.1.b", text: When?, applies_when: in time}\n',
      '',
    );
    await after(folder, async (trx, { 'B.1.1.b': _, ...kept }) => {
      expect(await ids(trx)).toEqual(kept);
    });
  });

  test('ends a question at a date, which an inspection may use', async () => {
    const folder = await with1(
      'questions',
      'text: Was it assessed?',
      'text: Was it assessed?\n            until: "2022-01-01"',
    );
    await after(folder, async (trx, before) => {
      expect(await ids(trx)).toEqual(before);
      expect((await questions(trx))[1]?.in_force).toBe('(,2022-01-01)');
    });
  });

  test('moves a question with its prompts to another standard, and one to the other level', async () => {
    const moved = goodEdition.questions
      .replace(
        `          - code: "B.1.1"
            text: Was it assessed?
            prompts:
              - {code: "B.1.1.a", text: By whom?}
              - {code: "B.1.1.b", text: When?, applies_when: in time}
`,
        '',
      )
      .concat(`          - code: "B.1.1"
            text: Was it assessed?
            prompts: [{code: "B.1.1.a", text: By whom?}]
          - {code: "B.1.1.b", text: When?}
`);
    const folder = await files.folder(editionFiles({ ...goodEdition, questions: moved }));
    await after(folder, async (trx, before) => {
      expect(await ids(trx)).toEqual(before);
      const rows = (await questions(trx)).map((row) => [
        row.question_code,
        row.level,
        row.standard_code,
        row.parent,
      ]);
      expect(rows).toEqual([
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
    const folder = await with1('questions', '  - code: B\n', '  - code: C\n');
    await after(folder, async (trx, before) => {
      expect(await ids(trx)).toEqual(before);
      const domains = await trx
        .selectFrom('core.domain')
        .select('domain_code')
        .where('edition_code', '=', 'Invented 1')
        .orderBy('domain_code')
        .execute();
      expect(domains.map(({ domain_code }) => domain_code)).toEqual(['A', 'C']);
    });
  });

  test('judges a standard otherwise that no inspection has been rated on', async () => {
    const first = await files.folder(editionFiles());
    const folder = await with1(
      'questions',
      'title: Reviewing\n        basis: cases',
      'title: Reviewing\n        basis: qualitative',
    );
    await rolledBack(database.db, async (trx) => {
      await load(trx, [first]);
      expect(await loaded(trx, folder)).toEqual(['replaced']);
      const row = await trx
        .selectFrom('core.standard')
        .select('basis')
        .where('edition_code', '=', 'Invented 1')
        .where('standard_code', '=', 'B.2')
        .execute();
      expect(row).toEqual([{ basis: 'qualitative' }]);
    });
  });

  test('reorders its scale', async () => {
    const folder = await with1(
      'rules',
      'ratings: [Weak, Fair, Strong]',
      'ratings: [Poor, Weak, Fair, Strong]',
    ).then((wrong) => wrong);
    const first = await files.folder(editionFiles());
    await rolledBack(database.db, async (trx) => {
      await load(trx, [first]);
      // the new rating needs a score: without one the edition contradicts itself
      await expect(load(trx, [folder])).rejects.toThrow(UserError);
    });
    const whole = await files.folder(
      editionFiles({
        ...goodEdition,
        rules: goodEdition.rules
          .replace('[Weak, Fair, Strong]', '[Poor, Weak, Fair, Strong]')
          .replace('{Weak: 0', '{Poor: 0, Weak: 0'),
      }),
    );
    await after(whole, async (trx) => {
      const scale = await trx
        .selectFrom('core.rating')
        .select('rating')
        .where('edition_code', '=', 'Invented 1')
        .orderBy('rating_rank')
        .execute();
      expect(scale.map(({ rating }) => rating)).toEqual(['Poor', 'Weak', 'Fair', 'Strong']);
    });
  });

  test('gives inspections that are loaded a sample that it did not have', async () => {
    const folder = await with1(
      'questions',
      '  - code: B\n',
      '  - {code: D, title: More, sample: resettlement, standards: []}\n  - code: B\n',
    );
    await after(folder, async (trx) => {
      const samples = await trx
        .selectFrom('core.inspection_sample')
        .select('sample')
        .where('edition_code', '=', 'Invented 1')
        .orderBy('sample')
        .execute();
      expect(samples.map(({ sample }) => sample)).toEqual(['court', 'resettlement']);
    });
  });
});

describe('what a loaded inspection uses stays', () => {
  const inUse = 'but an inspection that is loaded uses it';
  test.each<[name: string, from: string, to: string, message: string]>([
    [
      'a question with a result',
      '          - {code: "B.2.1", text: Was it reviewed?, until: "2021-01-01"}\n',
      '          - {code: "B.2.2", text: Was it reviewed?}\n',
      `question B.2.1 is not there any more, ${inUse}: end it with until:, instead of deleting it`,
    ],
    [
      'a prompt with a result',
      '              - {code: "B.1.1.a", text: By whom?}\n',
      '',
      `question B.1.1.a is not there any more, ${inUse}: end it with until:, instead of deleting it`,
    ],
    [
      'the sample of a question',
      'sample: court',
      'sample: out of court',
      // B.1.2 applies to a disposal that only the court sample has
      'question B.1.2: no disposal "referral_order" in sample "out of court": community_resolution, other, triage, youth_caution, youth_conditional_caution',
    ],
    [
      'the basis of a standard',
      'title: Reviewing\n        basis: cases',
      'title: Reviewing\n        basis: qualitative',
      `question B.2.1 was asked of court cases and now is of no cases, ${inUse}`,
    ],
    [
      'the basis of a judged standard',
      'title: Running it\n    standards:\n      - {code: "A.1", title: Leading, basis: qualitative',
      'title: Running it\n    sample: court\n    standards:\n      - {code: "A.1", title: Leading, basis: cases',
      `standard A.1 was judged by qualitative and now is by cases, ${inUse}`,
    ],
    [
      'a domain that a finding is about',
      '  - code: A\n',
      '  - code: C\n',
      `domain A is not there any more, ${inUse}`,
    ],
    [
      'a standard that a finding is about',
      'code: "B.2"',
      'code: "B.3"',
      `standard B.2 is not there any more, ${inUse}`,
    ],
    [
      'a standard with a rating',
      'code: "A.1", title',
      'code: "A.2", title',
      `standard A.1 is not there any more, ${inUse}`,
    ],
  ])('%s', async (_, from, to, message) => {
    const first = await files.folder(editionFiles());
    const bundle = await files.bundle(underGoodEdition);
    // rules that name none of the standards that go
    const rules = goodEdition.rules
      .replace('["A.1", "B.1", "B.2"]', '["B.1"]')
      .replace('standards: ["A.1"]', 'standards: ["B.1"]');
    const { text: questions } = changed(goodEdition.questions, from, to);
    const folder = await files.folder(editionFiles({ rules, questions }));
    await rolledBack(database.db, async (trx) => {
      await load(trx, [first, bundle]);
      const before = await contents(trx);
      const error = await load(trx, [folder]).catch((reason: unknown) => reason);
      if (!(error instanceof UserError)) throw error;
      expectPlainWords(error);
      expect(error.problems.map((problem) => problem.message)).toContain(message);
      expect(await contents(trx)).toEqual(before);
    });
  });

  test('a rating', async () => {
    const first = await files.folder(editionFiles());
    const bundle = await files.bundle(underGoodEdition);
    const folder = await files.folder(
      editionFiles({ ...goodEdition, rules: goodEdition.rules.replaceAll('Strong', 'Great') }),
    );
    await rolledBack(database.db, async (trx) => {
      await load(trx, [first, bundle]);
      const error = await load(trx, [folder]).catch((reason: unknown) => reason);
      if (!(error instanceof UserError)) throw error;
      expect(error.message).toBe("Edition Invented 1 can't be loaded; nothing was.");
      expect(error.problems).toMatchObject([
        { file: `${folder}/rules.yaml`, message: `rating "Strong" is not on the scale any more, ${inUse}` },
      ]);
    });
  });

  test('of the editions that come with the package, when somebody loads another version of one', async () => {
    const folder = await files.folder(
      editionFiles({ ...goodEdition, rules: goodEdition.rules.replace('Invented 1', '"2018"') }),
    );
    const { problems } = await refused(database.db, [folder]);
    expect(problems.length).toBeGreaterThan(100);
    expect(problems.map(({ message }) => message)).toContain(
      `question 2.1.1 is not there any more, ${inUse}: end it with until:, instead of deleting it`,
    );
  });
});
