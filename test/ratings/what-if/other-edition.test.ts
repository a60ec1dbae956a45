import { describe, expect, test } from 'vitest';
import type { Edition, Rules } from '../../../src/ratings/rules.js';
import { counterparts, type OtherEdition } from '../../../src/ratings/what-if/other-edition.js';
import type { Supposition } from '../../../src/ratings/what-if/supposition.js';
import { rateAsIf } from '../../../src/ratings/what-if/what-if.js';
import { exampleRules } from '../../support/example-rules.js';
import { counts, edition, inspection, question, same, told } from './small-inspection.js';

describe("another edition's rules", () => {
  /** Edition B: bands 40, 60, 90. Its standards are 10, 20, 30 and 50; 50 has nothing to do with 4 of edition A. */
  const other = (rules: Partial<Rules> = {}): OtherEdition => ({
    edition: {
      code: 'B',
      standards: [
        { code: '10', basis: 'qualitative', keyQuestions: [] },
        { code: '20', basis: 'cases', keyQuestions: [question('20.1')] },
        { code: '30', basis: 'cases', keyQuestions: [question('30.1')] },
        { code: '50', basis: 'qualitative', keyQuestions: [] },
      ],
      rules: [
        exampleRules({
          bands: [
            { fromPercent: 0, rating: 'Inadequate' },
            { fromPercent: 40, rating: 'Requires improvement' },
            { fromPercent: 60, rating: 'Good' },
            { fromPercent: 90, rating: 'Outstanding' },
          ],
          countingStandards: ['10', '20', '30', '50'],
          ...rules,
        }),
      ],
    },
    counterparts: new Map([
      ['1', '10'],
      ['2', '20'],
      ['3', '30'],
    ]),
  });

  test('band, by the questions of the inspection; a standard without a counterpart is left out', () => {
    // 45%: Inadequate from 50, Requires improvement from 40; 62%: Requires improvement, Good from 60; 85%: Outstanding, Good
    const evidence = inspection({
      '2.1': counts(9, 20, 20),
      '3.1': counts(31, 50, 50),
      '4.1': counts(17, 20, 20),
    });
    const result = rateAsIf(edition(), evidence, { edition: other() });
    expect(told(edition(), evidence, { edition: other() })).toMatchObject({
      1: same,
      2: 'changes: Inadequate -> Requires improvement',
      3: 'changes: Requires improvement -> Good',
      4: 'left out: Outstanding -> null',
      // 3 + 0 + 1 + 3 of 12 as it is: Good from 7. 3 + 1 + 2 of 9, and 0 to 3 for standard 50: 6 to 9 of 12
      overall: 'not known: Good -> null, 7/12 -> 6/9',
    });
    expect(result.overall.why).toBe(
      '50 of the B edition, which counts there, would decide: 6 to 9 of 12 points, Requires improvement or Good',
    );
    expect(result.standards[3]?.why).toBe('the B edition has nothing that continues it');
  });

  test('give an overall rating where the missing standard could not make another', () => {
    // 3 + 3 + 1 of 9, and 0 to 3: 7 to 10 of 12 is Good
    const evidence = inspection({ '3.1': counts(9, 20, 20) });
    expect(told(edition(), evidence, { edition: other() })).toMatchObject({
      3: 'changes: Inadequate -> Requires improvement',
      overall: 'same: Good -> Good, 9/12 -> 7/9',
    });
  });

  test('limit by what corresponds, and say which limit is left out where it could tell', () => {
    const limit = (standard: string) => ({
      standards: [standard],
      atOrBelow: 'Requires improvement',
      minimumStandards: 1,
      overallAtMost: 'Requires improvement',
    });
    const evidence = inspection({ '3.1': counts(9, 20, 20) });
    const overall = (limits: Rules['limits'], more: Supposition = {}) =>
      rateAsIf(edition(), evidence, { edition: other({ limits }), ...more }).overall;
    expect(overall([limit('30')])).toMatchObject({
      asIf: 'Requires improvement',
      why: '3 Requires improvement: overall at most Requires improvement',
    });
    expect(overall([limit('50')])).toMatchObject({
      asIf: 'Good',
      why: '50 of the B edition, which can limit it, is left out',
    });
    expect(overall([{ ...limit('50'), overallAtMost: 'Good' }])).toMatchObject({ asIf: 'Good', why: null });
    expect(overall([limit('30'), limit('50')], { limits: 'none' })).toMatchObject({
      asIf: 'Good',
      why: null,
    });
  });

  test('do not carry a judgement over that their scale does not have', () => {
    const scale = ['Poor', 'Fair', 'Fine'];
    const rules = {
      ratings: scale,
      bands: scale.map((rating, at) => ({ fromPercent: 30 * at, rating })),
      scores: { Poor: 0, Fair: 1, Fine: 2 },
      overallBands: scale.map((rating, at) => ({ fromScore: 2 * at, rating })),
    };
    const { standards, overall } = rateAsIf(edition(), inspection({}), { edition: other(rules) });
    expect(standards[0]).toMatchObject({
      standing: 'not known',
      why: 'the B edition has no rating "Outstanding"',
    });
    expect(standards[1]).toMatchObject({ asItIs: 'Outstanding', asIf: 'Fine', standing: 'changes' });
    expect(overall).toMatchObject({ standing: 'not known', why: 'no rating is known for 1' });
  });

  test('are those in force at the fieldwork', () => {
    const own = edition();
    const amended: Edition = {
      ...own,
      rules: [
        exampleRules({ rounding: 'down' }),
        exampleRules({ effectiveFrom: '2019-05-01' }),
        exampleRules({ effectiveFrom: '2019-05-02', rounding: 'up' }),
      ],
    };
    const itself = { edition: amended, counterparts: counterparts(own, amended, []) };
    // 64.7% is 65 only if it is rounded half up; 64.1% is 65 only if it is rounded up
    const evidence = inspection({ '3.1': counts(11, 17, 17), '4.1': counts(25, 39, 39) });
    expect(told(own, evidence, { edition: itself })).toMatchObject({
      changes: false,
      4: expect.stringMatching(/^same/),
    });
  });
});

describe('standards of two editions correspond', () => {
  const of = (code: string, standards: [string, 'cases' | 'qualitative'][]): Edition => ({
    code,
    standards: standards.map(([code, basis]) => ({ code, basis, keyQuestions: [] })),
    rules: [],
  });

  test('by the most key questions that go on, one to one', () => {
    const [own, other] = [
      of('A', [
        ['1', 'cases'],
        ['2', 'cases'],
      ]),
      of('B', [
        ['1', 'cases'],
        ['2', 'cases'],
      ]),
    ];
    const pairs = counterparts(own, other, [
      { standard: '1', counterpart: '1', questions: 1 },
      { standard: '1', counterpart: '2', questions: 3 },
      { standard: '2', counterpart: '2', questions: 2 },
    ]);
    expect([...pairs]).toEqual([['1', '2']]);
  });

  test('not where one is judged and the other rated from cases, whatever their codes', () => {
    const pairs = counterparts(of('A', [['1', 'cases']]), of('B', [['1', 'qualitative']]), [
      { standard: '1', counterpart: '1', questions: 2 },
    ]);
    expect(pairs.size).toBe(0);
  });

  test('each with itself', () => {
    const own = of('A', [['1', 'cases']]);
    expect([...counterparts(own, own, [])]).toEqual([['1', '1']]);
  });
});
