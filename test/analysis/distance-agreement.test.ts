import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Connection } from '../../src/database/connect.js';
import { groupBy } from '../../src/group-by.js';
import type { EditionFile, RulesEntry } from '../../src/import/edition/edition-entries.js';
import { writeEdition } from '../../src/import/edition/write-edition.js';
import { editions } from '../../src/queries/editions.js';
import { evidence } from '../../src/queries/evidence.js';
import { standardDistance } from '../../src/queries/of-inspections.js';
import { overallDistance } from '../../src/queries/overall-distance.js';
import { standardDistances } from '../../src/ratings/distance.js';
import { rateInspection } from '../../src/ratings/inspection.js';
import { overallDistances } from '../../src/ratings/overall-distance.js';
import type { Edition } from '../../src/ratings/rules.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { plain, randomEdition } from '../support/random-edition.js';
import {
  type RandomInspection,
  randomInspection,
  writeRandomInspection,
} from '../support/random-inspection.js';
import { renew } from '../support/renew.js';

const database = testDatabase();
const seed = Number(process.env.AGREEMENT_SEED ?? 3);
const runs = Number(process.env.AGREEMENT_RUNS ?? 6);

/** A distance as both programs have it. */
interface Told {
  answers: number | null;
  is_reachable: boolean | null;
  explanation: string | null;
  direction: string;
  standard?: string;
  standards?: unknown[] | null;
  key_questions?: unknown[] | null;
  points?: number | null;
}

/** A distance of the TypeScript computation with the names of the views' columns: is_reachable for isReachable. */
const asColumns = (one: object) =>
  Object.fromEntries(
    Object.entries(one).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  ) as unknown as Told;

/** Holds the views against the TypeScript computation for some inspections; returns what was told of them. */
async function compared(db: Connection, only?: number[]): Promise<Told[]> {
  const known = await editions(db);
  const told: Told[] = [];
  const idOf = (row: { inspection_id: number }) => row.inspection_id;
  const standardsInViews = groupBy(await standardDistance(db, { synthetic: 'both' }), idOf);
  const overallInViews = groupBy(await overallDistance(db, { synthetic: 'both' }), idOf);
  for (const { inspectionId, edition, evidence: found } of await evidence(db, only)) {
    const result = rateInspection(known.get(edition) as Edition, found);
    const standards = standardDistances(result)
      .map(({ keyQuestions, ...one }) => ({
        ...asColumns(one),
        standard: one.standard,
        key_questions: keyQuestions?.map(({ code }) => code) ?? null,
        key_question_answers: keyQuestions?.map(({ answers }) => answers) ?? null,
      }))
      .sort((a, b) => a.standard.localeCompare(b.standard));
    const overall = overallDistances(result).map(asColumns);
    expect(standardsInViews.get(inspectionId) ?? []).toMatchObject(standards);
    expect(overallInViews.get(inspectionId)).toMatchObject(overall);
    told.push(...standards, ...overall);
  }
  return told;
}

test('SQL and TypeScript give the same distances for every bundled inspection', async () => {
  const told = await compared(database.db);
  expect(told.filter(({ answers }) => answers !== null).length).toBe(50);
});

/** The same edition with scores that ascend with the scale. */
function ascending(edition: EditionFile): EditionFile {
  const ascend = (scores: Record<string, number>) => {
    const sorted = Object.values(scores).sort((a, b) => a - b);
    return Object.fromEntries(sorted.map((score, rank) => [edition.ratings[rank] as string, score]));
  };
  return {
    ...edition,
    rules: edition.rules.map((rules) => ({ ...rules, scores: ascend(rules.scores ?? {}) })),
  };
}

/** The same edition with the shape of the real ones: a point a rank, bands all over the score, every standard counts, all questions counted. */
const ordinary = (edition: EditionFile): EditionFile => {
  const { ratings } = edition;
  const inspected = ({ programme }: RulesEntry) =>
    edition.programmes.find((one) => one.programme === programme)?.standards ?? [];
  return {
    ...plain(edition),
    rules: edition.rules.map((rules) => ({
      ...{ percentage_base: { 'key question': 'relevant' as const, prompt: 'relevant' as const } },
      ...{ rounding: 'half up' as const, band_on: 'rounded' as const },
      ...rules,
      bands: ratings.map((rating, rank) => ({
        rating,
        from_percent: Math.ceil((100 * rank) / ratings.length),
      })),
      scores: Object.fromEntries(ratings.map((rating, rank) => [rating, rank])),
      counting_standards: inspected(rules),
      overall: 'summed' as const,
      not_known: [],
      overall_bands: ratings.map((rating, rank) => ({
        rating,
        from_score: rank * Math.max(inspected(rules).length - 1, 1),
      })),
      limiting_judgements: (rules.limiting_judgements ?? []).map((limit) => ({
        ...limit,
        at_or_below: ratings[0] as string,
      })),
      unrated_standard: 'bands in proportion' as const,
    })),
  };
};

/** The same inspection without gaps: counts or answers for nearly every question, a judgement for every judged standard. */
const whole = (inspection: RandomInspection): RandomInspection => ({
  ...inspection,
  cases: inspection.cases.map((cases, at) => cases ?? 4 + 5 * at),
  questions: inspection.questions.map((one, at) => ({
    ...one,
    // here and there the relevant cases, or whether there was one, are left open
    known: one.known === 'lost' && at % 4 === 0 ? 'lost' : 'counts',
    yes: one.known === 'lost' ? one.yes - (one.yes % 2) : one.yes,
  })),
  standards: inspection.standards.map(({ judged, decided, published }) => ({
    judged: judged ?? 1,
    decided: published === null ? decided : null,
    published: null,
  })),
});

/** What kinds of outcome a distance is. */
function kindsOf({ standard, direction, ...one }: Told): string[] {
  const of = `${standard === undefined ? 'overall' : 'standard'} ${direction}`;
  const kinds: [kind: string, is: boolean][] = [
    [of, one.answers !== null],
    [`${of} not reachable`, one.is_reachable === false],
    [`${of}: ${one.explanation?.replace(/[:;].*/, '')}`, one.explanation !== null],
    [`several standards ${direction}`, (one.standards?.length ?? 0) > 1],
    ['a limit lifted', one.points === 0 && one.answers !== null],
    ['a limit not lifted', one.explanation?.includes('overall at most') ?? false],
    ['one of several key questions', direction === 'down' && (one.key_questions?.length ?? 0) > 1],
  ];
  return kinds.filter(([, is]) => is).map(([kind]) => kind);
}

test('SQL and TypeScript give the same distances for random inspections under random editions', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        { weight: 4, arbitrary: randomEdition().map(ascending) },
        { weight: 6, arbitrary: randomEdition().map(ordinary) },
        randomEdition(),
      ),
      fc.array(fc.oneof(randomInspection(), { weight: 3, arbitrary: randomInspection().map(whole) }), {
        minLength: 8,
        maxLength: 8,
      }),
      async (edition, inspections) => {
        await rolledBack(database.db, async (trx) => {
          await writeEdition(trx, edition);
          const ids: number[] = [];
          for (const [at, inspection] of inspections.entries())
            ids.push(await writeRandomInspection(trx, edition, inspection, at));
          await renew(trx, ids);
          for (const one of await compared(trx, ids)) for (const kind of kindsOf(one)) seen.add(kind);
        });
      },
    ),
    { seed, numRuns: runs, endOnFailure: true },
  );
  // Agreement about nothing would prove nothing: every kind of outcome has to have come up.
  const wanted = [
    'standard up',
    'standard down',
    'standard up not reachable',
    'standard up: counts not known',
    'standard down: counts not known',
    'standard up: relevant cases not known',
    'overall up',
    'overall down',
    'overall up not reachable',
    'overall down not reachable',
    'overall up: counts not known',
    'overall up: the scores do not ascend with the ratings',
    'several standards up',
    'several standards down',
    'one of several key questions',
    'a limit lifted',
    'a limit not lifted',
  ];
  if (runs >= 24) expect(wanted.filter((outcome) => !seen.has(outcome))).toEqual([]);
}, 300_000);
