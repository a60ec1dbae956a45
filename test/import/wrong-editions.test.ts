import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { changed, refused, testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { editionFiles, goodEdition } from '../support/editions.js';

// Each case changes one thing of a good edition; '▸' stands where the problem has to be reported.

const database = testDatabase();
const files = testFolder();

type Case = [name: string, from: string, to: string, message: string];

function refuses(part: 'rules' | 'questions', cases: Case[]): void {
  test.each(cases)('%s', async (_, from, to, message) => {
    expect(to).toContain('▸');
    const { text, line, column } = changed(goodEdition[part], from, to);
    const folder = await files.folder(editionFiles({ ...goodEdition, [part]: text }));
    const { problems } = await refused(database.db, [folder]);
    expect(problems).toEqual([{ file: path.join(folder, `${part}.yaml`), line, column, message }]);
  });
}

describe('bands', () => {
  const wrong = 'the bands have to begin at 0 and to ascend, a better rating with each';
  refuses('rules', [
    [
      'not from 0',
      `    bands:
      - {from_percent: 0,`,
      `    ▸bands:
      - {from_percent: 1,`,
      wrong,
    ],
    [
      'not ascending',
      `    bands:
      - {from_percent: 0, rating: Weak}
      - {from_percent: 40,`,
      `    ▸bands:
      - {from_percent: 0, rating: Weak}
      - {from_percent: 75,`,
      wrong,
    ],
    [
      'at one percentage',
      `    bands:
      - {from_percent: 0, rating: Weak}
      - {from_percent: 40,`,
      `    ▸bands:
      - {from_percent: 0, rating: Weak}
      - {from_percent: 0,`,
      wrong,
    ],
    [
      'of descending ratings',
      `    bands:
      - {from_percent: 0, rating: Weak}`,
      `    ▸bands:
      - {from_percent: 0, rating: Strong}`,
      wrong,
    ],
    [
      'overall, not from 0',
      `    overall_bands:
      - {from_score: 0,`,
      `    ▸overall_bands:
      - {from_score: 1,`,
      wrong,
    ],
    [
      'overall, not ascending',
      `    overall_bands:
      - {from_score: 0, rating: Weak}
      - {from_score: 2,`,
      `    ▸overall_bands:
      - {from_score: 0, rating: Weak}
      - {from_score: 6,`,
      wrong,
    ],
    [
      'above 100 percent',
      '{from_percent: 70,',
      '{▸from_percent: 101,',
      'rules > 0 > bands > 2 > from_percent is 101: it has to be <= 100',
    ],
    [
      'none',
      'limiting_judgements:\n',
      '▸bandz: []\n    limiting_judgements:\n',
      'rules > 0: unknown key "bandz" (did you mean "bands"?); allowed are effective_from, note, percentage_base, rounding, band_on, confidence_level, bands, discretion, scores, counting_standards, overall_bands, limiting_judgements, unrated_standard',
    ],
  ]);

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
  refuses('rules', [
    [
      'a counting standard that there is not',
      'counting_standards: ["A.1", "B.1", "B.2"]',
      '▸counting_standards: ["A.1", "B.1", "B.3"]',
      '"B.3" is no standard of this edition (did you mean "B.1"?)',
    ],
    [
      'a counting standard named twice',
      'counting_standards: ["A.1", "B.1", "B.2"]',
      'counting_standards: ["A.1", ▸"B.1", "B.1"]',
      'rules > 0 > counting_standards: this entry stands twice',
    ],
    [
      'a limit on a standard that there is not',
      `    limiting_judgements:
      - {standards: ["A.1"]`,
      `    ▸limiting_judgements:
      - {standards: ["A.9"]`,
      '"A.9" is no standard of this edition (did you mean "A.1"?)',
    ],
    [
      'a limit to a rating that is not on the scale',
      `    limiting_judgements:
      - {standards: ["A.1"], at_or_below: Weak, overall_at_most: Fair}`,
      `    ▸limiting_judgements:
      - {standards: ["A.1"], at_or_below: Weak, overall_at_most: Excellent}`,
      '"Excellent" is not on the scale: Weak, Fair, Strong',
    ],
    [
      'a score for a rating that is not on the scale',
      'scores: {Weak: 0, Fair: 1, Strong: 2}',
      '▸scores: {Weak: 0, Fair: 1, Strong: 2, Superb: 3}',
      '"Superb" is not on the scale: Weak, Fair, Strong',
    ],
    [
      'no score for a rating',
      'scores: {Weak: 0, Fair: 1, Strong: 2}',
      '▸scores: {Weak: 0, Fair: 1}',
      'the score of "Strong" is missing',
    ],
    [
      'a score too large',
      'scores: {Weak: 0, Fair: 1, Strong: 2}',
      'scores: {Weak: 0, Fair: 1, ▸Strong: 40000}',
      'rules > 0 > scores > Strong is 40000: it has to be <= 32000',
    ],
    [
      'an amendment of the same day',
      'effective_from: "2021-01-01"',
      '▸effective_from: "2020-01-01"',
      'an amendment has to be later than the rules before it',
    ],
    [
      'an amendment that is earlier',
      'effective_from: "2021-01-01"',
      '▸effective_from: "2019-12-31"',
      'an amendment has to be later than the rules before it',
    ],
    [
      'a day that there is not',
      'effective_from: "2021-01-01"',
      '▸effective_from: "2021-02-29"',
      'rules > 1 > effective_from is "2021-02-29": it has to be a day that there is, like 2021-04-26',
    ],
    [
      'a rounding that there is not',
      'rounding: down',
      '▸rounding: nearest',
      'rules > 1 > rounding is "nearest": allowed are half up, half even, down, up',
    ],
    [
      'a confidence level that there is not',
      'confidence_level: 95',
      '▸confidence_level: 96',
      'rules > 0 > confidence_level is 96 (did you mean "90"?): allowed are 80, 90, 95, 99',
    ],
    [
      'an edition without a name',
      'edition: Invented 1',
      '▸edition: ""',
      'edition is "": it has to be letters and digits, with blanks, points or dashes between them: 2018',
    ],
    [
      'an edition of a strange name',
      'edition: Invented 1',
      '▸edition: -5',
      'edition is -5: it has to be >= 0',
    ],
    [
      'a rating twice on the scale',
      'ratings: [Weak, Fair, Strong]',
      'ratings: [Weak, ▸Fair, Strong, Fair]',
      'ratings: this entry stands twice',
    ],
    [
      'an endless rating',
      'ratings: [Weak, Fair, Strong]',
      `ratings: [Weak, Fair, Strong, ▸${'x'.repeat(3000)}]`,
      'ratings > 3 is longer than 100 characters',
    ],
  ]);

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
      message: `rules from 2020-01-01: ${rule} missing`,
    });
  });
});

describe('questions', () => {
  refuses('questions', [
    [
      'a prompt that is a key question too',
      '{code: "B.1.1.b"',
      '▸{code: "A.1.1"',
      'question A.1.1 stands twice',
    ],
    ['a prompt twice', '{code: "B.1.1.b"', '▸{code: "B.1.1.a"', 'question B.1.1.a stands twice'],
    ['a domain twice', '- code: B\n', '- ▸code: A\n', 'domain A stands twice'],
    [
      'a disposal that there is not',
      'applies_to_disposals: [referral_order]',
      'applies_to_disposals: [▸referal_order]',
      'question B.1.2: no disposal "referal_order" in sample "court" (did you mean "referral_order"?): community_sentence, custodial_sentence, other, referral_order, youth_rehabilitation_order',
    ],
    [
      'a disposal of another sample',
      'applies_to_disposals: [referral_order]',
      'applies_to_disposals: [▸triage]',
      'question B.1.2: no disposal "triage" in sample "court": community_sentence, custodial_sentence, other, referral_order, youth_rehabilitation_order',
    ],
    [
      'a disposal twice',
      'applies_to_disposals: [referral_order]',
      'applies_to_disposals: [▸referral_order, referral_order]',
      'domains > 1 > standards > 0 > key_questions > 1 > applies_to_disposals: this entry stands twice',
    ],
    [
      'a disposal where no cases are asked',
      '{code: "A.1.1", text: Does somebody lead?}',
      '{code: "A.1.1", text: Does somebody lead?, applies_to_disposals: [▸other]}',
      'question A.1.1 belongs to a qualitative standard: it is asked of no cases',
    ],
    [
      'a question that ends before it begins',
      'until: "2021-01-01"',
      'from: "2021-06-01", ▸until: "2021-01-01"',
      'question B.2.1 ends on 2021-01-01, before it begins on 2021-06-01',
    ],
    [
      'a question that ends as it begins',
      'until: "2021-01-01"',
      'from: "2021-01-01", ▸until: "2021-01-01"',
      'question B.2.1 ends on 2021-01-01, before it begins on 2021-01-01',
    ],
    [
      'a sample that there is not',
      'sample: court',
      '▸sample: courts',
      'domains > 1 > sample is "courts" (did you mean "court"?): allowed are court, out of court, resettlement',
    ],
    [
      'a basis that there is not',
      'title: Reviewing\n        basis: cases',
      'title: Reviewing\n        ▸basis: case',
      'domains > 1 > standards > 1 > basis is "case" (did you mean "cases"?): allowed are cases, qualitative',
    ],
    [
      'a code that is no code',
      '{code: "B.1.1.b"',
      '{▸code: "B 1 1 b"',
      'domains > 1 > standards > 0 > key_questions > 0 > prompts > 1 > code is "B 1 1 b": it has to be letters and digits, with points or dashes between them: 2.1.1.a',
    ],
    [
      'a blank text',
      'text: By whom?',
      '▸text: ""',
      'domains > 1 > standards > 0 > key_questions > 0 > prompts > 0 > text is "": it has to be text, not blank',
    ],
  ]);

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
      [9, 'standard B.1 is judged on cases, but its domain names no sample'],
      [20, 'standard B.2 is judged on cases, but its domain names no sample'],
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
      { line: 1, message: 'there are more than 5000 standards and questions' },
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
