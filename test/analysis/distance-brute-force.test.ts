import { expect, test } from 'vitest';
import { groupBy } from '../../src/group-by.js';
import { editions } from '../../src/queries/editions.js';
import { evidence } from '../../src/queries/evidence.js';
import { standardDistance } from '../../src/queries/of-inspections.js';
import { overallDistance } from '../../src/queries/overall-distance.js';
import { type InspectionEvidence, rateInspection } from '../../src/ratings/inspection.js';
import { type Edition, rankOf } from '../../src/ratings/rules.js';
import { type Draws, draws, oneOf } from '../../src/simulate/random.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { type EditionFile, editionOfFile, writeEdition } from '../support/edition-of-file.js';
import { drawnInspection, writeRandomInspections } from '../support/random-inspection.js';
import { renew } from '../support/renew.js';

// The views and the query say how far ratings are; here every way of answering is rated, in TypeScript, and the nearest is taken.

const database = testDatabase();
const seed = Number(process.env.AGREEMENT_SEED ?? 20_220_516);
const runs = Number(process.env.BRUTE_RUNS ?? 12);
const inspections = 25;

const ratings = ['Lowest', 'Low', 'High', 'Highest'];
const codes = ['1', '2', '3', '4', '5'];

/** An edition of one judged standard, and case-based ones with few key questions; of any base, rounding, bands, scores and limits. */
function tinyEdition(random: Draws): EditionFile {
  const ascending = (most: number) => {
    const all = new Set<number>();
    while (all.size < 3) all.add(random.whole(1, most));
    return [0, ...[...all].sort((a, b) => a - b)];
  };
  const some = (least: number) => {
    const chosen = codes.filter(() => random.isBelow(0.6));
    return chosen.length < least ? codes : chosen;
  };
  const bands = oneOf(random, [[0, 50, 65, 80], [0, 34, 67, 100], ascending(100)]);
  const scores = Array.from({ length: 4 }, () => random.whole(0, 3)).sort((a, b) => a - b);
  const questionsOf = oneOf(random, [
    [1, 2],
    [2, 2],
    [1, 1, 1],
    [1, 1, 1, 1],
  ]);
  const standards = questionsOf.map((count, at) => ({
    ...{ code: `${at + 2}`, title: 'Counted', basis: 'cases' as const },
    key_questions: Array.from({ length: count }, (_, q) => ({ code: `${at + 2}.${q + 1}`, text: 'Yes?' })),
  }));
  const known = ['1', ...standards.map(({ code }) => code)];
  const limits = Array.from({ length: random.whole(0, 2) }, () => ({
    standards: some(1).filter((code) => known.includes(code)),
    at_or_below: oneOf(random, ratings),
    minimum_standards: random.whole(1, 3),
    overall_at_most: oneOf(random, ratings),
  }));
  const base = oneOf(random, ['relevant', 'inspected'] as const);
  return {
    ...{ edition: 'tiny', title: 'Tiny', ratings },
    domains: [
      { code: 'A', title: 'Judged', standards: [{ code: '1', title: 'Judged', basis: 'qualitative' }] },
      { code: 'B', title: 'Counted', sample: 'all', standards },
    ],
    rules: [
      {
        ...{ effective_from: '2019-01-01', overall: 'summed', confidence_level: 80 },
        percentage_base: { 'key question': base, prompt: base },
        rounding: oneOf(random, ['half up', 'half even', 'down', 'up']),
        band_on: oneOf(random, ['rounded', 'exact']),
        discretion: { points_from_boundary: 5, differing_judgements: 1, small_sample: 5 },
        bands: bands.map((from_percent, rank) => ({ from_percent, rating: ratings[rank] as string })),
        scores: Object.fromEntries(ratings.map((rating, rank) => [rating, scores[rank] as number])),
        counting_standards: some(3).filter((code) => known.includes(code)),
        overall_bands: ascending(10).map((from_score, rank) => ({
          ...{ from_score, rating: ratings[rank] as string },
        })),
        limiting_judgements: limits.filter(({ standards }) => standards.length > 0),
        unrated_standard: oneOf(random, ['bands in proportion', 'counts as lowest']),
      },
    ],
  };
}

/** Of three or four cases, every figure known; now and then a panel has decided. */
const tinyInspection = (number: number) => {
  const drawn = drawnInspection(seed, number);
  return {
    ...{
      ...drawn,
      fieldworkStart: '2020-06-15',
      cases: [3 + (number % 2)],
      answered: [false],
      overall: null,
    },
    questions: drawn.questions.map((one) => ({ ...one, known: 'counts' as const })),
    standards: drawn.standards.map(({ judged, decided }) => ({
      judged: judged ?? 1,
      decided,
      published: null,
    })),
  };
};

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
function byTrying(edition: Edition, known: InspectionEvidence): Map<string, number> {
  const questions = [...known.keyQuestions];
  const own = questions.map(([, { published }]) => published?.yes as number);
  const ranks = (yes: readonly number[]) => {
    const answered = questions.map(([code, { inspected, published }], at) => {
      const figures = { ...(published as NonNullable<typeof published>), yes: yes[at] as number };
      return [code, { inspected, published: figures }] as const;
    });
    const { rules, standards, overall } = rateInspection(edition, {
      ...known,
      keyQuestions: new Map(answered),
    });
    return new Map(
      [
        ...standards.map((one) => [one.code, one.computedRating] as const),
        ['overall', overall.computedRating] as const,
      ].flatMap(([subject, rating]) => (rating === null ? [] : [[subject, rankOf(rules, rating)] as const])),
    );
  };
  const before = ranks(own);
  const fewest = new Map<string, number>();
  for (const yes of answerings(questions.map(([, { published }]) => published?.relevant as number))) {
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

test('a distance is the fewest answers of all that could be otherwise', async () => {
  const seen = new Set<string>();
  for (let run = 0; run < runs; run++)
    await rolledBack(database.db, async (trx) => {
      const drawn = tinyEdition(draws(seed, 'tiny edition', run));
      const tiny = await writeEdition(trx, editionOfFile(drawn));
      const numbers = Array.from({ length: inspections }, (_, at) => run * inspections + at);
      const ids = await writeRandomInspections(trx, tiny, numbers.map(tinyInspection));
      await renew(trx, ids);
      const edition = (await editions(trx)).get('tiny') as Edition;
      const idOf = (row: { inspection_id: number }) => row.inspection_id;
      const standards = groupBy(await standardDistance(trx, { synthetic: true }), idOf);
      const overalls = groupBy(await overallDistance(trx, { synthetic: true }), idOf);
      for (const { inspectionId, evidence: known } of await evidence(trx, ids)) {
        const tried = byTrying(edition, known);
        for (const one of standards.get(inspectionId) ?? []) {
          expect([one, one.answers]).toEqual([one, tried.get(`${one.standard} ${one.direction}`) ?? null]);
          expect(one.is_reachable).toBe(one.next_rating === null ? null : one.answers !== null);
        }
        for (const one of overalls.get(inspectionId) ?? []) {
          expect([one, one.answers]).toEqual([one, tried.get(`overall ${one.direction}`) ?? null]);
          seen.add(`${one.direction}${one.answers === null ? ` ${one.is_reachable}` : ''}`);
          if (one.points === 0 && one.answers !== null) seen.add('limit lifted');
          if ((one.standards?.length ?? 0) > 1) seen.add(`several ${one.direction}`);
        }
      }
    });
  const wanted = ['up', 'down', 'up false', 'down false', 'limit lifted', 'several up', 'several down'];
  expect([...seen]).toEqual(expect.arrayContaining(wanted));
}, 120_000);
