import { describe, expect, test } from 'vitest';
import type { QuestionEvidence } from '../../../src/ratings/question.js';
import type { Edition } from '../../../src/ratings/rules.js';
import type { Supposition } from '../../../src/ratings/what-if/supposition.js';
import { rateAsIf } from '../../../src/ratings/what-if/what-if.js';
import { counts, edition, inspection, nothing, printed, told } from './small-inspection.js';

describe('what only percentages are printed of', () => {
  const ofInspected = edition({ percentageBase: { 'key question': 'inspected', prompt: 'inspected' } });
  const why = (own: Edition, evidence: QuestionEvidence, supposed: Supposition) =>
    rateAsIf(own, inspection({ '4.1': evidence }), supposed).standards[3];

  test('is not known on another base', () => {
    expect(why(ofInspected, printed(45, 11), { base: 'relevant' })).toMatchObject({
      asItIs: 'Inadequate',
      asIf: null,
      standing: 'not known',
      why: '4.1: only a percentage of inspected cases is printed, and how many cases were relevant is not known',
    });
    expect(why(edition(), printed(45, 11), { base: 'inspected' })?.why).toBe(
      '4.1: only a percentage of relevant cases is printed, and how many cases were relevant is not known',
    );
  });

  test('leaves the overall rating unknown, and is said for all key questions at once', () => {
    const evidence = inspection({ '2.1': printed(45, 11), '2.2': printed(91, 11), '3.1': counts(1, 5, 11) });
    const { standards, overall } = rateAsIf(ofInspected, evidence, { base: 'relevant' });
    expect(standards[1]?.why).toBe(
      '2.1, 2.2: only a percentage of inspected cases is printed, and how many cases were relevant is not known',
    );
    expect(overall).toMatchObject({
      standing: 'not known',
      asIf: null,
      scoreAsIf: null,
      why: 'no rating is known for 2',
    });
  });

  test('does not hide that the bottom of the scale is reached already', () => {
    const evidence = inspection({ '2.1': counts(1, 5, 5), '2.2': printed(91, 11) });
    expect(told(ofInspected, evidence, { base: 'relevant' })).toMatchObject({
      2: 'same: Inadequate -> Inadequate',
    });
  });

  test('is put on another base where both numbers of cases are printed beside it', () => {
    // 80% of 5 relevant cases is 4; of 11 inspected cases 36%
    const evidence = { inspected: 11, published: { ...nothing, relevant: 5, percent: 80 } };
    expect(why(edition(), evidence, { base: 'inspected' })).toMatchObject({
      asItIs: 'Outstanding',
      asIf: 'Inadequate',
      keyQuestions: [{ percentAsItIs: 80, percentAsIf: 36 }],
    });
  });

  test('is rounded anew from the only count that gives it', () => {
    // 65% of 17 cases is 11, 64.7%
    expect(why(ofInspected, printed(65, 17), { rounding: 'down' })).toMatchObject({
      asItIs: 'Good',
      asIf: 'Requires improvement',
      keyQuestions: [{ percentAsItIs: 65, percentAsIf: 64 }],
    });
    expect(why(ofInspected, printed(65, 17), { bandOn: 'exact' })).toMatchObject({
      asIf: 'Requires improvement',
    });
    // 0% of 17 is none of them
    expect(why(ofInspected, printed(0, 17), { rounding: 'down' })).toMatchObject({ asIf: 'Inadequate' });
  });

  test.each<Supposition>([{ rounding: 'down' }, { bandOn: 'exact' }])(
    'is not known under %o where no count, or more than one, gives it',
    (supposed) => {
      expect(why(ofInspected, printed(29, 15), supposed)).toMatchObject({
        standing: 'not known',
        why: '4.1: no one number of 15 cases gives the printed 29%',
      });
      expect(why(ofInspected, printed(65, 300), supposed)?.why).toBe(
        '4.1: no one number of 300 cases gives the printed 65%',
      );
      expect(why(ofInspected, printed(65, null), supposed)?.why).toBe(
        '4.1: only a rounded percentage of inspected cases is printed, and how many those were is not known',
      );
    },
  );

  test('or nothing, is not known either', () => {
    const lost = (published: Partial<typeof nothing>) =>
      why(edition(), { inspected: null, published: { ...nothing, ...published } }, { base: 'inspected' })
        ?.why;
    expect(lost({ percentLost: true })).toBe('4.1: its percentage is lost in the source');
    expect(lost({ relevant: 4 })).toBe('4.1: how many were yes is not known');
    expect(lost({ relevant: 4, yes: 3 })).toBe('4.1: how many cases were inspected is not known');
    expect(why(edition(), { inspected: 3 }, { base: 'inspected' })?.why).toBe('4.1: nothing is known of it');
  });
});

describe('what only ratings are published of', () => {
  const evidence = inspection(
    { '4.1': { inspected: 3 } },
    { publishedStandards: new Map([['4', 'Good']]), publishedOverall: 'Outstanding' },
  );

  test('stays where the supposition does not touch it', () => {
    expect(told(edition(), evidence, { rounding: 'half up', base: 'relevant' })).toMatchObject({
      4: 'same: Good -> Good',
      overall: 'same: Outstanding -> Outstanding, 11/12 -> 11/12',
    });
    const limit = { standards: ['4'], atOrBelow: 'Good', minimumStandards: 1, overallAtMost: 'Good' };
    expect(told(edition({ limits: [limit] }), evidence, { limits: 'none' })).toMatchObject({
      4: 'same: Good -> Good',
      overall: 'changes: Good -> Outstanding, 11/12 -> 11/12',
    });
  });

  test('is not known where it does', () => {
    expect(told(edition(), evidence, { rounding: 'down' })).toMatchObject({
      4: 'not known: Good -> null',
      overall: 'not known: Outstanding -> null, 11/12 -> null/null',
    });
  });
});
