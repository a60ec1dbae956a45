import { describe, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { formatProblem } from '../../src/problem.js';
import { refused, testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();
const files = testFolder();

/** An invented bundle that names no edition, with a report's dates and what else it says. */
const bundle = (report: string, said: string) =>
  files.folder({ 'inspection.yaml': `synthetic: true\nservice: Barnet\nreport: {${report}}\n${said}\n` });

describe('a bundle that names no edition', () => {
  test.each([
    [
      'standards go before dates',
      'fieldwork_month: "2021-09", published: "2022-01"',
      'standard_ratings: {"4.1": {rating: Good}}',
      '2021, by the standards it names (4.1)',
    ],
    [
      'questions go before dates',
      'fieldwork_month: "2021-09"',
      'prompts: {"3.4.1.a": {relevant_cases: 5, yes: 3}}',
      '2018, by the standards and questions it names (3.4.1.a)',
    ],
    [
      'then fieldwork',
      'fieldwork_month: "2021-09", published: "2021-12-31"',
      'standard_ratings: {"2.1": {rating: Good}}',
      '2021, by its fieldwork of 2021-09',
    ],
    [
      'then publication',
      'published: "2019-05"',
      'standard_ratings: {"2.1": {rating: Good}}',
      '2018, by its publication of 2019-05',
    ],
  ])('%s, and it is said by what it was told', async (_, report, said, told) => {
    const [loaded] = await load(database.db, [await bundle(report, said)], { dryRun: true });
    expect(loaded?.notices.map(formatProblem)).toContainEqual(expect.stringContaining(`edition ${told}`));
  });

  test('between editions that were in use at one time no date decides', async () => {
    const folder = await bundle('published: "2021-12-31"', 'standard_ratings: {"2.1": {rating: Good}}');
    const error = await refused(database.db, [folder]);
    expect(error.problems.map(formatProblem)).toEqual([
      expect.stringMatching(/may be of edition 2018 or 2021: name it under edition/),
    ]);
  });
});
