import { describe, expect, test } from 'vitest';
import { load } from '../../../src/import/load.js';
import { testFolder } from '../../support/bundles.js';
import { withCell } from '../../support/case-files.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { bundle, lineInCases, refusing, small } from './small.js';

const database = testDatabase();
const files = testFolder();
const said = refusing(database, files);
const { cases, answers } = small;

describe('cases', () => {
  const changedCase = (one: string, heading: string, to: string) =>
    bundle({ cases: withCell(cases, lineInCases(one), heading, to) });

  test('that are in two domains', async () => {
    const rows = [...cases, ['C1', 'out of court', 'youth_caution']];
    expect(await said(bundle({ cases: rows }))).toEqual([
      'cases.csv:6:1: case "C1" is in two samples: court (line 2) and out of court',
    ]);
  });

  test('that are listed twice', async () => {
    expect(await said(bundle({ cases: [...cases, ['C1', 'court', 'referral_order']] }))).toEqual([
      'cases.csv:6:1: case "C1" is there already, in line 2: neither letter case nor what can\'t be seen tells cases apart',
    ]);
  });

  test('of a sample or disposal that there is not; no answer of theirs is told to be missing', async () => {
    const problems = await said(changedCase('O1', 'disposal', 'youth_conditional_cautions'));
    expect(problems).toEqual([
      'cases.csv:4:3: disposal "youth_conditional_cautions" is none of the out of court sample (did you mean "youth_conditional_caution"?): allowed are youth_conditional_caution, youth_caution, community_resolution, triage, other',
    ]);
    expect(await said(changedCase('O2', 'sample', 'out of cort'))).toEqual([
      'cases.csv:5:2: sample "out of cort" is not in edition 2018 (did you mean "out of court"?): allowed are court, out of court',
    ]);
  });

  test('of a misspelt disposal, without answers to what only some disposals are asked', async () => {
    expect(await said(changedCase('O2', 'disposal', 'caution'))).toEqual([
      'cases.csv:5:3: disposal "caution" is none of the out of court sample: allowed are youth_conditional_caution, youth_caution, community_resolution, triage, other',
    ]);
  });

  test('with a disposal of the other sample, or none', async () => {
    const rows = withCell(withCell(cases, 2, 'disposal', 'youth_caution'), 3, 'disposal', '');
    expect(await said(bundle({ cases: rows }))).toEqual([
      'cases.csv:2:3: disposal "youth_caution" is none of the court sample: allowed are community_sentence, referral_order, youth_rehabilitation_order, custodial_sentence, other',
      'cases.csv:3:3: disposal (empty) is none of the court sample: allowed are community_sentence, referral_order, youth_rehabilitation_order, custodial_sentence, other',
    ]);
  });

  test('without a pseudonym, or a very long one', async () => {
    const long = 'x'.repeat(101);
    const problems = await said(
      bundle({ cases: [...cases, ['', 'court', 'other'], [long, 'court', 'other']] }),
    );
    expect(problems).toContain('cases.csv:6:1: case is empty: every row needs the pseudonym of a case');
    expect(problems).toContain('cases.csv:7:1: the pseudonym is longer than 100 characters');
  });

  test('with a characteristic that has no such value', async () => {
    const rows = cases.map((row, at) => [...row, ['gender', 'femal', 'male', '', 'x'][at] as string]);
    expect(await said(bundle({ cases: rows }))).toEqual([
      'cases.csv:2:4: gender "femal" is no coded value (did you mean "female"?): allowed are female, male, another gender, not known',
      'cases.csv:5:4: gender "x" is no coded value: allowed are female, male, another gender, not known',
    ]);
  });

  test('with a characteristic that is none', async () => {
    const rows = cases.map((row, at) => [
      ...row,
      at === 0 ? 'shoe_size' : '38',
      at === 0 ? 'Age Bands' : '15 to 17',
    ]);
    const allowed =
      'case, sample, disposal, gender, age_band, ethnicity, risk_of_serious_harm, safety_and_wellbeing, looked_after';
    expect(await said(bundle({ cases: rows }))).toEqual([
      `cases.csv:1:4: unknown column "shoe_size": allowed are ${allowed}`,
      `cases.csv:1:5: unknown column "Age Bands" (did you mean "age_band"?): allowed are ${allowed}`,
    ]);
  });

  test('without a column that is needed', async () => {
    const rows = cases.map(([one, sample]) => [one, sample] as string[]);
    expect(await said(bundle({ cases: rows }))).toEqual([
      expect.stringMatching(
        /^cases\.csv:1: column "disposal" is missing: needed are case, sample, disposal; found are case, sample/,
      ),
    ]);
  });

  test('of which there are none', async () => {
    const { yaml } = small;
    const bare = yaml.slice(0, yaml.indexOf('sample:'));
    const content = { yaml: bare, cases: cases.slice(0, 1), answers: answers.slice(0, 1) };
    expect(await said(bundle(content))).toEqual(['cases.csv:1: no case is listed below the heading']);
  });

  test('of which there are too many', async () => {
    const many = Array.from({ length: 32_001 }, (_, at) => [`K${at}`, 'court', 'other']);
    const problems = await said(bundle({ cases: [cases[0] as string[], ...many] }));
    expect(problems).toContain('cases.csv:1: 32001 cases: an inspection may have up to 32000');
  });

  test('with a totals row in the middle', async () => {
    const rows = [...cases.slice(0, 3), ['Total', '2', ''], ...cases.slice(3)];
    expect(await said(bundle({ cases: rows }))).toEqual([
      'cases.csv:4:1: a totals row has to be the last one',
    ]);
  });
});

describe('cases that are not what inspection.yaml says', () => {
  const asPrinted = ' (if the report prints it so, load it with --as-printed)';
  const yaml = (from: string, to: string) => {
    expect(small.yaml.split(from)).toHaveLength(2);
    return bundle({ yaml: small.yaml.replace(from, to) });
  };
  const court = 'inspection.yaml:6:21: court_disposals: ';

  test('their number', async () => {
    expect(await said(yaml('cases: 2, referral', 'cases: 3, referral'))).toEqual([
      `${court}cases is 3, but cases.csv lists 2 of this sample${asPrinted}`,
    ]);
  });

  test('their disposals: more of one, and fewer', async () => {
    expect(await said(yaml('referral_order: 1', 'referral_order: 0'))).toEqual([
      `inspection.yaml:6:31: court_disposals: referral_order is 0, but cases.csv lists 1${asPrinted}`,
    ]);
    expect(await said(yaml('youth_caution: 1', 'triage: 1'))).toEqual([
      `inspection.yaml:7:68: out_of_court_disposals: triage is 1, but cases.csv lists 0${asPrinted}`,
    ]);
  });

  test('a case that is listed by the coarser type of its disposal may be of any part of it', async () => {
    const rows = withCell(cases, 2, 'disposal', 'community sentence');
    const folder = await files.folder(bundle({ cases: rows }));
    await rolledBack(database.db, async (trx) => {
      expect(await load(trx, [folder])).toMatchObject([{ outcome: 'loaded' }]);
    });
    const other = withCell(cases, 2, 'disposal', 'other');
    expect(await said(bundle({ cases: other }))).toEqual([
      `inspection.yaml:6:31: court_disposals: referral_order is 1, but cases.csv lists 0${asPrinted}`,
    ]);
  });
});
