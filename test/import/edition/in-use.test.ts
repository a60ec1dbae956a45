import { describe, expect, test } from 'vitest';
import { load } from '../../../src/import/load.js';
import { UserError } from '../../../src/problem.js';
import { changed, contents, expectPlainWords, refused, testFolder } from '../../support/bundles.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { editionFiles, goodEdition, underGoodEdition } from '../../support/editions.js';

const database = testDatabase();
const files = testFolder();

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
      '    sample: court\n',
      '    sample: visits\n',
      `question B.1.1 was asked of court cases and now is of visits cases, ${inUse}`,
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
      .replace('standards: ["A.1"]', 'standards: ["B.1"]')
      .replace('from_score: 2', 'from_score: 1')
      .replace('from_score: 5', 'from_score: 2');
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
