import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { InspectionEvidence } from '../../../src/ratings/inspection.js';
import type { QuestionEvidence } from '../../../src/ratings/question.js';
import type { Edition, Rules, Standard } from '../../../src/ratings/rules.js';
import type { Supposition } from '../../../src/ratings/what-if/supposition.js';
import { rateAsIf, type SupposedRating } from '../../../src/ratings/what-if/what-if.js';
import { exampleRules } from '../../support/example-rules.js';

type Figures = Partial<NonNullable<QuestionEvidence['published']>> & { inspected?: number | null };

/** A case of small.yaml. */
interface Small {
  given: Record<string, Figures>;
  /** Evidence besides figures, and rules of the edition, where they are other ones. */
  more?: Record<string, unknown>;
  own?: Partial<Rules>;
  suppose?: Supposition;
  /** Where edition B is supposed, its rules that are other ones. */
  other?: Partial<Rules>;
  told: Record<string, string>;
}
const cases: Small[] = parse(readFileSync(new URL('small.yaml', import.meta.url), 'utf8'));

const standard = (code: string, ...questions: string[]): Standard => ({
  code,
  basis: questions.length > 0 ? 'cases' : 'qualitative',
  keyQuestions: questions.map((question) => ({ code: question })),
});
const edition = (rules: Partial<Rules> = {}): Edition => ({
  code: 'A',
  standards: [standard('1'), standard('2', '2.1', '2.2'), standard('3', '3.1', '3.2'), standard('4', '4.1')],
  rules: [exampleRules(rules)],
});
const editionB = (rules: Partial<Rules>) => ({
  edition: {
    code: 'B',
    standards: [standard('10'), standard('20', '20.1'), standard('30', '30.1'), standard('50')],
    rules: [
      exampleRules({
        bands: exampleRules().bands.map((band, at) => ({
          ...band,
          fromPercent: [0, 40, 60, 90][at] as number,
        })),
        countingStandards: ['10', '20', '30', '50'],
        ...rules,
      }),
    ],
  },
  counterparts: new Map(['1', '2', '3'].map((code) => [code, `${code}0`])),
});

const tenOfTen = { yes: 10, relevant: 10, inspected: 10 };
function inspection(given: Small['given'], more: Record<string, unknown> = {}): InspectionEvidence {
  const all = {
    '2.1': tenOfTen,
    '2.2': tenOfTen,
    '3.1': tenOfTen,
    '3.2': tenOfTen,
    '4.1': tenOfTen,
    ...given,
  };
  const none = { relevant: null, yes: null, percent: null, noRelevantCase: false, percentLost: false };
  const known = ({ inspected = null, ...figures }: Figures): QuestionEvidence => {
    const published = Object.keys(figures).length > 0 ? { ...none, ...figures } : undefined;
    return { inspected, published };
  };
  const asMap = (value: unknown) =>
    typeof value === 'object' ? new Map(Object.entries(value ?? {})) : value;
  return {
    fieldworkStart: '2019-05-01',
    keyQuestions: new Map(Object.entries(all).map(([code, figures]) => [code, known(figures)])),
    prompts: new Map(),
    judged: new Map([['1', 'Outstanding']]),
    decisions: new Map(),
    publishedStandards: new Map(),
    publishedOverall: null,
    ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, asMap(value)])),
  };
}

const initials: Record<string, string> = {
  ...{ Inadequate: 'I', 'Requires improvement': 'RI', Good: 'G', Outstanding: 'O' },
};
const short = (rating: string | null) => (rating === null ? '-' : (initials[rating] ?? rating));

/** `G -> RI`, or `G -> not known (why)`. */
function line({ standing, asItIs, asIf, why }: SupposedRating): string {
  const after = standing === 'same' || standing === 'changes' ? short(asIf) : standing;
  return `${short(asItIs)} -> ${after}${why === null ? '' : ` (${why})`}`;
}

function told(own: Edition, evidence: InspectionEvidence, supposed: Supposition): Small['told'] {
  const { standards, overall, changes } = rateAsIf(own, evidence, supposed);
  expect(changes).toBe([...standards, overall].some(({ standing }) => standing === 'changes'));
  const score = `${overall.scoreAsItIs}/${overall.maxScoreAsItIs} -> ${overall.scoreAsIf}/${overall.maxScoreAsIf}`;
  const lines = standards.map((one) => {
    expect(one.discretionAsItIs).toBe(evidence.decisions.has(one.code));
    return [one.code, one.discretionAsIf ? line(one).replaceAll(/(?<=^G|-> G)/g, '*') : line(one)];
  });
  return {
    ...Object.fromEntries(lines.filter(([, text]) => text !== 'O -> O')),
    overall: `${line(overall)}, ${score}`,
  };
}

test.each(cases)('$given, $suppose $other', ({ given, more, own, suppose, other, told: expected }) => {
  const supposed = { ...suppose, ...(other && { edition: editionB(other) }) };
  expect(told(edition(own), inspection(given, more), supposed)).toEqual(expected);
});

test("another edition's rules are those in force at the fieldwork", () => {
  const rules = [
    exampleRules({ rounding: 'down' }),
    exampleRules({ effectiveFrom: '2019-05-01' }),
    exampleRules({ effectiveFrom: '2019-05-02', rounding: 'up' }),
  ];
  const counterparts = new Map(edition().standards.map(({ code }) => [code, code]));
  const itself = { edition: { ...edition(), rules }, counterparts };
  // 64.7% is 65 only if it is rounded half up; 64.1% is 65 only if it is rounded up
  const evidence = inspection({
    '3.1': { yes: 11, relevant: 17, inspected: 17 },
    '4.1': { yes: 25, relevant: 39, inspected: 39 },
  });
  const expected = { 3: 'G -> G', 4: 'RI -> RI', overall: 'G -> G, 9/12 -> 9/12' };
  expect(told(edition(), evidence, { edition: itself })).toEqual(expected);
});
