import { type Refusal, refusal } from './refusal.js';

/** What Wigan's report is made to print for a key question. (It prints something already; checks come before keys.) */
const result = (columns: string, values: string): string =>
  `insert into core.published_result (inspection_id, question_id, sample_id, ${columns})
   values (wigan(), question('2018', '2.1.1'), sample('2018', 'court'), ${values})`;

/** Wrong rows of the figures that reports print for questions, in tables and in prose. */
export const resultRefusals: Refusal[] = [
  refusal('fewer than no relevant cases', 'published_result_relevant_check', result('relevant', '-1')),
  refusal('fewer than no yes', 'published_result_yes_check', result('yes', '-1')),
  refusal('101%', 'published_result_percent_check', result('percent', '101')),
  refusal('less than 0%', 'published_result_percent_check', result('percent', '-1')),
  refusal(
    'relevant cases both lost and given',
    'relevant_is_lost_or_given',
    result('relevant, relevant_lost', '5, true'),
  ),
  refusal('a yes both lost and given', 'yes_is_lost_or_given', result('yes, yes_lost', '5, true')),
  refusal(
    'a percentage both lost and given',
    'percent_is_lost_or_given',
    result('percent, percent_lost', '50, true'),
  ),
  refusal(
    '"N/A" with a figure',
    'no_relevant_case_has_no_figure',
    result('no_relevant_case, yes', 'true, 0'),
  ),
  refusal(
    '"N/A" with a lost figure',
    'no_relevant_case_has_no_figure',
    result('no_relevant_case, yes_lost', 'true, true'),
  ),
  refusal(
    'a published result that says nothing',
    'published_result_says_something',
    result('place', "'page 9'"),
  ),
  refusal(
    'two published results for a question',
    'published_result_pkey',
    'insert into core.published_result select * from core.published_result limit 1',
  ),
  refusal(
    'a published result for a question of another edition',
    'published_result_question_id_sample_id_fkey',
    `insert into core.published_result (inspection_id, question_id, sample_id, percent)
     values (wigan(), question('2021', '2.1.1'), sample('2018', 'court'), 50)`,
  ),
  refusal(
    "a published result for a question of another edition, in that edition's sample",
    'published_result_inspection_id_sample_id_fkey',
    `insert into core.published_result (inspection_id, question_id, sample_id, percent)
     values (wigan(), question('2021', '2.1.1'), sample('2021', 'court'), 50)`,
  ),
  refusal(
    'a published result for a judged question',
    'published_result_question_id_sample_id_fkey',
    `insert into core.published_result (inspection_id, question_id, sample_id, percent)
     values (wigan(), question('2018', '1.1.1'), sample('2018', 'court'), 50)`,
  ),
  refusal('fewer than no yes in prose', 'prose_count_yes_check', 'update core.prose_count set yes = -1'),
  refusal(
    'fewer than no relevant cases in prose',
    'prose_count_relevant_check',
    'update core.prose_count set relevant = -1',
  ),
  refusal(
    'two counts in prose for a question',
    'prose_count_pkey',
    'insert into core.prose_count select * from core.prose_count limit 1',
  ),
  refusal(
    'a count in prose for a question of another edition',
    'prose_count_question_id_sample_id_fkey',
    `insert into core.prose_count (inspection_id, question_id, sample_id, yes)
     values (wigan(), question('2021', '2.1.1'), sample('2018', 'court'), 1)`,
  ),
  refusal(
    'a count in prose from a sample that the inspection did not draw',
    'prose_count_inspection_id_sample_id_fkey',
    `insert into core.prose_count (inspection_id, question_id, sample_id, yes)
     values (wigan(), question('2021', '2.1.1'), sample('2021', 'court'), 1)`,
  ),
];
