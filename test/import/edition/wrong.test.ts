import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { changed, refused, testFolder, type WrongCase } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';
import { editionFiles, goodEdition } from '../../support/editions.js';
import { wrongQuestions } from './wrong/questions.js';
import { wrongBands, wrongRules } from './wrong/rules.js';

// Each case changes one thing of a good edition; '▸' stands where the problem has to be reported.

const database = testDatabase();
const files = testFolder();

function refuses(part: 'rules' | 'questions', cases: WrongCase[]): void {
  test.each(cases)('%s', async (_, from, to, message) => {
    expect(to).toContain('▸');
    const { text, line, column } = changed(goodEdition[part], from, to);
    const folder = await files.folder(editionFiles({ ...goodEdition, [part]: text }));
    const { problems } = await refused(database.db, [folder]);
    expect(problems).toEqual([{ file: path.join(folder, `${part}.yaml`), line, column, message }]);
  });
}

describe('bands', () => {
  refuses('rules', wrongBands);

  test('with a rating that is not on the scale', async () => {
    const { text, line } = changed(
      goodEdition.rules,
      `    bands:
      - {from_percent: 0, rating: Weak}
      - {from_percent: 40, rating: Fair}`,
      `    ▸bands:
      - {from_percent: 0, rating: Weak}
      - {from_percent: 40, rating: fairr}`,
    );
    const folder = await files.folder(editionFiles({ ...goodEdition, rules: text }));
    const { problems } = await refused(database.db, [folder]);
    expect(problems[0]).toMatchObject({
      line,
      message: '"fairr" is not on the scale (did you mean "Fair"?): Weak, Fair, Strong',
    });
  });
});

describe('rules', () => {
  refuses('rules', wrongRules);

  test.each([
    'percentage_base',
    'rounding',
    'band_on',
    'confidence_level',
    'bands',
    'discretion',
    'scores',
    'counting_standards',
    'overall_bands',
    'limiting_judgements',
    'unrated_standard',
  ])('the first rules without %s', async (rule) => {
    const [first = '', amendment = ''] = goodEdition.rules.split('  - effective_from: "2021-01-01"');
    // the rule and what is indented below it
    const without = first.replace(new RegExp(`^    ${rule}:.*\\n(      .*\\n)*`, 'm'), '');
    expect(without).not.toBe(first);
    const rules = `${without}  - effective_from: "2021-01-01"${amendment}`;
    const folder = await files.folder(editionFiles({ ...goodEdition, rules }));
    const { problems } = await refused(database.db, [folder]);
    expect(problems[0]).toEqual({
      file: path.join(folder, 'rules.yaml'),
      line: 5,
      column: 5,
      message: `rules from 2020-01-01: ${rule} missing: give them, or name them under not_known where no source is known`,
    });
  });
});

describe('questions', () => {
  refuses('questions', wrongQuestions);

  test('a key question twice', async () => {
    const { text, line, column } = changed(
      goodEdition.questions,
      '{code: "B.2.1", text: Was it reviewed?, until: "2021-01-01"}',
      '▸{code: "B.1.1", text: Was it reviewed?}',
    );
    const folder = await files.folder(editionFiles({ ...goodEdition, questions: text }));
    const { problems } = await refused(database.db, [folder]);
    expect(problems).toMatchObject([{ line, column, message: 'question B.1.1 stands twice' }]);
  });

  test('a standard twice', async () => {
    const { text, line } = changed(goodEdition.questions, 'code: "B.2"', '▸code: "B.1"');
    const folder = await files.folder(editionFiles({ ...goodEdition, questions: text }));
    const { problems } = await refused(database.db, [folder]);
    expect(problems.map((problem) => problem.message)).toContain('standard B.1 stands twice');
    expect(problems.find(({ message }) => message.startsWith('standard'))?.line).toBe(line);
  });

  test('standards judged on cases in a domain without a sample', async () => {
    const questions = goodEdition.questions.replace('    sample: court\n', '');
    const folder = await files.folder(editionFiles({ ...goodEdition, questions }));
    const { problems } = await refused(database.db, [folder]);
    expect(problems.map(({ line, message }) => [line, message])).toEqual([
      [14, 'standard B.1 is judged on cases, but its domain names no sample'],
      [25, 'standard B.2 is judged on cases, but its domain names no sample'],
    ]);
  });

  test('an unknown key of a prompt', async () => {
    const { text, line } = changed(
      goodEdition.questions,
      'text: By whom?',
      'text: By whom?, ▸untill: "2021-01-01"',
    );
    const folder = await files.folder(editionFiles({ ...goodEdition, questions: text }));
    const { problems } = await refused(database.db, [folder]);
    expect(problems).toMatchObject([{ line, message: expect.stringContaining('unknown key "untill"') }]);
  });

  test('more questions than any edition has', async () => {
    const prompts = Array.from(
      { length: 6000 },
      (_, at) => `              - {code: "B.1.1.x${at}", text: And?}\n`,
    );
    const questions = goodEdition.questions.replace(
      '            prompts:\n',
      `            prompts:\n${prompts.join('')}`,
    );
    const folder = await files.folder(editionFiles({ ...goodEdition, questions }));
    const { problems } = await refused(database.db, [folder]);
    expect(problems).toMatchObject([
      { line: 6, message: 'there are more than 5000 standards and questions' },
    ]);
  });
});

describe('the folder', () => {
  test('without questions.yaml', async () => {
    const folder = await files.folder({ 'rules.yaml': goodEdition.rules });
    expect((await refused(database.db, [folder])).message).toBe(
      `${folder}/questions.yaml can't be read: there is no such file: correct the path or put the file there.`,
    );
  });

  test('with broken rules', async () => {
    const { text, line } = changed(
      goodEdition.rules,
      'title: An invented edition',
      'title: "An invented edition\n▸',
    );
    const folder = await files.folder(editionFiles({ ...goodEdition, rules: text }));
    const { problems } = await refused(database.db, [folder]);
    expect(problems[0]).toMatchObject({ file: path.join(folder, 'rules.yaml') });
    expect(problems[0]?.line).toBeGreaterThanOrEqual(line - 1);
  });

  test('with empty files', async () => {
    const folder = await files.folder({ 'rules.yaml': '', 'questions.yaml': '' });
    const { problems } = await refused(database.db, [folder]);
    expect(problems.map(({ message }) => message)).toEqual([
      'the file is empty: it has to be keys with values',
      'the file is empty: it has to be keys with values',
    ]);
  });

  test('with a good edition, and a bundle that is wrong under it: neither is loaded', async () => {
    const folder = await files.folder(editionFiles());
    const bundle = await files.bundle(`service: Wigan YOT
report: {fieldwork_month: "2020-03"}
edition: Invented 1
key_questions:
  "B.1.9": {percent_yes: 5}
`);
    const { problems } = await refused(database.db, [folder, bundle]);
    expect(problems).toMatchObject([{ file: bundle, line: 5 }]);
  });

  test('with a question that is no longer asked, and a bundle that answers it', async () => {
    const folder = await files.folder(editionFiles());
    const bundle = await files.bundle(`service: Wigan YOT
report: {fieldwork_month: "2021-01"}
edition: Invented 1
key_questions:
  "B.2.1": {percent_yes: 5}
`);
    const { problems } = await refused(database.db, [folder, bundle]);
    expect(problems).toMatchObject([{ file: bundle, line: 5, message: 'B.2.1 was not asked in 2021-01-01' }]);
  });
});
