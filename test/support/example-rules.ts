import type { Rules } from '../../src/ratings/rules.js';

/** Rules like those of 2018, for tests of single steps; `changes` names what a test wants otherwise. */
export function exampleRules(changes: Partial<Rules> = {}): Rules {
  return {
    effectiveFrom: '2018-01-01',
    ratings: ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'],
    percentageBase: { 'key question': 'relevant', prompt: 'relevant' },
    rounding: 'half up',
    bandOn: 'rounded',
    z: 1.2815515655446004,
    bands: [
      { fromPercent: 0, rating: 'Inadequate' },
      { fromPercent: 50, rating: 'Requires improvement' },
      { fromPercent: 65, rating: 'Good' },
      { fromPercent: 80, rating: 'Outstanding' },
    ],
    discretion: { points: 5, judgements: 1, sample: 5 },
    scores: { Inadequate: 0, 'Requires improvement': 1, Good: 2, Outstanding: 3 },
    countingStandards: ['1', '2', '3', '4'],
    overallBands: [
      { fromScore: 0, rating: 'Inadequate' },
      { fromScore: 3, rating: 'Requires improvement' },
      { fromScore: 7, rating: 'Good' },
      { fromScore: 11, rating: 'Outstanding' },
    ],
    limits: [],
    unratedStandard: 'overall not rated',
    ...changes,
  };
}
