import type { Framework } from '../framework/framework.js';
import type { InspectionFile } from '../import/bundle/inspection-file.js';
import { type InspectionEvidence, type InspectionResult, rateInspection } from '../ratings/inspection.js';
import { rulesFor } from '../ratings/rules.js';
import type { Grounds } from '../ratings/standard.js';
import type { AskedQuestion, SimulatedAnswer } from './answers.js';
import type { SimulatedCase } from './cases.js';
import { simulationWords } from './material.js';
import { type Draws, oneOf, probability } from './random.js';

type Decision = { standard: string; from: string; to: string; reason: string };
type Printed = Pick<InspectionFile, 'overall' | 'standard_ratings' | 'professional_discretion'>;

/** What was inspected. Answers lie by case, then by question, in the order of each. */
export interface Inspected {
  fieldworkFrom: string;
  quality: number;
  sizes: ReadonlyMap<string, number>;
  questions: readonly AskedQuestion[];
  cases: readonly SimulatedCase[];
  answers: readonly SimulatedAnswer[][];
}

/** Judges, rates by the rules, lets a panel decide, and gives what a report prints of that. */
export function printedRatings(random: Draws, edition: Framework, inspected: Inspected): Printed {
  const evidence: InspectionEvidence = {
    fieldworkStart: inspected.fieldworkFrom,
    keyQuestions: countKeyQuestions(inspected),
    prompts: new Map(),
    judged: judgements(random, edition, inspected),
    decisions: new Map(),
    publishedStandards: new Map(),
    publishedOverall: null,
  };
  const asComputed = rateInspection(edition, evidence);
  const decided = decisions(random, asComputed);
  const byStandard = new Map(decided.map((decision) => [decision.standard, decision]));
  const { standards, overall } =
    decided.length === 0 ? asComputed : rateInspection(edition, { ...evidence, decisions: byStandard });
  const { rating, score, maxScore } = overall;
  const rated = standards.flatMap(({ code, rating }) => (rating === null ? [] : [[code, rating]]));
  return {
    ...(score !== null &&
      maxScore !== null && { overall: { ...(rating !== null && { rating }), score, out_of: maxScore } }),
    standard_ratings: Object.fromEntries(rated),
    professional_discretion: decided,
  };
}

/** Answers to key questions, counted. One that is asked of none of the cases has no relevant case. */
function countKeyQuestions({ questions, sizes, answers }: Inspected): InspectionEvidence['keyQuestions'] {
  const counted = questions.flatMap(({ code, sample, isKeyQuestion }, at) => {
    if (!isKeyQuestion) return [];
    const count = (wanted: string) => answers.filter((ofCase) => ofCase[at] === wanted).length;
    const counts = { yes: count('yes'), no: count('no'), notApplicable: count('na') };
    return [[code, { inspected: sizes.get(sample) ?? 0, answers: counts }] as const];
  });
  return new Map(counted);
}

/** Ratings of the qualitative standards: the band of a percentage that goes with the service's quality. */
function judgements(random: Draws, edition: Framework, { fieldworkFrom, quality, sizes }: Inspected) {
  const rules = rulesFor(edition, fieldworkFrom);
  const judged = new Map<string, string>();
  for (const { code, basis, domain } of edition.standards) {
    if (basis !== 'qualitative') continue;
    const percent = 100 * probability(0.85 + 1.1 * quality + 0.5 * random.normal());
    const band = rules.bands.findLast(({ fromPercent }) => fromPercent <= percent);
    const isWithoutCase =
      !rules.countingStandards.includes(code) && sizes.get(edition.domains.get(domain)?.sample ?? '') === 0;
    if (band && !isWithoutCase) judged.set(code, band.rating);
  }
  return judged;
}

const decisionShare = 0.1;
const upwardShare = 0.8;

/** Decisions of the ratings panel, where a ground for discretion holds: one step up or down; at the end of the scale, the other way. */
function decisions(random: Draws, { rules: { ratings }, standards }: InspectionResult): Decision[] {
  const { reasons } = simulationWords();
  return standards.flatMap(({ code, computedRating: from, grounds }) => {
    const held = (Object.keys(reasons) as (keyof Grounds)[]).filter((ground) => grounds?.[ground]);
    if (from === null || held.length === 0 || !random.isBelow(decisionShare)) return [];
    const rank = ratings.indexOf(from);
    const steps = { up: ratings[rank + 1], down: ratings[rank - 1] };
    const [wanted, other] = random.isBelow(upwardShare)
      ? (['up', 'down'] as const)
      : (['down', 'up'] as const);
    const direction = steps[wanted] === undefined ? other : wanted;
    const to = steps[direction];
    if (to === undefined) return [];
    return [{ standard: code, from, to, reason: oneOf(random, reasons[oneOf(random, held)][direction]) }];
  });
}
