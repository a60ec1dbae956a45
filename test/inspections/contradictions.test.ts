import { describe, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

// What a report prints that its other figures deny, though nothing can be computed beside it.

const database = testDatabase();
const files = testFolder();

/** How the printed figures of an inspection stand: by level and code. */
async function reconciled(given: string, edition = '2018') {
  const bundle = await files.bundle(`synthetic: true
service: {name: Barset Youth Justice Service, area: Barset}
report: {fieldwork_from: "2022-05-16"}
edition: "${edition}"
${given}`);
  return rolledBack(database.db, async (trx) => {
    const [{ inspectionId = 0 } = {}] = await load(trx, [bundle], { newService: true });
    const rows = await trx
      .selectFrom('analytics.reconciliation')
      .select(['level', 'code', 'published', 'computed', 'status', 'explanation'])
      .where('inspection_id', '=', inspectionId)
      .execute();
    return (level: string, code = level) => {
      const found = rows.filter((row) => row.level === level && row.code === code);
      return found.length === 1 ? [found[0]?.status, found[0]?.explanation] : found;
    };
  });
}

/** Ratings of standards, a line of the file. */
const rated = (rating: string, codes: readonly string[]) => codes.map((code) => `"${code}": ${rating}`);
const ratings = (...all: string[][]) => `standard_ratings: {${all.flat().join(', ')}}`;
const domain = (code: string) => [1, 2, 3, 4].map((n) => `${code}.${n}`);

describe('a printed rating of a standard of which one key question is known, 6 of 10, which is Requires improvement', () => {
  const known = `sample: {court_disposals: {cases: 10}}
key_questions: {"2.1.1": {relevant_cases: 10, yes: 6}, "2.1.2": {lost: [relevant_cases, yes]}}`;
  const decided = (from: string, to: string) =>
    `professional_discretion: [{standard: "2.1", from: ${from}, to: ${to}, reason: It was so decided.}]`;
  const unknown = 'not known: 2.1.2, 2.1.3';
  const held = '2.1.1 at 60% allows at most Requires improvement';
  const grounds = 'whether there were grounds is not known';

  test.each<[printed: string, status: string, explanation: string]>([
    ['Outstanding', 'disagrees', `${held}; ${unknown}`],
    ['Good', 'disagrees', `${held}; ${unknown}`],
    ['Requires improvement', 'not computable', unknown],
    ['Inadequate', 'not computable', unknown],
  ])('is denied if it is better: %s', async (printed, ...stands) => {
    const row = await reconciled(`${known}\n${ratings(rated(printed, ['2.1']))}`);
    expect(row('standard', '2.1')).toEqual(stands);
  });

  test.each<[from: string, to: string, printed: string, status: string, explanation: string]>([
    ['Requires improvement', 'Good', 'Good', 'not computable', `${unknown}; ${grounds}`],
    [
      'Requires improvement',
      'Good',
      'Outstanding',
      'disagrees',
      `the panel decided Good; ${unknown}; ${grounds}`,
    ],
    [
      'Good',
      'Outstanding',
      'Outstanding',
      'disagrees',
      `the panel decided from Good, but ${held}; ${unknown}; ${grounds}`,
    ],
  ])(
    'is held against the decision of a panel: from %s to %s, printed %s',
    async (from, to, printed, ...stands) => {
      const row = await reconciled(`${known}\n${decided(from, to)}\n${ratings(rated(printed, ['2.1']))}`);
      expect(row('standard', '2.1')).toEqual(stands);
    },
  );

  test('need not be there: the decision is held against what is known', async () => {
    const row = await reconciled(`${known}\n${decided('Good', 'Outstanding')}`);
    expect(row('standard', '2.1')).toEqual([
      'disagrees',
      `the panel decided from Good, but ${held}; ${unknown}; ${grounds}`,
    ]);
  });
});

test('a rating of a standard for which no case was relevant is denied; that it was not rated agrees', async () => {
  const none = 'sample: {court_disposals: {cases: 0}}';
  const row = await reconciled(`${none}\n${ratings(rated('Good', ['2.1']), ['"2.2": {not_rated: true}'])}`);
  expect(row('standard', '2.1')).toEqual(['disagrees', 'no relevant case']);
  expect(row('standard', '2.2')).toEqual(['agrees', 'no relevant case']);
});

describe('a printed score, where standards are not known', () => {
  const low = ratings(rated('Inadequate', domain('1')), rated('Good', domain('2')));
  test.each<[overall: string, status: string, explanation: string | null]>([
    ['score: 7', 'disagrees', 'the known ratings give 8 points, and could give 20 at most'],
    ['score: 8', 'not computable', null],
    ['score: 20', 'not computable', null],
    ['score: 21', 'disagrees', 'the known ratings give 8 points, and could give 20 at most'],
    ['score: 9, out_of: 21', 'disagrees', 'the maximum is 24 by the known ratings, and could be 36 at most'],
    ['score: 9, out_of: 27', 'not computable', null],
    // 8 of 36 is 22.2%, 20 of 36 is 55.6%
    [
      'score_percent: "22.1"',
      'disagrees',
      'the known ratings give 8 points, and could give 20 of 36 at most',
    ],
    ['score_percent: "22.2"', 'not computable', null],
    ['score_percent: "55.6"', 'not computable', null],
    [
      'score_percent: "55.7"',
      'disagrees',
      'the known ratings give 8 points, and could give 20 of 36 at most',
    ],
  ])('is between what they give and what they could give: %s', async (overall, status, denied) => {
    const row = await reconciled(`overall: {${overall}}\n${low}`);
    const unknown = 'no rating is known for 3.1, 3.2, 3.3, 3.4';
    expect(row('score')).toEqual([status, denied === null ? unknown : `${unknown}; ${denied}`]);
  });
});

describe('a printed overall rating, where standards are not known', () => {
  test.each<[edition: string, overall: string, status: string, denied: RegExp]>([
    // 33 of 36 is Outstanding
    ['2018', 'rating: Outstanding, score: 33', 'not computable', /^no rating is known for/],
    ['2018', 'rating: Good, score: 33', 'disagrees', /; the printed score 33 of 36 is Outstanding$/],
    // in 2021 an Inadequate 4.1 leaves it Good at most
    ['2021', 'rating: Good, score: 33', 'not computable', /\(unless it was limited: 4\.1 not known\)$/],
    ['2021', 'rating: Requires improvement, score: 33', 'disagrees', /is Outstanding$/],
    // of no case 4.1 is not rated, and limits nothing
    ['2021', 'rating: Good, score: 33}\nsample: {resettlement: {cases: 0}', 'disagrees', /is Outstanding$/],
    [
      '2021',
      'rating: Good, score: 33}\nstandard_ratings: {"4.1": {not_rated: true}',
      'disagrees',
      /is Outstanding$/,
    ],
  ])('%s, %s: held against the printed score', async (edition, overall, status, denied) => {
    const row = await reconciled(`overall: {${overall}}`, edition);
    expect(row('overall')).toEqual([status, expect.stringMatching(denied)]);
  });

  const eleven = [...domain('1'), ...domain('2'), '3.1', '3.2', '3.3'];
  test.each<[edition: string, standards: string, overall: string, status: string, denied: RegExp]>([
    // 0 to 3 points
    ['2018', ratings(rated('Inadequate', eleven)), 'Requires improvement', 'disagrees', /do not allow it$/],
    ['2018', ratings(rated('Inadequate', eleven)), 'Inadequate', 'not computable', /3\.4$/],
    // 33 to 36 points
    ['2018', ratings(rated('Outstanding', eleven)), 'Good', 'disagrees', /give 33 points, which is more$/],
    ['2018', ratings(rated('Outstanding', eleven)), 'Outstanding', 'not computable', /3\.4$/],
    ['2021', ratings(rated('Outstanding', eleven)), 'Good', 'not computable', /3\.4$/],
    ['2021', ratings(rated('Outstanding', eleven)), 'Inadequate', 'disagrees', /which is more$/],
    [
      '2021',
      `${ratings(rated('Outstanding', eleven))}\nsample: {resettlement: {cases: 0}}`,
      'Good',
      'disagrees',
      /which is more$/,
    ],
    ['2021', ratings(rated('Inadequate', ['4.1'])), 'Outstanding', 'disagrees', /do not allow it$/],
    ['2021', ratings(rated('Inadequate', ['4.1'])), 'Good', 'not computable', /3\.4$/],
  ])('%s, %s: %s', async (edition, standards, overall, status, denied) => {
    const row = await reconciled(`overall: {rating: ${overall}}\n${standards}`, edition);
    expect(row('overall')).toEqual([status, expect.stringMatching(denied)]);
  });
});

describe('figures of a question, of 9 cases', () => {
  const question = async (figures: string, prose = '') => {
    const row = await reconciled(`sample: {court_disposals: {cases: 9}}
key_questions: {"2.1.1": {${figures}}}${prose && `\nprose_counts: {"2.1.1": {${prose}}}`}`);
    return row('key question', '2.1.1');
  };

  test.each<[figures: string, prose: string, status: string, told: string]>([
    ['relevant_cases: 8, yes: 6', 'yes: 6, of: 8', 'agrees', ''],
    ['relevant_cases: 8, yes: 6', 'yes: 6', 'agrees', ''],
    ['relevant_cases: 8, yes: 6', 'yes: 5, of: 8', 'disagrees', '; the running text gives 5 of 8'],
    ['relevant_cases: 8, yes: 6', 'yes: 6, of: 9', 'disagrees', '; the running text gives 6 of 9'],
    ['relevant_cases: 8, yes: 6', 'yes: 5', 'disagrees', '; the running text gives 5'],
    ['not_applicable: true', 'yes: 0, of: 0', 'agrees', ''],
    ['not_applicable: true', 'yes: 1, of: 2', 'disagrees', '; the running text gives 1 of 2'],
  ])('%s beside a count in the text: %s', async (figures, prose, status, told) => {
    expect(await question(figures, prose)).toEqual([status, `the published counts are the evidence${told}`]);
  });

  test.each<[figures: string, prose: string, status: string]>([
    ['yes: 6, lost: [relevant_cases]', 'yes: 6, of: 8', 'not computable'],
    ['yes: 6, lost: [relevant_cases]', 'yes: 5, of: 8', 'disagrees'],
    ['relevant_cases: 8, lost: [yes]', 'yes: 5, of: 8', 'not computable'],
    ['relevant_cases: 8, lost: [yes]', 'yes: 5, of: 9', 'disagrees'],
    // 67% is 6 of 9, and 4 of 6 of which the text may speak
    ['percent_yes: 67', 'yes: 6, of: 9', 'agrees'],
    ['percent_yes: 67', 'yes: 4, of: 6', 'agrees'],
    ['percent_yes: 67', 'yes: 5, of: 6', 'disagrees'],
    ['percent_yes: 67', 'yes: 7', 'disagrees'],
  ])('%s beside a count in the text: %s is %s', async (figures, prose, status) => {
    expect((await question(figures, prose))[0]).toBe(status);
  });

  test.each<[figures: string, status: string]>([
    // 5 of 9 is 56%, and 5 of fewer cases more
    ['yes: 5, percent_yes: 56, lost: [relevant_cases]', 'agrees'],
    ['yes: 5, percent_yes: 63, lost: [relevant_cases]', 'agrees'],
    ['yes: 5, percent_yes: 50, lost: [relevant_cases]', 'disagrees'],
    ['yes: 5, percent_yes: 67, lost: [relevant_cases]', 'disagrees'],
    ['relevant_cases: 0, yes: 0, percent_yes: 50', 'disagrees'],
  ])('%s: the percentage %s', async (figures, status) => {
    const both = (await question(figures)) as { published: string; status: string }[];
    expect(both.filter(({ published }) => published.endsWith('%')).map((row) => row.status)).toEqual([
      status,
    ]);
  });
});
