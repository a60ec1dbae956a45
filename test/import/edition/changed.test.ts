import { describe, expect, test } from 'vitest';
import { load } from '../../../src/import/load.js';
import { UserError } from '../../../src/problem.js';
import { changed, testFolder } from '../../support/bundles.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { editionFiles, goodEdition, underGoodEdition } from '../../support/editions.js';
import { ids, loaded, questions, type Trx } from './stored.js';

const database = testDatabase();
const files = testFolder();

/** The edition's folder with one thing in one of its files changed. */
const with1 = (file: 'rules' | 'questions', from: string, to: string) =>
  files.folder(editionFiles({ ...goodEdition, [file]: changed(goodEdition[file], from, to).text }));

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
    const folder = await with1('questions', 'samples:\n', 'samples:\n  - {sample: resettlement}\n');
    await after(folder, async (trx) => {
      const samples = await trx
        .selectFrom('core.inspection_sample')
        .innerJoin('core.sample', 'core.sample.sample_id', 'core.inspection_sample.sample_id')
        .select('sample')
        .where('core.sample.edition_code', '=', 'Invented 1')
        .orderBy('sample')
        .execute();
      expect(samples.map(({ sample }) => sample)).toEqual(['court', 'resettlement', 'visits']);
    });
  });
});
