import { type Draws, draws, oneOf, weighted } from '../../src/simulate/random.js';
import { days, mostSamples } from './random-edition.js';
import type { RandomInspection } from './random-inspection.js';

/** How an inspection is drawn: dice alone make all alike, and what is rare in each never comes up together. */
interface Temper {
  /** Chance that a case's answer is yes, and that a question does not apply to it. */
  yes: number;
  notApplicable: number;
  /** Chance that a sample's cases give their answers. */
  answered: number;
  /** Weights of what is known of a question. */
  known: readonly number[];
}

const kinds = [
  'counts',
  'percentage',
  'counts and percentage',
  'lost',
  'not applicable',
  'nothing',
  'impossible',
] as const;

/** What is known of most inspections: all counts, all percentages, a mixture, and figures with gaps. */
const mixtures = [
  [1, 0, 0, 0, 0.05, 0, 0],
  [0, 1, 0, 0, 0.05, 0, 0],
  [4, 2, 2, 0.2, 0.5, 0.2, 0.2],
  [2, 1, 1, 1, 1, 1, 1],
] as const;

/**
 * The random inspection of a seed and number: the same ones give the same inspection. Other than fast-check's it is never
 * made smaller, and so is quick enough for millions; its samples are as large as real ones, up to 71 cases.
 */
export function drawnInspection(seed: number, number: number): RandomInspection {
  const random = draws(seed, 'random inspection', number);
  const temper: Temper = {
    yes: random.uniform(),
    notApplicable: random.isBelow(0.3) ? random.uniform() : 0.1,
    answered: random.isBelow(0.25) ? 1 : 0.05,
    known: oneOf(random, mixtures),
  };
  const sample = () =>
    random.isBelow(0.1) ? null : random.whole(0, weighted(random, [5, 15, 71], [2, 5, 3]));
  const cases = Array.from({ length: mostSamples }, sample);
  const answered = cases.map(() => random.isBelow(temper.answered));
  const most = Math.max(...cases.map((count, at) => (answered[at] ? (count ?? 0) : 0)));
  const isListed = random.isBelow(0.03);
  const chosen = (chance: number) => (random.isBelow(chance) ? random.whole(0, 100) : null);
  return {
    fieldworkStart: isListed ? null : oneOf(random, days),
    published: isListed || random.isBelow(0.5) ? oneOf(random, days) : null,
    programme: random.whole(0, 1),
    cases,
    answered,
    questions: Array.from({ length: 60 }, () => question(random, temper, most)),
    standards: Array.from({ length: 9 }, () => ({
      judged: chosen(0.9),
      decided: chosen(0.15),
      published: chosen(0.7),
    })),
    overall: chosen(0.8),
  };
}

function question(random: Draws, temper: Temper, answers: number): RandomInspection['questions'][0] {
  return {
    known: weighted(random, kinds, temper.known),
    relevant: random.isBelow(0.1) ? 0 : random.whole(0, 1000),
    yes: Math.floor(1000 * (temper.yes + random.uniform() * (1 - temper.yes))),
    percent: random.whole(0, 100),
    answers: Array.from({ length: answers }, () =>
      random.isBelow(temper.notApplicable) ? 2 : random.isBelow(temper.yes) ? 0 : 1,
    ),
    judged: random.isBelow(0.9) ? random.whole(0, 100) : null,
  };
}
