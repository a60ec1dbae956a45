import type { WrongCase } from '../../../support/bundles.js';

const scale = 'Inadequate, Requires improvement, Good, Outstanding';
/** The codes that a message names, as it lists them. */
export const standards2018 = '1.1, 1.2, 1.3, 1.4, 2.1, 2.2, 2.3, 2.4, 3.1, 3.2, 3.3, 3.4';

/** Ratings and scores that can not be. */
export const ratings: WrongCase[] = [
  [
    'of a standard, in other letters',
    '"3.1": Requires improvement',
    '▸"3.1": Requires Improvement',
    `rating "Requires Improvement" is not on the scale of edition 2018 (did you mean "Requires improvement"?): ${scale}`,
  ],
  [
    'of a standard, misspelt, as an object',
    '{rating: Outstanding, place: page 3}',
    '{▸rating: Excelent, place: page 3}',
    `rating "Excelent" is not on the scale of edition 2018: ${scale}`,
  ],
  [
    'overall',
    'rating: Good, score',
    '▸rating: Gud, score',
    `rating "Gud" is not on the scale of edition 2018 (did you mean "Good"?): ${scale}`,
  ],
  [
    'judged',
    '"1.4": Requires improvement',
    '▸"1.4": dreadful',
    `rating "dreadful" is not on the scale of edition 2018: ${scale}`,
  ],
  [
    'of an unknown standard',
    '"3.1": Requires improvement',
    '▸"3.5": Requires improvement',
    `standard 3.5 is not in edition 2018 (did you mean "3.1"?): ${standards2018}`,
  ],
  [
    'of a standard that only another edition has',
    '"3.1": Requires improvement',
    '▸"4.1": Requires improvement',
    `standard 4.1 is not in edition 2018 (did you mean "1.1"?): ${standards2018}`,
  ],
  [
    'judged, of a standard rated from cases',
    '"1.4": Requires improvement',
    '▸"2.4": Good',
    'standard 2.4 is rated from cases, not judged',
  ],
  [
    'given and lost at once',
    '"1.3": Good',
    '▸"1.3": {rating: Good, lost: [rating]}',
    'standard 1.3: give its rating, or not_rated: true where the source says so, or lost: [rating] where the source lost it',
  ],
  [
    'neither given nor lost',
    '"1.3": Good',
    '▸"1.3": {place: 4}',
    'standard 1.3: give its rating, or not_rated: true where the source says so, or lost: [rating] where the source lost it',
  ],
  [
    'given and not rated at once',
    '"1.3": Good',
    '▸"1.3": {rating: Good, not_rated: true}',
    'standard 1.3: give its rating, or not_rated: true where the source says so, or lost: [rating] where the source lost it',
  ],
  [
    'overall, given and not rated at once',
    'overall: {rating: Good,',
    'overall: {rating: Good, ▸not_rated: true,',
    'not_rated means that there is no overall rating: leave it out',
  ],
  [
    'a score above 100%',
    'score: 24, out_of: 36',
    '▸score_percent: 101, out_of: 36',
    'overall > score_percent is 101: it has to be <= 100',
  ],
  [
    'overall, given and lost at once',
    'overall: {rating: Good,',
    'overall: {▸rating: Good, lost: [rating],',
    'rating is given and lost at once',
  ],
  [
    'a score above its maximum',
    'score: 24',
    '▸score: 37',
    'score 37 is more than out_of 36 (if the report prints it so, load it with --as-printed)',
  ],
  [
    'a maximum of 0',
    'score: 24, out_of: 36',
    'score: 0, ▸out_of: 0',
    'overall > out_of is 0: it has to be >= 1',
  ],
];

const decision =
  '{standard: "2.2", from: Good, to: Outstanding, reason: The one case was a late referral., place: 12}';

/** Decisions of a panel that can not be. */
export const discretion: WrongCase[] = [
  [
    'two decisions on one standard',
    decision,
    `${decision}\n  - {▸standard: "2.2", from: Good, to: Inadequate, reason: another}`,
    'standard 2.2 has two decisions: leave one',
  ],
  [
    'on a qualitative standard',
    'standard: "2.2"',
    '▸standard: "1.2"',
    'standard 1.2 is qualitative: discretion is only for standards rated from cases',
  ],
  [
    'on an unknown standard',
    'standard: "2.2"',
    '▸standard: "2.9"',
    `standard 2.9 is not in edition 2018 (did you mean "2.1"?): ${standards2018}`,
  ],
  [
    'that changes nothing',
    'to: Outstanding',
    '▸to: Good',
    'the decision on 2.2 changes nothing: from and to are both "Good"',
  ],
  [
    'to an unknown rating',
    'to: Outstanding',
    '▸to: Better',
    `rating "Better" is not on the scale of edition 2018: ${scale}`,
  ],
  [
    'without a reason',
    '  - {standard: "2.2", from: Good, to: Outstanding, reason: The one case was a late referral., place: 12}',
    '  - ▸{standard: "2.2", from: Good, to: Outstanding}',
    'professional_discretion > 0: "reason" is missing',
  ],
  [
    'with a blank reason',
    'reason: The one case was a late referral.',
    '▸reason: " "',
    'professional_discretion > 0 > reason is " ": it has to be text, not blank',
  ],
];
