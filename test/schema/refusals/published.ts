import { type Refusal, refusal } from './refusal.js';

/** What Wigan's report is made to print for a key question. (It prints something already; checks come before keys.) */
const result = (columns: string, values: string): string =>
  `insert into core.published_result (inspection_id, question_id, questionnaire_id, ${columns})
   values (wigan(), question('2018', '2.1.1'), questionnaire('2018', 'court'), ${values})`;

const results: Refusal[] = [
  refusal(
    'more published yes than relevant cases',
    'published_yes_is_relevant',
    result('relevant, yes', '5, 6'),
  ),
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
    'published_result_question_id_questionnaire_id_fkey',
    `insert into core.published_result (inspection_id, question_id, questionnaire_id, percent)
     values (wigan(), question('2021', '2.1.1'), questionnaire('2018', 'court'), 50)`,
  ),
  refusal(
    "a published result for a question of another edition, with that edition's questionnaire",
    'published_result_inspection_id_questionnaire_id_fkey',
    `insert into core.published_result (inspection_id, question_id, questionnaire_id, percent)
     values (wigan(), question('2021', '2.1.1'), questionnaire('2021', 'court'), 50)`,
  ),
  refusal(
    'a published result for a question of a qualitative standard',
    'published_result_question_id_questionnaire_id_fkey',
    `insert into core.published_result (inspection_id, question_id, questionnaire_id, percent)
     values (wigan(), question('2018', '1.1.1'), questionnaire('2018', 'court'), 50)`,
  ),
  refusal(
    'more yes than relevant cases in prose',
    'prose_yes_is_relevant',
    'update core.prose_count set yes = relevant + 1 where relevant is not null',
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
    'prose_count_question_id_questionnaire_id_fkey',
    `insert into core.prose_count (inspection_id, question_id, questionnaire_id, yes)
     values (wigan(), question('2021', '2.1.1'), questionnaire('2018', 'court'), 1)`,
  ),
  refusal(
    'a count in prose from a sample that the inspection did not draw',
    'prose_count_inspection_id_questionnaire_id_fkey',
    `insert into core.prose_count (inspection_id, question_id, questionnaire_id, yes)
     values (wigan(), question('2021', '2.1.1'), questionnaire('2021', 'court'), 1)`,
  ),
];

const ratings: Refusal[] = [
  refusal(
    'two published ratings for a standard',
    'published_standard_rating_pkey',
    'insert into core.published_standard_rating select * from core.published_standard_rating limit 1',
  ),
  refusal(
    "a standard's published rating both lost and given",
    'standard_rating_is_lost_or_given',
    'update core.published_standard_rating set lost = true',
  ),
  refusal(
    "a standard's published rating neither lost nor given",
    'standard_rating_is_lost_or_given',
    'update core.published_standard_rating set rating = null',
  ),
  refusal(
    "a standard's published rating outside the edition's scale",
    'published_standard_rating_edition_code_rating_fkey',
    "update core.published_standard_rating set rating = 'Excellent' where inspection_id = wigan()",
  ),
  refusal(
    'a published rating for a standard that only another edition has',
    'published_standard_rating_edition_code_standard_code_fkey',
    "insert into core.published_standard_rating values (wigan(), '2018', '4.1', 'Good')",
  ),
  refusal(
    'a published rating under another edition than the inspection is of',
    'published_standard_rating_inspection_id_edition_code_fkey',
    "insert into core.published_standard_rating values (wigan(), '2021', '4.1', 'Good')",
  ),
  refusal(
    'two published overall ratings',
    'published_overall_pkey',
    'insert into core.published_overall select * from core.published_overall limit 1',
  ),
  refusal(
    "a published overall rating outside the edition's scale",
    'published_overall_edition_code_rating_fkey',
    "update core.published_overall set rating = 'Excellent' where inspection_id = wigan()",
  ),
  refusal(
    'a published overall rating under another edition than the inspection is of',
    'published_overall_inspection_id_edition_code_fkey',
    "update core.published_overall set edition_code = '2021' where inspection_id = wigan()",
  ),
  refusal(
    'a published overall rating both lost and given',
    'overall_rating_is_lost_or_given',
    'update core.published_overall set rating_lost = true',
  ),
  refusal(
    'a published score both lost and given',
    'score_is_lost_or_given',
    'update core.published_overall set score_lost = true',
  ),
  refusal(
    'a published score above its maximum',
    'score_is_within_maximum',
    'update core.published_overall set score = 37, out_of = 36',
  ),
  refusal(
    'a published score below 0',
    'published_overall_score_check',
    'update core.published_overall set score = -1',
  ),
  refusal(
    'a published score out of 0',
    'published_overall_out_of_check',
    'update core.published_overall set out_of = 0, score = null',
  ),
  refusal(
    'two judgements of a standard',
    'qualitative_rating_pkey',
    'insert into core.qualitative_rating select * from core.qualitative_rating limit 1',
  ),
  refusal(
    'a judgement of a case-based standard',
    'qualitative_rating_edition_code_standard_code_basis_fkey',
    "insert into core.qualitative_rating values (wigan(), '2018', '2.1', 'qualitative', 'Good')",
  ),
  refusal(
    'a judgement of a case-based standard that owns up to it',
    'qualitative_rating_basis_check',
    "insert into core.qualitative_rating values (wigan(), '2018', '2.1', 'cases', 'Good')",
  ),
  refusal(
    "a judgement outside the edition's scale",
    'qualitative_rating_edition_code_rating_fkey',
    "update core.qualitative_rating set rating = 'Excellent' where inspection_id = wigan()",
  ),
  refusal(
    'a judgement under another edition than the inspection is of',
    'qualitative_rating_inspection_id_edition_code_fkey',
    "insert into core.qualitative_rating values (wigan(), '2021', '4.1', 'qualitative', 'Good')",
  ),
];

const decision = (
  edition: string,
  standard: string,
  basis: string,
  from: string,
  to: string,
  reason = 'why',
): string =>
  `insert into core.panel_decision (inspection_id, edition_code, standard_code, basis, from_rating, to_rating, reason)
   values (wigan(), '${edition}', '${standard}', '${basis}', '${from}', '${to}', '${reason}')`;

const decisions: Refusal[] = [
  refusal(
    'two panel decisions on a standard',
    'panel_decision_pkey',
    `insert into core.panel_decision (inspection_id, edition_code, standard_code, from_rating, to_rating, reason)
     select inspection_id, edition_code, standard_code, to_rating, from_rating, 'on second thoughts'
     from core.panel_decision limit 1`,
  ),
  refusal(
    'a panel decision that changes nothing',
    'decision_changes_the_rating',
    decision('2018', '2.1', 'cases', 'Good', 'Good'),
  ),
  refusal(
    'a panel decision without a reason',
    'panel_decision_reason_check',
    decision('2018', '2.1', 'cases', 'Good', 'Outstanding', ''),
  ),
  refusal(
    'a panel decision on a qualitative standard',
    'panel_decision_edition_code_standard_code_basis_fkey',
    decision('2018', '1.1', 'cases', 'Good', 'Outstanding'),
  ),
  refusal(
    'a panel decision on a qualitative standard that owns up to it',
    'panel_decision_basis_check',
    decision('2018', '1.1', 'qualitative', 'Good', 'Outstanding'),
  ),
  refusal(
    'a panel decision on a standard that another edition judges on cases',
    'panel_decision_inspection_id_edition_code_fkey',
    decision('2021', '2.1', 'cases', 'Good', 'Outstanding'),
  ),
  refusal(
    "a panel decision from a rating outside the edition's scale",
    'panel_decision_edition_code_from_rating_fkey',
    decision('2018', '2.1', 'cases', 'Excellent', 'Good'),
  ),
  refusal(
    "a panel decision to a rating outside the edition's scale",
    'panel_decision_edition_code_to_rating_fkey',
    decision('2018', '2.1', 'cases', 'Good', 'Excellent'),
  ),
];

const besides: Refusal[] = [
  refusal(
    'a fact twice',
    'context_fact_pkey',
    'insert into core.context_fact select * from core.context_fact limit 1',
  ),
  refusal(
    'a fact about an inspection that there is not',
    'context_fact_inspection_id_edition_code_fkey',
    "insert into core.context_fact (inspection_id, edition_code, fact_no, measure, value, unit) values (-1, '2018', 1, 'budget', 1, 'pounds')",
  ),
  refusal(
    'a fact about a domain that its edition does not have',
    'context_fact_edition_code_domain_code_fkey',
    "update core.context_fact set domain_code = '4' where inspection_id = wigan()",
  ),
  refusal(
    'a fact about a standard that its edition does not have',
    'context_fact_edition_code_standard_code_fkey',
    "update core.context_fact set standard_code = '4.1' where inspection_id = wigan()",
  ),
  refusal(
    'a fact that measures nothing',
    'context_fact_measure_check',
    "update core.context_fact set measure = ''",
  ),
  refusal(
    'a value both lost and given',
    'value_is_lost_or_given',
    'update core.context_fact set lost = true, value = 1',
  ),
  refusal(
    'a value neither lost nor given',
    'value_is_lost_or_given',
    'update core.context_fact set lost = false, value = null',
  ),
  refusal(
    'the figure beside it both lost and given',
    'comparator_is_lost_or_given',
    "update core.context_fact set comparator = 'Wales', comparator_value = 1, comparator_lost = true",
  ),
  refusal(
    'a figure beside it, nobody knows whose',
    'comparator_value_has_a_comparator',
    'update core.context_fact set comparator = null, comparator_value = 1, comparator_lost = false',
  ),
  refusal(
    'a recommendation twice',
    'recommendation_pkey',
    'insert into core.recommendation select * from core.recommendation limit 1',
  ),
  refusal(
    'a recommendation to nobody',
    'recommendation_addressed_to_check',
    "update core.recommendation set addressed_to = ''",
  ),
  refusal(
    'a recommendation of nothing',
    'recommendation_summary_check',
    "update core.recommendation set summary = ''",
  ),
  refusal(
    'a recommendation of an inspection that there is not',
    'recommendation_inspection_id_edition_code_fkey',
    "insert into core.recommendation values (-1, '2018', 1, 'The board', 'Do it')",
  ),
  refusal(
    'a recommendation about a domain that there is not',
    'recommendation_edition_code_domain_code_fkey',
    "update core.recommendation set domain_code = '9'",
  ),
  refusal('a finding twice', 'finding_pkey', 'insert into core.finding select * from core.finding limit 1'),
  refusal(
    'a finding that is neither a strength nor an area for improvement',
    'finding_kind_check',
    "update core.finding set kind = 'gossip'",
  ),
  refusal('a finding of nothing', 'finding_summary_check', "update core.finding set summary = ''"),
  refusal(
    'a finding of an inspection that there is not',
    'finding_inspection_id_edition_code_fkey',
    "insert into core.finding (inspection_id, edition_code, finding_no, kind, summary) values (-1, '2018', 1, 'strength', 'Good')",
  ),
  refusal(
    'a finding about a domain that there is not',
    'finding_edition_code_domain_code_fkey',
    "update core.finding set domain_code = '9'",
  ),
  refusal(
    'a finding about a standard that there is not',
    'finding_edition_code_standard_code_fkey',
    "update core.finding set standard_code = '9.9'",
  ),
];

const loads: Refusal[] = [
  refusal(
    'a load of an unknown kind',
    'load_kind_check',
    "insert into core.load (kind, subject, content_hash, program) values ('gossip', '', '', '')",
  ),
  refusal(
    'a file of a load twice',
    'load_file_pkey',
    'insert into core.load_file select * from core.load_file limit 1',
  ),
  refusal(
    'a file of a load that there is not',
    'load_file_load_id_fkey',
    "insert into core.load_file values (-1, 'some.csv', '', 0)",
  ),
  refusal(
    'a file of fewer than no bytes',
    'load_file_bytes_check',
    "insert into core.load_file (load_id, file, sha256, bytes) select max(load_id), 'other.csv', '', -1 from core.load",
  ),
  refusal(
    'a table of fewer than no rows',
    'load_file_rows_check',
    "insert into core.load_file (load_id, file, sha256, bytes, rows) select max(load_id), 'other.csv', '', 0, -1 from core.load",
  ),
  refusal(
    'a replaced rating of no load',
    'replaced_rating_load_id_fkey',
    "insert into core.replaced_rating values (-1, '2.1', 'Good', 2)",
  ),
  refusal(
    'two replaced ratings of one standard',
    'replaced_rating_pkey',
    "insert into core.replaced_rating select max(load_id), '2.1' from core.load, generate_series(1, 2) group by generate_series",
  ),
  refusal(
    'a remark of no load',
    'load_remark_load_id_fkey',
    "insert into core.load_remark values (-1, 1, 'some.csv', 1, 'why')",
  ),
  refusal(
    'two remarks of one number',
    'load_remark_pkey',
    "insert into core.load_remark select max(load_id), 1, 'some.csv', 1, 'why' from core.load, generate_series(1, 2) group by generate_series",
  ),
  refusal(
    'a record of ratings for an unknown reason',
    'rating_record_why_check',
    "insert into core.rating_record (inspection_id, why, service, area, edition_code, year, is_synthetic) values (1, 'gossip', '', '', '', 2020, false)",
  ),
  refusal(
    'a record of ratings of no load',
    'rating_record_load_id_fkey',
    "insert into core.rating_record (inspection_id, load_id, why, service, area, edition_code, year, is_synthetic) values (1, -1, 'loaded', '', '', '', 2020, false)",
  ),
  refusal(
    'a rating of no record',
    'recorded_rating_record_id_fkey',
    "insert into core.recorded_rating values (-1, 1, '2.1', 'Good', 2, false)",
  ),
  refusal(
    'two ratings of one standard in a record',
    'recorded_rating_pkey',
    'insert into core.recorded_rating select * from core.recorded_rating limit 1',
  ),
  refusal(
    'two digests of one migration',
    'applied_migration_pkey',
    "insert into core.applied_migration (version, sha256, program) select 'none', '', '' from generate_series(1, 2)",
  ),
  refusal(
    'a score of 101 percent',
    'published_overall_score_percent_check',
    'update core.published_overall set score_percent = 101 where inspection_id = wigan()',
  ),
  refusal(
    'a made object that is neither view nor function',
    'made_object_kind_check',
    "insert into core.made_object values ('table', 'core.answer')",
  ),
  refusal(
    'a made object twice',
    'made_object_pkey',
    'insert into core.made_object select * from core.made_object limit 1',
  ),
];

/** Wrong rows of what reports print, what was judged and decided, and of the record of loads. */
export const publishedRefusals: Refusal[] = [...results, ...ratings, ...decisions, ...besides, ...loads];
