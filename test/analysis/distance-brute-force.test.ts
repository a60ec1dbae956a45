import fc from 'fast-check';
import { expect, test } from 'vitest';
import { standardDistances } from '../../src/ratings/distance.js';
import { type InspectionEvidence, rateInspection } from '../../src/ratings/inspection.js';
import { overallDistances } from '../../src/ratings/overall-distance.js';
import { type Edition, type Rules, rankOf } from '../../src/ratings/rules.js';
import { exampleRules } from '../support/example-rules.js';

/** A tiny inspection: one judged standard, and case-based ones with few key questions of few cases. */
interface Tiny {
  rules: Rules;
  judged: number;
  /** Rank that a panel gave the first case-based standard; null without a decision. */
  decided: number | null;
  standards: { yes: number; relevant: number; notApplicable: number }[][];
}

const words = exampleRules().ratings;

function tiny(): fc.Arbitrary<Tiny> {
  const question = fc
    .record({ relevant: fc.integer({ min: 0, max: 3 }), notApplicable: fc.integer({ min: 0, max: 2 }) })
    .chain(({ relevant, notApplicable }) =>
      fc.integer({ min: 0, max: relevant }).map((yes) => ({ yes, relevant, notApplicable })),
    );
  const standards = fc.oneof(
    fc.array(fc.array(question, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }),
    fc.array(fc.array(question, { minLength: 1, maxLength: 1 }), { minLength: 3, maxLength: 4 }),
  );
  return fc.record({
    rules: rules(),
    judged: fc.nat(3),
    decided: fc.option(fc.nat(3), { freq: 1, nil: null }).map((rank) => (rank === 0 ? rank : null)),
    standards,
  });
}

/** Rules of any base, rounding and bands; scores ascend, two standards or more may hold the overall rating down. */
function rules(): fc.Arbitrary<Rules> {
  const ascending = (length: number, max: number) =>
    fc
      .uniqueArray(fc.integer({ min: 1, max }), { minLength: length, maxLength: length })
      .map((all) => all.sort((a, b) => a - b));
  return fc
    .record({
      base: fc.constantFrom('relevant' as const, 'inspected' as const),
      rounding: fc.constantFrom('half up' as const, 'half even' as const, 'down' as const, 'up' as const),
      bandOn: fc.constantFrom('rounded' as const, 'exact' as const),
      bands: fc.oneof(fc.constant([50, 65, 80]), fc.constant([34, 67, 100]), ascending(3, 100)),
      scores: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }),
      counting: fc.subarray(['1', '2', '3', '4', '5'], { minLength: 3 }),
      overall: ascending(3, 10),
      limits: fc.array(
        fc.record({
          standards: fc.subarray(['1', '2', '3', '4', '5'], { minLength: 1 }),
          atOrBelow: fc.constantFrom(...words),
          minimumStandards: fc.integer({ min: 1, max: 3 }),
          overallAtMost: fc.constantFrom(...words),
        }),
        { maxLength: 2 },
      ),
      unratedStandard: fc.constantFrom('bands in proportion' as const, 'counts as lowest' as const),
    })
    .map(({ base, bands, scores, counting, overall, ...others }) =>
      exampleRules({
        ...others,
        percentageBase: { 'key question': base, prompt: base },
        bands: [0, ...bands].map((fromPercent, rank) => ({ fromPercent, rating: words[rank] as string })),
        scores: Object.fromEntries(
          scores.sort((a, b) => a - b).map((score, rank) => [words[rank] as string, score]),
        ),
        countingStandards: counting,
        overallBands: [0, ...overall].map((fromScore, rank) => ({
          fromScore,
          rating: words[rank] as string,
        })),
      }),
    );
}

const code = (standard: number, question: number) => `${standard + 2}.${question + 1}`;

function editionOf({ rules, standards }: Tiny): Edition {
  return {
    code: 'tiny',
    rules: [
      { ...rules, countingStandards: rules.countingStandards.filter((c) => +c < standards.length + 2) },
    ],
    standards: [
      { code: '1', basis: 'qualitative', keyQuestions: [] },
      ...standards.map((questions, s) => ({
        code: `${s + 2}`,
        basis: 'cases' as const,
        keyQuestions: questions.map((_, q) => ({ code: code(s, q) })),
      })),
    ],
  };
}

function evidenceOf({ judged, decided, standards }: Tiny, yes: readonly number[]): InspectionEvidence {
  let at = 0;
  return {
    fieldworkStart: '2019-05-13',
    keyQuestions: new Map(
      standards.flatMap((questions, s) =>
        questions.map(({ relevant, notApplicable }, q) => {
          const counted = yes[at++] as number;
          const answers = { yes: counted, no: relevant - counted, notApplicable };
          return [code(s, q), { inspected: relevant + notApplicable, answers }] as const;
        }),
      ),
    ),
    prompts: new Map(),
    judged: new Map([['1', words[judged] as string]]),
    decisions: new Map(
      decided === null ? [] : [['2', { from: 'Good', to: words[decided] as string, reason: 'decided' }]],
    ),
    publishedStandards: new Map(),
    publishedOverall: null,
  };
}

/** Every way of answering that leaves relevant cases as they are: the yes of each key question. */
function* answerings(relevant: readonly number[]): Generator<number[]> {
  const [most, ...rest] = relevant;
  if (most === undefined) return yield [];
  for (let yes = 0; yes <= most; yes++) for (const others of answerings(rest)) yield [yes, ...others];
}

/**
 * The fewest answers that are otherwise, of all answerings, in which a rank is above or below what it was; by subject
 * ('overall' or a standard's code) and direction. Rates every one of them.
 */
function byTrying(inspection: Tiny): Map<string, number> {
  const edition = editionOf(inspection);
  const questions = inspection.standards.flat();
  const own = questions.map(({ yes }) => yes);
  const ranks = (yes: readonly number[]) => {
    const { rules, standards, overall } = rateInspection(edition, evidenceOf(inspection, yes));
    return new Map(
      [
        ...standards.map((one) => [one.code, one.computedRating] as const),
        ['overall', overall.computedRating] as const,
      ].flatMap(([subject, rating]) => (rating === null ? [] : [[subject, rankOf(rules, rating)] as const])),
    );
  };
  const before = ranks(own);
  const fewest = new Map<string, number>();
  for (const yes of answerings(questions.map(({ relevant }) => relevant))) {
    const otherwise = yes.reduce((sum, one, at) => sum + Math.abs(one - (own[at] as number)), 0);
    for (const [subject, rank] of ranks(yes)) {
      const was = before.get(subject) as number;
      if (rank === was) continue;
      const key = `${subject} ${rank > was ? 'up' : 'down'}`;
      fewest.set(key, Math.min(fewest.get(key) ?? Infinity, otherwise));
    }
  }
  return fewest;
}

test('a distance is the fewest answers of all that could be otherwise', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(tiny(), (inspection) => {
      const own = inspection.standards.flat().map(({ yes }) => yes);
      const result = rateInspection(editionOf(inspection), evidenceOf(inspection, own));
      const tried = byTrying(inspection);
      for (const one of standardDistances(result)) {
        expect([one, one.answers]).toEqual([one, tried.get(`${one.standard} ${one.direction}`) ?? null]);
        expect(one.isReachable).toBe(one.nextRating === null ? null : one.answers !== null);
      }
      for (const one of overallDistances(result)) {
        expect([one, one.answers]).toEqual([one, tried.get(`overall ${one.direction}`) ?? null]);
        seen.add(`${one.direction}${one.answers === null ? ` ${one.isReachable}` : ''}`);
        if (one.points === 0 && one.answers !== null) seen.add('limit lifted');
        if ((one.standards?.length ?? 0) > 1) seen.add(`several ${one.direction}`);
      }
    }),
    {
      seed: Number(process.env.AGREEMENT_SEED ?? 20_220_516),
      numRuns: Number(process.env.BRUTE_RUNS ?? 600),
    },
  );
  const wanted = ['up', 'down', 'up false', 'down false', 'limit lifted', 'several up', 'several down'];
  expect([...seen]).toEqual(expect.arrayContaining(wanted));
});
