-- Wrong rows of figures that reports print, of ratings, of what else a report holds.

-- fewer than no relevant cases: published_result_relevant_check
insert into core.published_result (relevant) values (-1);
-- fewer than no yes: published_result_yes_check
insert into core.published_result (yes) values (-1);
-- 101%: published_result_percent_check
insert into core.published_result (percent) values (101);
-- less than 0%: published_result_percent_check
insert into core.published_result (percent) values (-1);
-- relevant cases both lost and given: relevant_is_lost_or_given
insert into core.published_result (relevant, relevant_lost) values (5, true);
-- a yes both lost and given: yes_is_lost_or_given
insert into core.published_result (yes, yes_lost) values (5, true);
-- a percentage both lost and given: percent_is_lost_or_given
insert into core.published_result (percent, percent_lost) values (50, true);
-- "N/A" with a figure: no_relevant_case_has_no_figure
insert into core.published_result (no_relevant_case, yes) values (true, 0);
-- "N/A" with a lost figure: no_relevant_case_has_no_figure
insert into core.published_result (no_relevant_case, yes_lost) values (true, true);
-- a published result that says nothing: published_result_says_something
insert into core.published_result (place) values ('page 9');
-- two published results for a question: published_result_pkey
insert into core.published_result select * from core.published_result limit 1;
-- a published result for a question of another edition: published_result_question_id_sample_id_fkey
insert into core.published_result (question_id, percent) values (question('2021', '2.1.1'), 50);
-- a published result for a question of another edition, in that edition's sample: published_result_inspection_id_sample_id_fkey
insert into core.published_result (question_id, sample_id, percent)
  values (question('2021', '2.1.1'), sample('2021', 'court'), 50);
-- a published result for a judged question: published_result_question_id_sample_id_fkey
insert into core.published_result (question_id, percent) values (question('2018', '1.1.1'), 50);
-- fewer than no yes in prose: prose_count_yes_check
update core.prose_count set yes = -1;
-- fewer than no relevant cases in prose: prose_count_relevant_check
update core.prose_count set relevant = -1;
-- two counts in prose for a question: prose_count_pkey
insert into core.prose_count select * from core.prose_count limit 1;
-- a count in prose for a question of another edition: prose_count_question_id_sample_id_fkey
insert into core.prose_count (question_id) values (question('2021', '2.1.1'));
-- a count in prose from a sample that the inspection did not draw: prose_count_inspection_id_sample_id_fkey
insert into core.prose_count (question_id, sample_id)
  values (question('2021', '2.1.1'), sample('2021', 'court'));

-- two published ratings for a standard: published_standard_rating_pkey
insert into core.published_standard_rating select * from core.published_standard_rating limit 1;
-- a standard's published rating both lost and given: standard_rating_is_lost_or_given
update core.published_standard_rating set lost = true;
-- a standard's published rating given and said not to be: standard_rating_is_lost_or_given
update core.published_standard_rating set not_rated = true;
-- an overall rating given and said not to be: overall_is_rated_or_not
update core.published_overall set not_rated = true;
-- a standard's published rating neither lost nor given: standard_rating_is_lost_or_given
update core.published_standard_rating set rating = null;
-- a standard's published rating outside the edition's scale: published_standard_rating_edition_code_rating_fkey
update core.published_standard_rating set rating = 'Excellent' where inspection_id = wigan();
-- a published rating for a standard that only another edition has: published_standard_rating_edition_code_standard_code_fkey
insert into core.published_standard_rating values (wigan(), '2018', '4.1', 'Good');
-- a published rating under another edition than the inspection is of: published_standard_rating_inspection_id_edition_code_fkey
insert into core.published_standard_rating values (wigan(), '2021', '4.1', 'Good');
-- two published overall ratings: published_overall_pkey
insert into core.published_overall select * from core.published_overall limit 1;
-- a published overall rating outside the edition's scale: published_overall_edition_code_rating_fkey
update core.published_overall set rating = 'Excellent' where inspection_id = wigan();
-- a published overall rating under another edition than the inspection is of: published_overall_inspection_id_edition_code_fkey
update core.published_overall set edition_code = '2021' where inspection_id = wigan();
-- a published overall rating both lost and given: overall_rating_is_lost_or_given
update core.published_overall set rating_lost = true;
-- a published score both lost and given: score_is_lost_or_given
update core.published_overall set score_lost = true;
-- a published score below 0: published_overall_score_check
update core.published_overall set score = -1;
-- a published score out of 0: published_overall_out_of_check
update core.published_overall set out_of = 0, score = null;
-- a score of 101 percent: published_overall_score_percent_check
update core.published_overall set score_percent = 101 where inspection_id = wigan();
-- two judgements of a standard: qualitative_rating_pkey
insert into core.qualitative_rating select * from core.qualitative_rating limit 1;
-- a judgement of a case-based standard: qualitative_rating_edition_code_standard_code_basis_fkey
insert into core.qualitative_rating values (wigan(), '2018', '2.1', 'qualitative', 'Good');
-- a judgement of a case-based standard that owns up to it: qualitative_rating_basis_check
insert into core.qualitative_rating values (wigan(), '2018', '2.1', 'cases', 'Good');
-- a judgement outside the edition's scale: qualitative_rating_edition_code_rating_fkey
update core.qualitative_rating set rating = 'Excellent' where inspection_id = wigan();
-- a judgement under another edition than the inspection is of: qualitative_rating_inspection_id_edition_code_fkey
insert into core.qualitative_rating values (wigan(), '2021', '4.1', 'qualitative', 'Good');
-- two judgements of a key question: judged_question_pkey
insert into core.judged_question (question_id) values (question('2018', '1.1.1'));
-- a judgement of a key question that is counted: judged_question_question_id_basis_level_fkey
insert into core.judged_question (question_id) values (question('2018', '2.1.1'));
-- a judgement of a key question that is counted, which owns up to it: judged_question_basis_check
insert into core.judged_question (question_id, basis) values (question('2018', '2.1.1'), 'cases');
-- a judgement of a prompt that owns up to it: judged_question_level_check
insert into core.judged_question (question_id, level) values (question('2018', '2.1.1.a'), 'prompt');
-- a judgement of another edition's key question: judged_question_question_id_edition_code_fkey
insert into core.judged_question (question_id) values (question('2021', '1.1.2'));
-- a judgement of a key question under another edition than the inspection is of: judged_question_inspection_id_edition_code_fkey
insert into core.judged_question (edition_code, question_id) values ('2021', question('2021', '1.1.2'));
-- a judgement of a key question outside the edition's scale: judged_question_edition_code_rating_fkey
update core.judged_question set rating = 'Excellent';
-- two panel decisions on a standard: panel_decision_pkey
insert into core.panel_decision (inspection_id, edition_code, standard_code)
  select inspection_id, edition_code, standard_code from core.panel_decision limit 1;
-- a panel decision that changes nothing: decision_changes_the_rating
insert into core.panel_decision (to_rating) values ('Good');
-- a panel decision without a reason: panel_decision_reason_check
insert into core.panel_decision (reason) values ('');
-- a panel decision on a qualitative standard: panel_decision_edition_code_standard_code_basis_fkey
insert into core.panel_decision (standard_code) values ('1.1');
-- a panel decision on a qualitative standard that owns up to it: panel_decision_basis_check
insert into core.panel_decision (standard_code, basis) values ('1.1', 'qualitative');
-- a panel decision on a standard that another edition judges on cases: panel_decision_inspection_id_edition_code_fkey
insert into core.panel_decision (edition_code) values ('2021');
-- a panel decision from a rating outside the edition's scale: panel_decision_edition_code_from_rating_fkey
insert into core.panel_decision (from_rating, to_rating) values ('Excellent', 'Good');
-- a panel decision to a rating outside the edition's scale: panel_decision_edition_code_to_rating_fkey
insert into core.panel_decision (to_rating) values ('Excellent');

-- a fact twice: context_fact_pkey
insert into core.context_fact select * from core.context_fact limit 1;
-- a fact about an inspection that there is not: context_fact_inspection_id_edition_code_fkey
insert into core.context_fact (inspection_id) values (-1);
-- a fact about a domain that its edition does not have: context_fact_edition_code_domain_code_fkey
update core.context_fact set domain_code = '4' where inspection_id = wigan();
-- a fact about a standard that its edition does not have: context_fact_edition_code_standard_code_fkey
update core.context_fact set standard_code = '4.1' where inspection_id = wigan();
-- a fact that measures nothing: context_fact_measure_check
update core.context_fact set measure = '';
-- a value both lost and given: value_is_lost_or_given
update core.context_fact set lost = true, value = 1;
-- a value neither lost nor given: value_is_lost_or_given
update core.context_fact set lost = false, value = null;
-- the figure beside it both lost and given: comparator_is_lost_or_given
update core.context_fact set comparator = 'Wales', comparator_value = 1, comparator_lost = true;
-- a figure beside it, nobody knows whose: comparator_value_has_a_comparator
update core.context_fact set comparator = null, comparator_value = 1, comparator_lost = false;
-- a recommendation twice: recommendation_pkey
insert into core.recommendation select * from core.recommendation limit 1;
-- a recommendation to nobody: recommendation_addressed_to_check
update core.recommendation set addressed_to = '';
-- a recommendation of nothing: recommendation_summary_check
update core.recommendation set summary = '';
-- a recommendation of an inspection that there is not: recommendation_inspection_id_edition_code_fkey
insert into core.recommendation values (-1, '2018', 1, 'The board', 'Do it');
-- a recommendation about a domain that there is not: recommendation_edition_code_domain_code_fkey
update core.recommendation set domain_code = '9';
-- a finding twice: finding_pkey
insert into core.finding select * from core.finding limit 1;
-- a finding that is neither a strength nor an area for improvement: finding_kind_check
update core.finding set kind = 'gossip';
-- a finding of nothing: finding_summary_check
update core.finding set summary = '';
-- a finding of an inspection that there is not: finding_inspection_id_edition_code_fkey
insert into core.finding (inspection_id) values (-1);
-- a finding about a domain that there is not: finding_edition_code_domain_code_fkey
update core.finding set domain_code = '9';
-- a finding about a standard that there is not: finding_edition_code_standard_code_fkey
update core.finding set standard_code = '9.9';
