import { describe, expect, test } from 'vitest';
import type { InspectionEvidence } from '../../src/ratings/inspection.js';
import type { QuestionEvidence } from '../../src/ratings/question.js';
import type { Edition, Rules } from '../../src/ratings/rules.js';
import type { OtherEdition } from '../../src/ratings/what-if/other-edition.js';
import { counterparts } from '../../src/ratings/what-if/other-edition.js';
import type { Supposition } from '../../src/ratings/what-if/supposition.js';
import { rateAsIf } from '../../src/ratings/what-if/what-if.js';
import { exampleRules } from '../support/example-rules.js';

// Small inspections, worked by hand. The edition has four standards: 1 is judged, 2 and 3 are rated from two key questions
// each, 4 from one. Bands are 50, 65, 80; the score goes to 12, overall 3, 7, 11.

const question = (code: string) => ({ code });

const edition = (rules: Partial<Rules> = {}): Edition => ({
  code: 'A',
  standards: [
    { code: '1', basis: 'qualitative', keyQuestions: [] },
    { code: '2', basis: 'cases', keyQuestions: [question('2.1'), question('2.2')] },
    { code: '3', basis: 'cases', keyQuestions: [question('3.1'), question('3.2')] },
    { code: '4', basis: 'cases', keyQuestions: [question('4.1')] },
  ],
  rules: [exampleRules(rules)],
});

const nothing: NonNullable<QuestionEvidence['published']> = {
  relevant: null,
  yes: null,
  percent: null,
  noRelevantCase: false,
  percentLost: false,
};

/** yes of relevant of inspected cases. */
const counts = (yes: number, relevant: number, inspected: number): QuestionEvidence => ({
  inspected,
  published: { ...nothing, yes, relevant },
});
/** A printed percentage in a sample of so many cases. */
const printed = (percent: number, inspected: number | null): QuestionEvidence => ({
  inspected,
  published: { ...nothing, percent },
});

/** Everything Outstanding, but for what a test says. */
const inspection = (
  questions: Record<string, QuestionEvidence>,
  more: Partial<InspectionEvidence> = {},
): InspectionEvidence => ({
  fieldworkStart: '2019-05-01',
  keyQuestions: new Map(
    Object.entries({
      '2.1': counts(10, 10, 10),
      '2.2': counts(10, 10, 10),
      '3.1': counts(10, 10, 10),
      '3.2': counts(10, 10, 10),
      '4.1': counts(10, 10, 10),
      ...questions,
    }),
  ),
  prompts: new Map(),
  judged: new Map([['1', 'Outstanding']]),
  decisions: new Map(),
  publishedStandards: new Map(),
  publishedOverall: null,
  ...more,
});

/** Standards as "code standing: as it is -> as if", and the overall rating with its score. */
function told(own: Edition, evidence: InspectionEvidence, supposed: Supposition) {
  const { standards, overall, changes } = rateAsIf(own, evidence, supposed);
  const line = (one: { standing: string; asItIs: string | null; asIf: string | null }) =>
    `${one.standing}: ${one.asItIs} -> ${one.asIf}`;
  return {
    ...Object.fromEntries(standards.map((standard) => [standard.code, line(standard)])),
    overall: `${line(overall)}, ${overall.scoreAsItIs}/${overall.maxScoreAsItIs} -> ${overall.scoreAsIf}/${overall.maxScoreAsIf}`,
    changes,
  };
}

const same = 'same: Outstanding -> Outstanding';

describe('another base', () => {
  // 4 of 5 relevant cases is 80%, of 11 inspected cases 36%
  const evidence = inspection({ '2.2': counts(4, 5, 11) });

  test('changes the rating where few cases were relevant', () => {
    expect(told(edition(), evidence, { base: 'inspected' })).toEqual({
      1: same,
      2: 'changes: Outstanding -> Inadequate',
      3: same,
      4: same,
      // 3 + 0 + 3 + 3
      overall: 'changes: Outstanding -> Good, 12/12 -> 9/12',
      changes: true,
    });
    const [, second] = rateAsIf(edition(), evidence, { base: 'inspected' }).standards;
    expect(second).toMatchObject({
      drivingKeyQuestion: '2.2',
      keyQuestions: [
        { code: '2.1', percentAsItIs: 100, percentAsIf: 100, standing: 'same' },
        {
          code: '2.2',
          percentAsItIs: 80,
          percentAsIf: 36,
          asItIs: 'Outstanding',
          asIf: 'Inadequate',
          standing: 'changes',
        },
      ],
    });
  });

  test('and the other way about', () => {
    const inspected = edition({ percentageBase: { 'key question': 'inspected', prompt: 'inspected' } });
    expect(told(inspected, evidence, { base: 'relevant' })).toMatchObject({
      2: 'changes: Inadequate -> Outstanding',
      overall: 'changes: Good -> Outstanding, 9/12 -> 12/12',
    });
  });

  test('is no answer to a question without a relevant case', () => {
    const without = inspection({ '4.1': counts(0, 0, 11) });
    expect(told(edition(), without, { base: 'inspected' })).toMatchObject({
      4: 'same: null -> null',
      changes: false,
    });
  });

  test('can answer where the number of relevant cases is lost', () => {
    const lost = inspection({ '4.1': { inspected: 5, published: { ...nothing, yes: 4 } } });
    // 4 of 5 inspected cases; as it is, 4 has no rating and no overall rating is given
    expect(told(edition(), lost, { base: 'inspected' })).toMatchObject({
      4: 'changes: null -> Outstanding',
      overall: 'changes: null -> Outstanding, null/null -> 12/12',
    });
  });
});

describe('another rounding', () => {
  test.each<[number, number, Rules['rounding'], string]>([
    [11, 17, 'down', 'Good -> Requires improvement'], // 64.7: 65 or 64
    [129, 200, 'half even', 'Good -> Requires improvement'], // 64.5: 65 or 64
    [99, 200, 'half even', 'Requires improvement -> Requires improvement'], // 49.5: 50 either way
    [25, 39, 'up', 'Requires improvement -> Good'], // 64.1: 64 or 65
    [4, 5, 'up', 'Outstanding -> Outstanding'], // just 80
  ])('%i of %i rounded %s: %s', (yes, cases, rounding, rating) => {
    const { standards } = rateAsIf(edition(), inspection({ '4.1': counts(yes, cases, cases) }), { rounding });
    expect(`${standards[3]?.asItIs} -> ${standards[3]?.asIf}`).toBe(rating);
  });
});

test('bands on the exact fraction: 11 of 17 is less than 65%', () => {
  expect(told(edition(), inspection({ '3.1': counts(11, 17, 17) }), { bandOn: 'exact' })).toMatchObject({
    3: 'changes: Good -> Requires improvement',
    // 3 + 3 + 2 + 3, and one less
    overall: 'changes: Outstanding -> Good, 11/12 -> 10/12',
  });
});

test('suppositions come on top of each other', () => {
  // 11 of 16 relevant is 69%, of 17 inspected 65% rounded half up, 64% rounded down
  const evidence = inspection({ '3.1': counts(11, 16, 17) });
  expect(told(edition(), evidence, { base: 'inspected' })).toMatchObject({ 3: 'same: Good -> Good' });
  expect(told(edition(), evidence, { rounding: 'down' })).toMatchObject({ 3: 'same: Good -> Good' });
  expect(told(edition(), evidence, { base: 'inspected', rounding: 'down' })).toMatchObject({
    3: 'changes: Good -> Requires improvement',
  });
});

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

describe('discretion', () => {
  const decided = (from: string, to: string, more: Partial<InspectionEvidence> = {}) =>
    inspection(
      { '3.1': counts(3, 5, 11) }, // 60%, or 27% of inspected cases
      { decisions: new Map([['3', { from, to, reason: 'a case weighed' }]]), ...more },
    );

  test('none: what is computed stands', () => {
    expect(told(edition(), decided('Requires improvement', 'Good'), { discretion: 'none' })).toMatchObject({
      3: 'changes: Good -> Requires improvement',
      overall: 'changes: Outstanding -> Good, 11/12 -> 10/12',
    });
  });

  test('none: where only ratings are published, what the panel replaced stands', () => {
    const evidence = decided('Requires improvement', 'Good', {
      publishedStandards: new Map([['3', 'Good']]),
    });
    const unknown = {
      ...evidence,
      keyQuestions: new Map([...evidence.keyQuestions, ['3.1', { inspected: 3 }]] as const),
    };
    expect(told(edition(), unknown, { discretion: 'none' })).toMatchObject({
      3: 'changes: Good -> Requires improvement',
    });
  });

  test('stays while the standard comes to what the panel replaced', () => {
    const evidence = decided('Requires improvement', 'Good');
    expect(told(edition(), evidence, { rounding: 'down' })).toMatchObject({ 3: 'same: Good -> Good' });
    expect(rateAsIf(edition(), evidence, { rounding: 'down' }).standards[2]).toMatchObject({
      discretionAsItIs: true,
      discretionAsIf: true,
    });
  });

  test('falls where it comes to another rating, about which nobody decided', () => {
    const evidence = decided('Requires improvement', 'Good');
    expect(rateAsIf(edition(), evidence, { base: 'inspected' }).standards[2]).toMatchObject({
      asItIs: 'Good',
      asIf: 'Inadequate',
      standing: 'changes',
      why: "the panel's decision falls: it was made on Requires improvement, not Inadequate",
      discretionAsItIs: true,
      discretionAsIf: false,
    });
  });

  test('is not known where the rating that it was about is not', () => {
    const evidence = decided('Requires improvement', 'Good');
    const unknown = {
      ...evidence,
      keyQuestions: new Map([...evidence.keyQuestions, ['3.1', printed(60, 11)]] as const),
    };
    expect(told(edition(), unknown, { base: 'inspected' })).toMatchObject({ 3: 'not known: Good -> null' });
  });
});

test('no limits: the overall rating is what the score gives', () => {
  const limit = { standards: ['4'], atOrBelow: 'Inadequate', minimumStandards: 1, overallAtMost: 'Good' };
  const limited = edition({
    limits: [limit],
    countingStandards: ['1', '2', '3'],
    overallBands: bands(2, 5, 8),
  });
  const evidence = inspection({ '4.1': counts(1, 5, 5) });
  // 9 of 9 points; 4 is Inadequate, does not count, and limits
  expect(told(limited, evidence, { limits: 'none' })).toMatchObject({
    4: 'same: Inadequate -> Inadequate',
    overall: 'changes: Good -> Outstanding, 9/9 -> 9/9',
  });
});

function bands(...from: [number, number, number]): Rules['overallBands'] {
  const [improvement, good, outstanding] = from;
  return [
    { fromScore: 0, rating: 'Inadequate' },
    { fromScore: improvement, rating: 'Requires improvement' },
    { fromScore: good, rating: 'Good' },
    { fromScore: outstanding, rating: 'Outstanding' },
  ];
}

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
