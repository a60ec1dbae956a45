import type { WrongCase } from '../../../support/bundles.js';

const wrong = 'the bands have to begin at 0 and to ascend, a better rating with each';

/** Bands that leave percentages or scores without a rating, or with the wrong one. */
export const wrongBands: WrongCase[] = [
  [
    'not from 0',
    `    bands:
      - {from_percent: 0,`,
    `    ▸bands:
      - {from_percent: 1,`,
    wrong,
  ],
  [
    'not ascending',
    `    bands:
      - {from_percent: 0, rating: Weak}
      - {from_percent: 40,`,
    `    ▸bands:
      - {from_percent: 0, rating: Weak}
      - {from_percent: 75,`,
    wrong,
  ],
  [
    'at one percentage',
    `    bands:
      - {from_percent: 0, rating: Weak}
      - {from_percent: 40,`,
    `    ▸bands:
      - {from_percent: 0, rating: Weak}
      - {from_percent: 0,`,
    wrong,
  ],
  [
    'of descending ratings',
    `    bands:
      - {from_percent: 0, rating: Weak}`,
    `    ▸bands:
      - {from_percent: 0, rating: Strong}`,
    wrong,
  ],
  [
    'overall, not from 0',
    `    overall_bands:
      - {from_score: 0,`,
    `    ▸overall_bands:
      - {from_score: 1,`,
    wrong,
  ],
  [
    'overall, not ascending',
    `    overall_bands:
      - {from_score: 0, rating: Weak}
      - {from_score: 2,`,
    `    ▸overall_bands:
      - {from_score: 0, rating: Weak}
      - {from_score: 6,`,
    wrong,
  ],
  [
    'overall, above what the standards that count give',
    `    overall_bands:
      - {from_score: 0, rating: Weak}
      - {from_score: 2, rating: Fair}
      - {from_score: 5,`,
    `    ▸overall_bands:
      - {from_score: 0, rating: Weak}
      - {from_score: 2, rating: Fair}
      - {from_score: 7,`,
    '"Strong" begins at 7 points, but the standards that count give 6 at most',
  ],
  [
    'overall, above what fewer standards give',
    '    rounding: down\n',
    '    rounding: down\n    ▸counting_standards: ["A.1", "B.1"]\n',
    '"Strong" begins at 5 points, but the standards that count give 4 at most',
  ],
  [
    'above 100 percent',
    '{from_percent: 70,',
    '{▸from_percent: 101,',
    'rules > 0 > bands > 2 > from_percent is 101: it has to be <= 100',
  ],
  [
    'none',
    'limiting_judgements:\n',
    '▸bandz: []\n    limiting_judgements:\n',
    'rules > 0: unknown key "bandz" (did you mean "bands"?); allowed are effective_from, note, programmes, percentage_base, rounding, band_on, confidence_level, bands, discretion, scores, counting_standards, overall_bands, limiting_judgements, unrated_standard, overall, not_known',
  ],
];

/** Other rules that can not be, or contradict the scale and the standards. */
export const wrongRules: WrongCase[] = [
  [
    'fewer points for a better rating',
    'scores: {Weak: 0, Fair: 1, Strong: 2}',
    '▸scores: {Weak: 0, Fair: 3, Strong: 2}',
    'the scores have to rise with the ratings',
  ],
  [
    'the same points for every rating',
    'scores: {Weak: 0, Fair: 1, Strong: 2}',
    '▸scores: {Weak: 3, Fair: 3, Strong: 3}',
    'the scores have to rise with the ratings',
  ],
  [
    'a limit by more standards than it names',
    `limiting_judgements:
      - {standards: ["A.1"],`,
    `▸limiting_judgements:
      - {standards: ["A.1"], minimum_standards: 2,`,
    'minimum_standards is 2, but the limit names 1: it could never hold',
  ],
  [
    'a counting standard that there is not',
    'counting_standards: ["A.1", "B.1", "B.2"]',
    '▸counting_standards: ["A.1", "B.1", "B.3"]',
    '"B.3" is no standard of this edition (did you mean "B.1"?)',
  ],
  [
    'a counting standard named twice',
    'counting_standards: ["A.1", "B.1", "B.2"]',
    'counting_standards: ["A.1", ▸"B.1", "B.1"]',
    'rules > 0 > counting_standards: this entry stands twice',
  ],
  [
    'a limit on a standard that there is not',
    `    limiting_judgements:
      - {standards: ["A.1"]`,
    `    ▸limiting_judgements:
      - {standards: ["A.9"]`,
    '"A.9" is no standard of this edition (did you mean "A.1"?)',
  ],
  [
    'a limit to a rating that is not on the scale',
    `    limiting_judgements:
      - {standards: ["A.1"], at_or_below: Weak, overall_at_most: Fair}`,
    `    ▸limiting_judgements:
      - {standards: ["A.1"], at_or_below: Weak, overall_at_most: Excellent}`,
    '"Excellent" is not on the scale: Weak, Fair, Strong',
  ],
  [
    'a score for a rating that is not on the scale',
    'scores: {Weak: 0, Fair: 1, Strong: 2}',
    '▸scores: {Weak: 0, Fair: 1, Strong: 2, Superb: 3}',
    '"Superb" is not on the scale: Weak, Fair, Strong',
  ],
  [
    'no score for a rating',
    'scores: {Weak: 0, Fair: 1, Strong: 2}',
    '▸scores: {Weak: 0, Fair: 1}',
    'the score of "Strong" is missing',
  ],
  [
    'a score too large',
    'scores: {Weak: 0, Fair: 1, Strong: 2}',
    'scores: {Weak: 0, Fair: 1, ▸Strong: 40000}',
    'rules > 0 > scores > Strong is 40000: it has to be <= 32000',
  ],
  [
    'a weight of 0',
    'counting_standards: ["A.1", "B.1", "B.2"]',
    'counting_standards: {"A.1": 2, ▸"B.1": 0}',
    'rules > 0 > counting_standards > B.1 is 0: it has to be >= 1',
  ],
  [
    'a weight of a standard that there is not',
    'counting_standards: ["A.1", "B.1", "B.2"]',
    '▸counting_standards: {"A.1": 2, "B.3": 1}',
    '"B.3" is no standard of this edition (did you mean "B.1"?)',
  ],
  [
    'an overall rating that is come by as nobody knows',
    'unrated_standard: overall not rated',
    'unrated_standard: overall not rated\n    ▸overall: averaged',
    'rules > 0 > overall is "averaged": allowed are summed, judged, none',
  ],
  [
    'bands without the rounding that they need',
    '    rounding: half up\n    band_on: rounded\n    confidence_level: 95\n    bands:\n',
    '    not_known: [rounding]\n    band_on: rounded\n    confidence_level: 95\n    ▸bands:\n',
    'bands need rounding, which is not known',
  ],
  [
    'rounding that an amendment forgets, while the bands stay',
    '    rounding: down\n',
    '    ▸not_known: [rounding]\n',
    'bands need rounding, which is not known',
  ],
  [
    'limits that nobody knows of beside an overall rating that is summed',
    `    limiting_judgements:
      - {standards: ["A.1"], at_or_below: Weak, overall_at_most: Fair}
`,
    '    ▸not_known: [limiting_judgements]\n',
    'where limiting_judgements are not known, neither is the overall rating: name overall too (limiting_judgements: [] says that there is none)',
  ],
  [
    'rules of a programme that there is not',
    'unrated_standard: overall not rated\n',
    'unrated_standard: overall not rated\n    programmes:\n      ▸small: {rounding: down}\n',
    '"small" is no programme of this edition: full',
  ],
  [
    'a programme twice',
    'ratings: [Weak, Fair, Strong]\n',
    'ratings: [Weak, Fair, Strong]\nprogrammes:\n  - {programme: full}\n  - ▸{programme: full}\n',
    'programme full stands twice',
  ],
  [
    'a programme of a standard that there is not',
    'ratings: [Weak, Fair, Strong]\n',
    'ratings: [Weak, Fair, Strong]\nprogrammes:\n  - {programme: full, ▸standards: ["A.1", "B.1", "B.2", "B.3"]}\n',
    '"B.3" is no standard of this edition (did you mean "B.1"?)',
  ],
  [
    'an amendment of the same day',
    'effective_from: "2021-01-01"',
    '▸effective_from: "2020-01-01"',
    'an amendment has to be later than the rules before it',
  ],
  [
    'an amendment that is earlier',
    'effective_from: "2021-01-01"',
    '▸effective_from: "2019-12-31"',
    'an amendment has to be later than the rules before it',
  ],
  [
    'a day that there is not',
    'effective_from: "2021-01-01"',
    '▸effective_from: "2021-02-29"',
    'rules > 1 > effective_from is "2021-02-29": it has to be a day that there is, like 2021-04-26',
  ],
  [
    'a rounding that there is not',
    'rounding: down',
    '▸rounding: nearest',
    'rules > 1 > rounding is "nearest": allowed are half up, half even, down, up',
  ],
  [
    'a confidence level that there is not',
    'confidence_level: 95',
    '▸confidence_level: 96',
    'rules > 0 > confidence_level is 96 (did you mean "90"?): allowed are 80, 90, 95, 99',
  ],
  [
    'an edition without a name',
    'edition: Invented 1',
    '▸edition: ""',
    'edition is "": it has to be letters and digits, with blanks, points or dashes between them: 2018',
  ],
  ['an edition of a strange name', 'edition: Invented 1', '▸edition: -5', 'edition is -5: it has to be >= 0'],
  [
    'a rating twice on the scale',
    'ratings: [Weak, Fair, Strong]',
    'ratings: [Weak, ▸Fair, Strong, Fair]',
    'ratings: this entry stands twice',
  ],
  [
    'an endless rating',
    'ratings: [Weak, Fair, Strong]',
    `ratings: [Weak, Fair, Strong, ▸${'x'.repeat(3000)}]`,
    'ratings > 3 is longer than 100 characters',
  ],
];
