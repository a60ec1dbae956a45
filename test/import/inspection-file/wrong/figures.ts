import type { WrongCase } from '../../../support/bundles.js';

/** Figures for questions that have none, or are not there. */
export const questions: WrongCase[] = [
  [
    'an unknown key question',
    '"2.1.3": {percent_yes: 67}',
    '▸"2.1.33": {percent_yes: 67}',
    'question 2.1.33 is not in edition 2018 (did you mean "2.1.3"?): 2.1.1, 2.1.2, 2.1.3',
  ],
  [
    'an unknown prompt',
    '"2.1.1.a": {',
    '▸"2.1.2.d": {',
    'question 2.1.2.d is not in edition 2018 (did you mean "2.1.1.d"?): 2.1.1.a, 2.1.1.b, 2.1.1.c, 2.1.1.d, 2.1.1.e, 2.1.1.f, 2.1.1.g, 2.1.2.a, 2.1.2.b, 2.1.2.c, 2.1.3.a, 2.1.3.b, 2.1.3.c',
  ],
  [
    'a key question that only another edition has',
    '"2.1.3": {percent_yes: 67}',
    '▸"1.2.5": {percent_yes: 67}',
    'question 1.2.5 is not in edition 2018 (did you mean "1.2.1"?): 1.2.1, 1.2.2, 1.2.3, 1.2.4',
  ],
  [
    'a key question under prompts',
    '"2.1.1.a": {',
    '▸"2.3.1": {',
    '2.3.1 is a key question, not a prompt: it belongs under key_questions',
  ],
  [
    'a prompt under key questions',
    '"2.1.3": {percent_yes: 67}',
    '▸"2.1.3.a": {percent_yes: 67}',
    '2.1.3.a is a prompt, not a key question: it belongs under prompts',
  ],
  [
    'figures for a question of a qualitative standard',
    '"2.1.3": {percent_yes: 67}',
    '▸"1.1.1": {percent_yes: 67}',
    '1.1.1 is judged, not counted: it has a rating and no figures',
  ],
  [
    'a count in prose for an unknown question',
    '"2.1.3": {yes: 6,',
    '▸"2.1.4": {yes: 6,',
    'question 2.1.4 is not in edition 2018 (did you mean "2.1.1"?): 2.1.1, 2.1.1.a, 2.1.1.b, 2.1.1.c, 2.1.1.d, 2.1.1.e, 2.1.1.f, 2.1.1.g, 2.1.2, 2.1.2.a, 2.1.2.b, 2.1.2.c, 2.1.3, 2.1.3.a, 2.1.3.b, 2.1.3.c',
  ],
  [
    'a count in prose for a question of a qualitative standard',
    '"2.1.3": {yes: 6,',
    '▸"1.1.1": {yes: 6,',
    '1.1.1 belongs to a qualitative standard: it has no counts',
  ],
];

const result = '{relevant_cases: 9, yes: 7}';

/** Figures that can not be, or contradict each other. */
export const figures: WrongCase[] = [
  [
    'more yes than relevant cases',
    result,
    '{relevant_cases: 6, ▸yes: 7}',
    '2.1.1: yes 7 is more than relevant_cases 6 (if the report prints it so, load it with --as-printed)',
  ],
  [
    'more relevant cases than were inspected',
    result,
    '{▸relevant_cases: 10, yes: 7}',
    '2.1.1: relevant_cases 10 is more than the 9 cases of the sample (if the report prints it so, load it with --as-printed)',
  ],
  [
    'more yes than were inspected, the relevant cases lost',
    result,
    '{lost: [relevant_cases], ▸yes: 10}',
    '2.1.1: yes 10 is more than the 9 cases of the sample (if the report prints it so, load it with --as-printed)',
  ],
  [
    'a percentage above 100',
    result,
    '{▸percent_yes: 101}',
    'key_questions > 2.1.1 > percent_yes is 101: it has to be <= 100',
  ],
  [
    'a percentage below 0',
    result,
    '{▸percent_yes: -1}',
    'key_questions > 2.1.1 > percent_yes is -1: it has to be >= 0',
  ],
  [
    'a percentage that is not whole',
    result,
    '{▸percent_yes: 45.5}',
    'key_questions > 2.1.1 > percent_yes is 45.5: it has to be a whole number',
  ],
  [
    'a percentage that is text',
    result,
    '{▸percent_yes: "45"}',
    'key_questions > 2.1.1 > percent_yes is "45": it has to be a whole number',
  ],
  [
    'a percentage that is no number',
    result,
    '{▸percent_yes: .nan}',
    'key_questions > 2.1.1 > percent_yes is NaN: it has to be a whole number',
  ],
  [
    'a count below 0',
    result,
    '{relevant_cases: 9, ▸yes: -7}',
    'key_questions > 2.1.1 > yes is -7: it has to be >= 0',
  ],
  [
    'a count beyond all measure',
    result,
    '{relevant_cases: 9, ▸yes: 70000}',
    'key_questions > 2.1.1 > yes is 70000: it has to be <= 32000',
  ],
  [
    'given and lost at once',
    result,
    '{relevant_cases: 9, ▸yes: 7, lost: [yes]}',
    '2.1.1: yes is given and lost at once',
  ],
  [
    'a count without the other',
    result,
    '{▸yes: 7}',
    '2.1.1: relevant_cases is missing (lost: [relevant_cases] where the source lost it)',
  ],
  [
    'relevant cases without yes',
    result,
    '{▸relevant_cases: 9}',
    '2.1.1: yes is missing (lost: [yes] where the source lost it)',
  ],
  [
    'not applicable, and a figure',
    result,
    '{▸not_applicable: true, yes: 0, relevant_cases: 0}',
    '2.1.1: not_applicable means that no case was relevant: leave the figures out',
  ],
  [
    'no figure',
    '"2.1.1": {relevant_cases: 9, yes: 7}',
    '▸"2.1.1": {}',
    'key_questions > 2.1.1 has nothing in it',
  ],
  [
    'a place and no figure',
    '"2.1.1": {relevant_cases: 9, yes: 7}',
    '▸"2.1.1": {place: 3}',
    '2.1.1: there is no figure: relevant_cases and yes, or percent_yes, or not_applicable, or lost',
  ],
  [
    'an unknown key',
    result,
    '{relevant_cases: 9, ▸yess: 7, yes: 7}',
    'key_questions > 2.1.1: unknown key "yess" (did you mean "yes"?); allowed are relevant_cases, yes, percent_yes, not_applicable, rating, lost, place',
  ],
  [
    'an unknown word under lost',
    result,
    '{yes: 7, lost: [▸relevant]}',
    'key_questions > 2.1.1 > lost > 0 is "relevant": allowed are relevant_cases, yes, percent_yes, rating',
  ],
  [
    'more yes than cases in prose',
    '{yes: 6, of: 9',
    '{▸yes: 10, of: 9',
    '2.1.3: yes 10 is more than of 9 (if the report prints it so, load it with --as-printed)',
  ],
];

/** Samples that can not be, or contradict themselves. */
export const samples: WrongCase[] = [
  [
    'that the edition does not have',
    '  out_of_court_disposals: {',
    '  ▸resettlement: {cases: 2}\n  out_of_court_disposals: {',
    'edition 2018 has no sample "resettlement": court, out of court',
  ],
  [
    'unknown',
    '  out_of_court_disposals: {',
    '  ▸out_of_court_orders: {',
    'edition 2018 has no sample "out_of_court_orders": court, out of court',
  ],
  [
    'twice, under its two names',
    '  out_of_court_disposals: {',
    '  ▸court: {cases: 9}\n  out_of_court_disposals: {',
    'sample court stands twice: leave one',
  ],
  [
    'disposals that sum to more than the cases',
    '{cases: 9, community_sentence: 7,',
    '{▸cases: 9, community_sentence: 8,',
    'court_disposals: the disposals sum to 10, but cases is 9 (if the report prints it so, load it with --as-printed)',
  ],
  [
    'fewer eligible cases than were inspected',
    'eligible_cases: 12',
    '▸eligible_cases: 8',
    'court_disposals: eligible_cases is 8, but 9 were inspected (if the report prints it so, load it with --as-printed)',
  ],
  [
    'parts of a disposal that sum to more than it',
    'community_sentence: 7, referral_order: 4',
    '▸community_sentence: 7, referral_order: 4, youth_rehabilitation_order: 4',
    'court_disposals: community_sentence is 7, but its parts sum to 8 (if the report prints it so, load it with --as-printed)',
  ],
  [
    'an unknown disposal',
    'youth_caution: 2',
    '▸youth_cautoin: 2',
    'out_of_court_disposals: unknown disposal "youth_cautoin" (did you mean "youth_caution"?): youth_conditional_caution, youth_caution, community_resolution, triage, other',
  ],
  [
    'a disposal twice, by two of its names',
    'community_sentence: 7,',
    'community_sentence: 7, ▸community order: 7,',
    'court_disposals: community_sentence stands twice, by two of its names: leave one',
  ],
  [
    'a disposal of another sample',
    'youth_caution: 2',
    '▸referral_order: 2',
    'out_of_court_disposals: unknown disposal "referral_order": youth_conditional_caution, youth_caution, community_resolution, triage, other',
  ],
  [
    'a number of cases that is text',
    '{cases: 9, community',
    '{▸cases: nine, community',
    'sample > court_disposals > cases is "nine": it has to be a whole number',
  ],
];
