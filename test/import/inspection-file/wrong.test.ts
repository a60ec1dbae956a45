import { describe, expect, test } from 'vitest';
import { changed, good2018, good2021, refused, testFolder, type WrongCase } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';
import { figures, questions, samples } from './wrong/figures.js';
import { edition, frame } from './wrong/frame.js';
import { discretion, ratings } from './wrong/ratings.js';
import { besides, dates } from './wrong/report.js';

// Each case changes one thing of a good bundle; '▸' stands where the problem has to be reported.

const database = testDatabase();
const files = testFolder();

/** Expects of every case just this problem, at the marked place, and that nothing is loaded. */
function refuses(good: string, cases: WrongCase[]): void {
  test.each(cases)('%s', async (_, from, to, message) => {
    expect(to).toContain('▸');
    const { text, line, column } = changed(good, from, to);
    const file = await files.bundle(text);
    const error = await refused(database.db, [file]);
    expect(error.problems).toEqual([{ file, line, column, message }]);
    expect(error.message).toBe(`${file}: 1 problem; nothing was loaded.`);
  });
}

describe('edition', () => refuses(good2018, edition));
describe('questions', () => refuses(good2018, questions));
describe('figures', () => refuses(good2018, figures));
describe('ratings', () => refuses(good2018, ratings));
describe('professional discretion', () => refuses(good2018, discretion));
describe('samples', () => refuses(good2018, samples));
describe('dates', () => refuses(good2018, dates));
describe('what else a report holds', () => refuses(good2018, besides));

describe('the frame', () => {
  refuses(good2018, frame);

  test('no report, and a service without a name: both are told', async () => {
    const file = await files.bundle('service: {area: Wigan}\n');
    const { problems } = await refused(database.db, [file]);
    expect(problems.map(({ line, message }) => [line, message])).toEqual([
      [1, 'the file: "report" is missing'],
      [1, 'service: "name" is missing'],
    ]);
  });

  test('every problem of a file is told, each with its line', async () => {
    const one = changed(good2018, '"3.1": Requires improvement', '▸"3.9": Good');
    const other = changed(one.text, 'score: 24', '▸score: 37');
    const file = await files.bundle(other.text);
    const error = await refused(database.db, [file]);
    expect(error.message).toBe(`${file}: 2 problems; nothing was loaded.`);
    expect(error.problems.map(({ line }) => line)).toEqual([other.line, one.line]);
  });
});

describe('under the 2021 edition', () => {
  refuses(good2021, [
    [
      'a key question of 3.4, which is judged there',
      '"2.1.1": {percent_yes: 91}',
      '▸"3.4.1": {percent_yes: 91}',
      '3.4.1 is judged, not counted: it has a rating and no figures',
    ],
    [
      'discretion on 4.1',
      'recommendations: 5',
      'professional_discretion: [{▸standard: "4.1", from: Good, to: Outstanding, reason: x}]',
      'standard 4.1 is qualitative: discretion is only for standards rated from cases',
    ],
    [
      'more cases of a disposal than of the sample',
      'resettlement: {cases: 2,',
      'resettlement: {▸cases: 1,',
      'resettlement: the disposals sum to 2, but cases is 1 (if the report prints it so, load it with --as-printed)',
    ],
  ]);
});
